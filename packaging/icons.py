"""Renders the two icons to the formats that systems want, from the SVG files in resources/icons.

    python packaging/icons.py DIR

DIR/png/SIZE/NAME.png for Linux, DIR/NAME.ico for Windows, DIR/NAME.icns for macOS; NAME is `shoal` for the program and
`shoal-project` for its project files. Every size is drawn from the SVG, none is a shrunk larger one.
"""

import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
ICONS = ROOT / "resources" / "icons"
NAMES = ("shoal", "shoal-project")
PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)  # folders that the hicolor theme has
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)  # 100 to 250% of Windows' small and large icons
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)


def rendered(svg: Path, size: int) -> Image.Image:
    """RGBA, square. Needs a QGuiApplication."""
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is not a picture that QtSvg can draw")
    canvas = QImage(size, size, QImage.Format.Format_RGBA8888)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(canvas.constBits()))


def write_icons(target: Path) -> None:
    """Write all files below `target`, which is made if it is not there."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    for name in NAMES:
        pictures = {size: rendered(ICONS / f"{name}.svg", size) for size in {*PNG_SIZES, *ICO_SIZES, *ICNS_SIZES}}
        for size in PNG_SIZES:
            (target / "png" / str(size)).mkdir(parents=True, exist_ok=True)
            pictures[size].save(target / "png" / str(size) / f"{name}.png", optimize=True)
        largest_first = sorted(pictures, reverse=True)
        for ending, sizes in (("ico", ICO_SIZES), ("icns", ICNS_SIZES)):
            first, *others = [pictures[size] for size in largest_first if size in sizes]
            first.save(target / f"{name}.{ending}", sizes=[(size, size) for size in sizes], append_images=others)
    del application


if __name__ == "__main__":
    write_icons(Path(sys.argv[1]))
