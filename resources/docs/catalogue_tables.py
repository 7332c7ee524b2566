"""Fills `<!-- table: NAME -->` in a page with what the program itself lists: a new row needs no second place."""

from collections.abc import Callable, Iterable, Sequence
from re import Match, compile

import shoal.desktop.features  # noqa: F401  # settings of features join the others there
from shoal.delivering.documents import DOCUMENTS
from shoal.domain.extension_points import BackendSpec
from shoal.domain.recipe_presets import PRESETS, Preset
from shoal.looking.catalogue import ALGORITHMS, BACKENDS
from shoal.setup.settings import SETTINGS

MARK = compile(r"<!-- table: (\w+) -->")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of Markdown."""
    lines: list[Sequence[object]] = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")


def models() -> str:
    rows = ((f"`{spec.name}{':FILE' if spec.takes_source else ''}`", spec.summary, _needs(spec)) for spec in BACKENDS)
    return table(("model", "what it sees", "needs"), rows)


def _needs(spec: BackendSpec) -> str:
    if spec.download:
        return f"{spec.download.megabytes} MB"
    return "your file" if spec.takes_source or spec.needs else "nothing"


def algorithms() -> str:
    return table(("algorithm", "what it makes"), ((f"`{spec.name}`", spec.summary) for spec in ALGORITHMS))


def documents() -> str:
    return table(("document", "what it is"), ((f"`{spec.name}`", spec.label) for spec in DOCUMENTS))


def settings() -> str:
    return table(("setting", "what it does"), ((row.label, row.help) for row in SETTINGS))


def recipes() -> str:
    rows = ((f"`{preset.name}`", preset.summary, _command(preset), preset.same_as) for preset in PRESETS)
    return table(("recipe", "what it does", "command", "the same as"), rows)


def _command(preset: Preset) -> str:
    return f"`shoal sort FOLDER --to DIR --recipe {preset.name}`"


TABLES: dict[str, Callable[[], str]] = {
    "models": models,
    "algorithms": algorithms,
    "documents": documents,
    "settings": settings,
    "recipes": recipes,
}


def filled(page: str) -> str:
    """The page with its tables. Raises KeyError for one that there is not."""

    def fill(mark: Match[str]) -> str:
        return TABLES[mark[1]]()

    return MARK.sub(fill, page)


def _on_source_read(_app: object, _name: str, source: list[str]) -> None:
    source[0] = filled(source[0])


def setup(app: object) -> dict[str, bool]:
    app.connect("source-read", _on_source_read)  # type: ignore[attr-defined]
    return {"parallel_read_safe": True, "parallel_write_safe": True}
