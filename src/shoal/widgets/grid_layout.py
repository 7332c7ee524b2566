"""Where each picture of the grid sits, by arithmetic: what it costs depends on what is visible only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A run of images under one heading; an empty title takes no room. `cluster` is what a drop on it means."""

    title: str
    cluster: int
    images: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CellMetrics:
    """Sizes in logical pixels. A cell is a picture with a caption strip below it; without `tall` it is square."""

    picture: int
    caption: int = 0
    gap: int = 8
    heading: int = 34
    tall: int = 0

    @property
    def picture_height(self) -> int:
        return self.tall or self.picture

    @property
    def width(self) -> int:
        return self.picture + self.gap

    @property
    def height(self) -> int:
        return self.picture_height + self.caption + self.gap


class GridLayout:
    """Positions for sections of equal cells, `width` pixels wide. Positions count over all sections, from 0."""

    def __init__(self, sections: Sequence[Section], metrics: CellMetrics, width: int) -> None:
        self.sections = tuple(sections)
        self.metrics = metrics
        self.columns = max(1, (width - metrics.gap) // metrics.width)
        self.indent = max(metrics.gap, (width - self.columns * metrics.width + metrics.gap) // 2)
        counts = np.array([len(section.images) for section in self.sections], np.int64)
        headings = np.array([metrics.heading if section.title else 0 for section in self.sections], np.int64)
        heights = headings + -(-counts // self.columns) * metrics.height
        self._first = np.concatenate([[0], np.cumsum(counts)])
        self._top = np.concatenate([[0], np.cumsum(heights)]) + metrics.gap
        self._cells_top = self._top[:-1] + headings

    @property
    def count(self) -> int:
        return int(self._first[-1])

    @property
    def height(self) -> int:
        return int(self._top[-1])

    def image_at(self, position: int) -> int:
        section = self._section_of(position)
        return int(self.sections[section].images[position - self._first[section]])

    def images(self, first: int, last: int) -> NDArray[np.int32]:
        """The images at positions first..last, both included, in order."""
        low, high = self._section_of(first), self._section_of(last)
        parts = np.concatenate([section.images for section in self.sections[low : high + 1]])
        return parts[first - self._first[low] : last + 1 - self._first[low]].astype(np.int32, copy=False)

    def position_of(self, image: int) -> int | None:
        """Where an image sits first, or None. Costs a look at every image."""
        for start, section in zip(self._first, self.sections, strict=False):
            places = np.flatnonzero(section.images == image)
            if len(places):
                return int(start + places[0])
        return None

    def cell(self, position: int) -> QRect:
        """The rectangle of a cell's picture and caption, in content pixels."""
        section = self._section_of(position)
        row, column = divmod(int(position - self._first[section]), self.columns)
        metrics = self.metrics
        top = int(self._cells_top[section]) + row * metrics.height
        return QRect(
            self.indent + column * metrics.width, top, metrics.picture, metrics.picture_height + metrics.caption
        )

    def position_at(self, point: QPoint) -> int | None:
        """The position under a point in content pixels, or None between and beside the pictures."""
        section = self.section_at(point.y())
        if section is None or point.x() < self.indent:
            return None
        row = (point.y() - int(self._cells_top[section])) // self.metrics.height
        column = (point.x() - self.indent) // self.metrics.width
        position = int(self._first[section]) + row * self.columns + column
        if row < 0 or column >= self.columns or position >= self._first[section + 1]:
            return None
        return position if self.cell(position).contains(point) else None

    def section_at(self, y: int) -> int | None:
        """The section whose heading or cells lie at this height, in content pixels."""
        section = int(np.searchsorted(self._top, y, side="right")) - 1
        return section if 0 <= section < len(self.sections) else None

    def visible(self, top: int, bottom: int) -> range:
        """The positions of all cells that touch the strip between two heights, in content pixels."""
        if not self.count:
            return range(0)
        return range(self._first_from(top), min(self._first_from(bottom + self.metrics.height), self.count))

    def headings(self, top: int, bottom: int) -> Iterator[tuple[Section, int]]:
        """The sections whose titles touch the strip, each with its title's height in content pixels."""
        first = max(int(np.searchsorted(self._top, top, side="right")) - 1, 0)
        for section, y in zip(self.sections[first:], self._top[first:], strict=False):
            if y > bottom:
                return
            if section.title:
                yield section, int(y)

    def touching(self, area: QRect) -> NDArray[np.int32]:
        """The images whose cells touch a rectangle in content pixels (a rubber band)."""
        places = [p for p in self.visible(area.top(), area.bottom()) if self.cell(p).intersects(area)]
        return np.array([self.image_at(place) for place in places], np.int32)

    def _first_from(self, y: int) -> int:
        """The first position whose row ends below a height; all before it lie entirely above."""
        section = int(np.clip(np.searchsorted(self._top, y, side="right") - 1, 0, len(self.sections) - 1))
        row = max((y - int(self._cells_top[section])) // self.metrics.height, 0)
        return int(min(self._first[section] + row * self.columns, self._first[section + 1]))

    def _section_of(self, position: int) -> int:
        return int(np.searchsorted(self._first, position, side="right")) - 1
