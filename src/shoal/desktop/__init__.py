"""Before anything of Qt is imported here: PySide6 shall make all its types at once, on the thread that imports it.

Left to itself it makes each type and enum when it is first named. Two threads that do so at the same moment end the
process with a segmentation fault (4 of about 100 starts under load), and pool threads name types of QtGui.

Everything below Qt comes first, for once PySide6 is there it reads the source of every module that is imported.
"""

import os
from importlib import import_module

os.environ.setdefault("PYSIDE6_OPTION_LAZY", "0")
import_module("shoal.projects.workplace")
