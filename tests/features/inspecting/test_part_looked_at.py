"""The part of a picture that counted is drawn over it, and told in words."""

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from shoal.features.inspecting.picture_box import PictureBox


def box_with(qtbot, part) -> QImage:
    box = PictureBox()
    qtbot.addWidget(box)
    box.resize(200, 150)
    picture = QImage(200, 150, QImage.Format.Format_RGB32)
    picture.fill(QColor(40, 90, 160))
    box.show_picture(picture)
    box.mark_part(part)
    return _painted(box)


def _painted(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_a_box_is_drawn_around_the_part_and_goes_again(qtbot):
    plain, marked = box_with(qtbot, None), box_with(qtbot, (0.25, 0.2, 0.75, 0.8))
    ratio = marked.width() / 200
    at = [(100, 31), (100, 118), (51, 75), (148, 75)]  # the middles of its four sides
    for x, y in at:
        around = [(x + dx, y + dy) for dx in range(-3, 4) for dy in range(-3, 4)]
        places = [(round(px * ratio), round(py * ratio)) for px, py in around]
        assert max(marked.pixelColor(*place).lightness() for place in places) > 200
        assert max(plain.pixelColor(*place).lightness() for place in places) < 120
    middle = (round(100 * ratio), round(75 * ratio))
    assert marked.pixelColor(*middle) == plain.pixelColor(*middle)
