"""Which file holds the project of some folders: one in our data folder, unless it was saved elsewhere or moved."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from shoal.domain.objects import ObjectChoice
from shoal.setup.locations import Locations
from shoal.store.own_files import write_whole

log = logging.getLogger(__name__)


class ProjectPlaces:
    def __init__(self, locations: Locations) -> None:
        self._locations = locations
        self._table = locations.projects / "elsewhere.json"

    def file_of(self, roots: Sequence[Path], items: str = "") -> Path:
        """Where the project of these folders is kept; a file that has gone gives way to the usual place.

        `items` as from `items_name`.
        """
        usual = self._locations.project_file(roots, items)
        elsewhere = self._load().get(usual.name)
        return Path(elsewhere) if elsewhere and Path(elsewhere).is_file() else usual

    def remember(self, roots: Sequence[Path], file: Path) -> None:
        """From now on the project of these folders is that file. Raises UserFacingError."""
        usual, table = self._locations.project_file(roots), self._load()
        table.pop(usual.name, None)
        if file != usual:
            table[usual.name] = str(file)
        write_whole(self._table, json.dumps(table, indent=2).encode())

    def _load(self) -> dict[str, str]:
        try:
            table = json.loads(self._table.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            log.warning("%s cannot be read; projects saved elsewhere are opened by their file. %s", self._table, error)
            return {}
        return {name: file for name, file in table.items() if isinstance(file, str)} if isinstance(table, dict) else {}


def items_name(objects: ObjectChoice, model: str) -> str:
    """What tells projects of the same folders apart: whole pictures are one, each choice of objects is another.

    Other boxes are other images, and what was done with the ones says nothing about the others.
    """
    if objects.look != "every":
        return ""
    return json.dumps([model, sorted(kind.casefold() for kind in objects.kinds), objects.confidence])
