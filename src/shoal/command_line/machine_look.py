"""What the command line asks of Ray: read from the arguments, and told afterwards."""

import os
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from shoal.command_line.lists import counted
from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.machines.looking_together import Shares, TogetherLook
from shoal.machines.ray_cluster import ADDRESS_VARIABLE, Hands, require_ray
from shoal.setup.locations import Locations

SHARDS = "shards"
"""The folder in our cache for what workers on this computer lay down."""


def asked_hands(arguments: Namespace) -> Hands | None:
    """None where this program works alone. Raises UserFacingError for what does not go together, and without Ray."""
    if arguments.worked_by != "ray":
        _refuse_alone(arguments)
        return None
    require_ray()
    elsewhere = arguments.ray_address or os.environ.get(ADDRESS_VARIABLE, "")
    if elsewhere and not arguments.shards:
        raise UserFacingError(
            Sentence("The workers of {address} need a place that all machines can write to.", address=elsewhere),
            Sentence("Name a shared folder or a URL: --shards PLACE. It is empty again in the end."),
        )
    return Hands(elsewhere, arguments.workers, arguments.gpus_per_worker, shards=arguments.shards)


def with_own_place(hands: Hands, locations: Locations) -> Hands:
    return hands if hands.shards else replace(hands, shards=str(locations.cache / SHARDS))


def _refuse_alone(arguments: Namespace) -> None:
    said = [arguments.ray_address, arguments.workers, arguments.gpus_per_worker, arguments.shards]
    if any(said) or isinstance(arguments.folder, str):
        what = arguments.folder if isinstance(arguments.folder, str) else "This"
        raise UserFacingError(
            Sentence("{what} is for workers of Ray.", what=what), Sentence("Add --engine ray, or leave it out.")
        )


def readable_place(folder: Path | str) -> str:
    """A URL as it is, a folder by its absolute path."""
    return folder if isinstance(folder, str) else str(folder.absolute())


def shares_data(together: TogetherLook) -> dict[str, Any]:
    """`vectors`: how many the workers laid down; `again`: of those, how many were there already."""
    shares, merging = together.shares, together.merging
    return {
        "workers": shares.workers,
        "machines": dict(shares.machines),
        "work_seconds": round(shares.work_seconds, 3),
        "shards": merging.shards,
        "vectors": merging.rows,
        "again": merging.again,
    }


def shares_lines(shares: Shares) -> Iterator[str]:
    if shares.machines:
        files = ", ".join(f"{machine} {count:,}" for machine, count in shares.machines.most_common())
        yield f"Looked at by {counted(shares.workers, 'worker')}: {files}."
