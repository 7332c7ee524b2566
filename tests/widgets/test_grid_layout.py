import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect

from shoal.widgets.grid_layout import CellMetrics, GridLayout, Section

METRICS = CellMetrics(picture=100, caption=20, gap=10, heading=30)


def sections(*sizes: int) -> list[Section]:
    starts = np.cumsum([0, *sizes])
    return [
        Section(f"cluster {i}" if i % 3 else "", i, np.arange(starts[i], starts[i + 1], dtype=np.int32))
        for i in range(len(sizes))
    ]


@pytest.mark.parametrize("sizes", [(7,), (1, 0, 12, 5), (0, 0, 3), (40, 1, 1)])
@pytest.mark.parametrize("width", [90, 340, 1000])
def test_every_cell_is_found_again_where_it_was_put(sizes, width):
    layout = GridLayout(sections(*sizes), METRICS, width)
    cells = [layout.cell(position) for position in range(layout.count)]
    for position, cell in enumerate(cells):
        assert layout.position_at(cell.center()) == position
        assert layout.image_at(position) == position
        assert cell.bottom() < layout.height
        assert not any(cell.intersects(other) for other in cells[position + 1 : position + 30])


def test_what_is_visible_is_exactly_what_touches_the_strip():
    layout = GridLayout(sections(13, 0, 4, 30), METRICS, 450)
    for top in range(-50, layout.height + 50, 37):
        strip = QRect(0, top, 450, 200)
        touching = {position for position in range(layout.count) if layout.cell(position).intersects(strip)}
        assert touching <= set(layout.visible(top, top + 199))
        assert len(layout.visible(top, top + 199)) <= len(touching) + 2 * layout.columns


def test_gaps_and_headings_are_no_cells():
    layout = GridLayout(sections(3, 3), METRICS, 450)
    assert layout.position_at(QPoint(layout.indent + 104, 20)) is None
    (heading,) = [(section, y) for section, y in layout.headings(0, layout.height)]
    assert heading[0].title == "cluster 1"
    assert layout.position_at(QPoint(50, heading[1] + 5)) is None
    assert layout.section_at(heading[1] + 5) == 1


def test_a_range_spans_sections():
    layout = GridLayout(sections(3, 2, 4), METRICS, 450)
    assert layout.images(2, 6).tolist() == [2, 3, 4, 5, 6]
    assert layout.position_of(7) == 7
    assert layout.position_of(99) is None


def test_nothing_at_all_is_no_trouble():
    layout = GridLayout([], METRICS, 450)
    assert layout.count == 0
    assert list(layout.visible(0, 500)) == []
    assert layout.position_at(QPoint(5, 5)) is None
