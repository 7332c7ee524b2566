"""The sample set: enough of everything, the same every time, never over somebody's files."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from shoal.domain.errors import Cancelled
from shoal.domain.task import Progress, Task
from shoal.samples.demo_pictures import SIZE, render, sample_pictures, write_sample_pictures
from shoal.samples.sample_shapes import KINDS

SMALL = (96, 72)


def test_at_least_eight_kinds_with_fifteen_views_each_under_names_that_tell_the_kind() -> None:
    pictures = sample_pictures()
    views = {kind: {picture.view for picture in pictures if picture.kind == kind} for kind in KINDS}
    assert len(views) >= 8
    assert all(len(seen) >= 15 for seen in views.values())
    assert len({picture.file_name for picture in pictures}) == len(pictures)
    assert all(picture.file_name.endswith(f"-{picture.kind}.jpg") for picture in pictures)


def test_the_order_does_not_give_the_kinds_away() -> None:
    kinds = [picture.kind for picture in sample_pictures()]
    assert sum(one == two for one, two in pairwise(kinds)) < len(kinds) / 4


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_drawn_large_and_differs_from_view_to_view(kind: str) -> None:
    first, second = render(kind, 0, size=SMALL), render(kind, 1, size=SMALL)
    assert first.shape == (72, 96, 3)
    assert first.dtype == np.uint8
    assert np.abs(first.astype(int) - second).mean() > 3
    assert first.reshape(-1, 3).std(0).max() > 10  # more than an empty studio


def test_a_picture_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert np.array_equal(render("mug", 3, size=SMALL), render("mug", 3, size=SMALL))
    assert not np.array_equal(render("mug", 3, size=SMALL), render("mug", 3, seed=1, size=SMALL))


def test_written_pictures_are_photographs_with_a_date(tmp_path: Path) -> None:
    pictures = sample_pictures()[:2]
    reports: list[Progress] = []
    write_sample_pictures(tmp_path, pictures, Task(reports.append))
    assert sorted(path.name for path in tmp_path.iterdir()) == [picture.file_name for picture in pictures]
    with Image.open(tmp_path / pictures[0].file_name) as image:
        assert image.size == SIZE
        assert image.getexif().get_ifd(0x8769)[0x9003] == "2026:05:01 09:07:00"
    assert (reports[-1].done, reports[-1].total) == (2, 2)


def test_what_is_already_there_stays(tmp_path: Path) -> None:
    pictures = sample_pictures()[:1]
    (tmp_path / pictures[0].file_name).write_bytes(b"mine")
    write_sample_pictures(tmp_path, pictures, Task())
    assert (tmp_path / pictures[0].file_name).read_bytes() == b"mine"


def test_drawing_stops_when_asked(tmp_path: Path) -> None:
    task = Task(lambda progress: task.cancel() if progress.done == 1 else None)
    with pytest.raises(Cancelled):
        write_sample_pictures(tmp_path, sample_pictures()[:9], task)
    assert len(list(tmp_path.iterdir())) < 9
