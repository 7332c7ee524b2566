"""What `bench_projects.py` has this checkout do: one act, one process."""

import runpy
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from shoal.domain.task import Task
from shoal.looking.pipeline import look as look_at
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings

MODEL = "colour-layout"


def library(*words: str) -> None:
    sys.argv[1:] = words
    runpy.run_path(str(Path(__file__).with_name("make_library.py")), run_name="__main__")


def look(folder: str, more: str) -> None:
    """Open the project as the window does, and look again so many times more."""
    locations = user_locations().create()
    with (
        Workplace(locations, load_settings(locations.settings_file)) as place,
        place.open_project([Path(folder)]) as opened,
    ):
        for _ in range(1 + int(more)):
            options = place.options(MODEL, Task(), opened.roots)
            assert opened.take_over(look_at(opened.known(), options, place.tools, Task()))


def points(folder: str) -> None:
    """A digest of the map in the project's file."""
    locations = user_locations().create()
    with (
        Workplace(locations, load_settings(locations.settings_file)) as place,
        place.open_project([Path(folder)]) as opened,
    ):
        print(blake2b(opened.snapshot.layout.positions.tobytes()).hexdigest())


if __name__ == "__main__":
    ways: dict[str, Callable[..., object]] = {"library": library, "look": look, "points": points}
    ways[sys.argv[1]](*sys.argv[2:])
