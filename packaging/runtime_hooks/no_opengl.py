"""pyqtgraph imports Qt's OpenGL modules at once, and uses them only where a plot asks for OpenGL, which ours never do.

Two empty stand-ins save 10 MB and the time to load them. They bring nothing of Qt along: commands and helper processes
need none of it.
"""

import sys
from types import ModuleType


class _WithoutOpenGL(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name != "QOpenGLWidget":
            raise AttributeError(name)
        from PySide6.QtWidgets import QWidget  # noqa: PLC0415

        return QWidget


for name in ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"):
    sys.modules[name] = _WithoutOpenGL(name)
