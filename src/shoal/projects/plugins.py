"""Models, algorithms and documents of other people's packages, named by Python entry points.

    [project.entry-points."shoal.algorithms"]
    average = "my_package.average_linkage:SPEC"

An entry point names a spec, or several in a sequence. Nothing of a package is imported before the user has said yes to
it by name, for it runs with the user's rights. A plugin that fails is left out, with a sentence; all else works.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from shoal.delivering.document import DocumentSpec
from shoal.delivering.documents import DOCUMENTS
from shoal.domain.catalogue import Catalogue
from shoal.domain.extension_points import AlgorithmSpec, BackendSpec
from shoal.domain.sentence import Sentence, reason_of, verbatim
from shoal.looking.catalogue import ALGORITHMS, BACKENDS
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@dataclass(frozen=True, slots=True)
class Group:
    """A name for entry points, what they have to name, and the list that it joins."""

    name: str
    kind: type
    catalogue: Catalogue[Any]


GROUPS = (
    Group("shoal.models", BackendSpec, BACKENDS),
    Group("shoal.algorithms", AlgorithmSpec, ALGORITHMS),
    Group("shoal.documents", DocumentSpec, DOCUMENTS),
)


@dataclass(frozen=True, slots=True)
class Plugin:
    """An installed package that offers something. `offers`: names of its entry points, by group."""

    name: str
    version: str
    offers: Mapping[str, tuple[str, ...]]


Find = Callable[[str], "Sequence[EntryPoint]"]


def installed(group: str) -> "list[EntryPoint]":
    """Reads what packages say about themselves; none is imported."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - a window without plugins starts without it

    return [point for point in entry_points(group=group) if point.dist is not None]


def installed_plugins(find: Find = installed) -> list[Plugin]:
    """By name, whether they are allowed or not."""
    offers: dict[tuple[str, str], dict[str, list[str]]] = {}
    for group in GROUPS:
        for point in find(group.name):
            assert point.dist is not None
            of_package = offers.setdefault((point.dist.name, point.dist.version), {})
            of_package.setdefault(group.name, []).append(point.name)
    return [
        Plugin(name, version, {group: tuple(names) for group, names in by_group.items()})
        for (name, version), by_group in sorted(offers.items())
    ]


@cache
def plugged_in() -> tuple[Sentence, ...]:
    """Load what the user allows, once in this process. Says what could not be used, and why."""
    allowed = load_settings(user_locations().settings_file).plugins
    return plug_in(allowed) if allowed else ()


def plug_in(allowed: Sequence[str], find: Find = installed) -> tuple[Sentence, ...]:
    """Add what these packages offer to the lists. Says what could not be used, and why."""
    troubles = []
    missing = set(allowed)
    for group in GROUPS:
        for point in find(group.name):
            if point.dist is not None and point.dist.name in allowed:
                missing.discard(point.dist.name)
                troubles += _add(group, point)
    return (*troubles, *(Sentence("The plugin {name} is not installed.", name=name) for name in sorted(missing)))


def _add(group: Group, point: "EntryPoint") -> list[Sentence]:
    try:
        with redirect_stdout(sys.stderr):
            named = point.load()
        specs = list(named) if isinstance(named, Sequence) else [named]
        strange = next((spec for spec in specs if not isinstance(spec, group.kind)), None)
        if strange is not None:
            raise TypeError(f"{point.value} is no {group.kind.__name__}")
        group.catalogue.extend(specs)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever happens in there, the program goes on without it
        reason = reason_of(error) or verbatim(type(error).__name__)
        name = point.dist.name if point.dist else point.name
        return [
            Sentence(
                "{offer} of the plugin {name} cannot be used: {reason}.", offer=point.name, name=name, reason=reason
            )
        ]
    return []
