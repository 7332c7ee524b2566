"""What every test needs before anything of Qt is imported, and the promise that every test holds the program to."""

import os

import pytest
from tests.support import qt_imports, untouched

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYSIDE6_OPTION_LAZY", "0")  # as the program has it
untouched.watch_what_is_scanned()
qt_imports.watch()


@pytest.fixture(autouse=True)
def originals_stay_as_they_are(request: pytest.FixtureRequest):
    """Whatever a test does: the pictures are what they were, in every byte, time, permission and inode.

    That goes for the folders of the shared makers of pictures and for every folder that the program scans in a test.
    A test that changes them itself, or has them moved, says so with `@pytest.mark.changes_pictures("why")`.
    """
    yield
    changed = untouched.changes()
    if request.node.get_closest_marker("changes_pictures") is None:
        assert not changed, "\n".join(changed)


@pytest.fixture(autouse=True)
def qt_types_are_made_on_the_main_thread():
    """Nothing that a test does imports a module that makes types of PySide6 on another thread."""
    yield
    strays, qt_imports.strays[:] = list(qt_imports.strays), []
    assert not strays, "\n".join(strays)
