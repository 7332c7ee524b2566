"""What `bench_projects.py` has a checkout of before the one project service do (ba8d8ef): one act, one process."""

import importlib
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

MODEL = "colour-layout"


def library(*words: str) -> None:
    """Today's kit, with that build's caches."""
    sys.modules["shoal.setup"] = ModuleType("shoal.setup")
    sys.modules["shoal.setup.locations"] = importlib.import_module("shoal.services.locations")
    sys.argv[1:] = words
    runpy.run_path(str(Path(__file__).with_name("make_library.py")), run_name="__main__")


def look(folder: str, more: str) -> None:
    """Open the project as the window does, and look again so many times more."""
    from shoal.services.locations import user_locations
    from shoal.services.settings import load_settings
    from shoal.services.workplace import Workplace

    from shoal.domain.task import Task

    locations = user_locations().create()
    place = Workplace(locations, load_settings(locations.settings_file))
    opened = place.open_project([Path(folder)])
    for _ in range(1 + int(more)):
        wishes = place.wishes(MODEL, Task(), opened.roots)
        opened.adopt(opened.sort(wishes, place.tools, Task(), lambda _snapshot: None))
    opened.close()
    place.close()


def points(folder: str) -> None:
    """A digest of the map in the project's file."""
    from hashlib import blake2b

    from shoal.services.folder_project import load_shape
    from shoal.services.locations import user_locations

    from shoal.store.project_store import ProjectStore

    with ProjectStore(user_locations().project_file([Path(folder)])) as store:
        print(blake2b(load_shape(store).layout.positions.tobytes()).hexdigest())


if __name__ == "__main__":
    ways: dict[str, Callable[..., object]] = {"library": library, "look": look, "points": points}
    ways[sys.argv[1]](*sys.argv[2:])
