"""pyqtgraph imports Qt's OpenGL modules at once, and uses them only where a plot asks for OpenGL, which ours never do.

Two empty stand-ins save 10 MB and the time to load them.
"""

import sys
from types import ModuleType

from PySide6 import QtWidgets

for name in ("QtOpenGL", "QtOpenGLWidgets"):
    module = sys.modules[f"PySide6.{name}"] = ModuleType(f"PySide6.{name}")
module.QOpenGLWidget = QtWidgets.QWidget
