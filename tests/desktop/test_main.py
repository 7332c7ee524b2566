"""What the window's process must never do, and what it must survive."""

import subprocess
import sys

import pytest

from shoal.desktop.main import has_screen

HEAVY = ("torch", "torchvision", "ultralytics", "open_clip", "umap", "numba", "sklearn", "cv2", "faiss", "igraph")


def run_python(code: str, tmp_path) -> str:
    environment = {"PYTHONPATH": ":".join(sys.path), "QT_QPA_PLATFORM": "offscreen", "SHOAL_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_window_loads_none_of_the_heavy_libraries(tmp_path):
    """An import holds the interpreter for seconds, in any thread: it belongs into a helper process."""
    code = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication;"
        "from shoal.desktop.main import main; application = QApplication([]);"
        "QTimer.singleShot(1500, application.closeAllWindows); assert main([]) == 0;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert run_python(code, tmp_path).strip().splitlines()[-1] == "[]"


def test_whatever_makes_types_of_pyside6_does_so_on_the_main_thread(tmp_path):
    """From an empty process to a window with a map; when two threads make such types at once, the process dies."""
    code = (
        "from tests.support import qt_imports; qt_imports.watch();"
        "from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication, QWidget;"
        "from shoal.desktop.main import main; application = QApplication([])\n"
        "def look():\n"
        "    if any(top.findChild(QWidget, 'mapView') for top in application.topLevelWidgets()):\n"
        "        timer.stop(); application.closeAllWindows()\n"
        "timer = QTimer(interval=50); timer.timeout.connect(look); timer.start(); assert main([]) == 0\n"
        "print(qt_imports.strays)"
    )
    assert run_python(code, tmp_path).strip().splitlines()[-1] == "[]"


def test_pyside6_makes_all_its_types_when_it_is_imported(tmp_path):
    """Made one by one when first named, some would be made by the threads that read pictures."""
    code = (
        "from shoal.desktop import main; from PySide6 import QtCore, QtGui, QtWidgets\n"
        "def made(of=object):\n"
        "    return {of}.union(*(made(below) for below in type.__subclasses__(of) if below is not type))\n"
        "before = made(); [getattr(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)]\n"
        "print(QtGui.QImage in before, [kind for kind in made() - before if kind.__module__.startswith('PySide6')])"
    )
    assert run_python(code, tmp_path).split() == ["True", "[]"]


def test_the_window_opens_before_the_map_is_loaded_and_then_has_one(tmp_path):
    code = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication, QWidget;"
        "from shoal.desktop.main import main; application = QApplication([]); early = 'pyqtgraph' in sys.modules\n"
        "def look():\n"
        "    if any(top.findChild(QWidget, 'mapView') for top in application.topLevelWidgets()):\n"
        "        timer.stop(); print(early, 'pyqtgraph' in sys.modules); application.closeAllWindows()\n"
        "timer = QTimer(interval=50); timer.timeout.connect(look); timer.start(); assert main([]) == 0"
    )
    assert run_python(code, tmp_path).split() == ["False", "True"]


def test_garbage_is_looked_for_from_the_first_painting_on(tmp_path):
    code = (
        "import gc; from importlib import import_module; from shoal.command_line import cli\n"
        "def watched(name):\n"
        "    global application, timer; module = import_module(name)\n"
        "    from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication, QWidget\n"
        "    application, timer, early = QApplication([]), QTimer(interval=50), gc.isenabled()\n"
        "    def look():\n"
        "        if any(top.findChild(QWidget, 'mapView') for top in application.topLevelWidgets()):\n"
        "            print(early, gc.isenabled(), gc.get_freeze_count() > 0)\n"
        "            timer.stop(); application.closeAllWindows()\n"
        "    timer.timeout.connect(look); timer.start(); return module\n"
        "cli.import_module = watched; assert cli.main([]) == 0; print(gc.isenabled())"
    )
    assert run_python(code, tmp_path).split() == ["False", "True", "True", "True"]


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_screen_is_found_by_its_name(name):
    assert has_screen({name: ":0"})
    assert has_screen({"QT_QPA_PLATFORM": "offscreen"})
    assert has_screen({}) == (not sys.platform.startswith("linux"))
