import numpy as np

from shoal.domain.stacks import blur_of
from shoal.widgets.grid_layout import Section
from shoal.widgets.grid_stacks import Ranking, stacked

LABELS = np.array([-1, 0, -1, 0, 1, 0, 1, 2], np.int32)
SHARPNESS = np.array([0.5, 0.2, 0.5, 0.9, 0.1, 0.4, np.inf, 0.3])
RANKING = Ranking(blur_of(SHARPNESS), np.array([0, 2, 3, 4, 5, 1, 6, 7], np.int32))


def sections(*parts):
    return [Section(f"part {n}", n, np.array(part, np.int32)) for n, part in enumerate(parts)]


def shown(tiles):
    return [section.images.tolist() for section in tiles.sections]


def test_a_stack_is_one_tile_where_its_first_picture_was_with_the_sharpest_on_top():
    tiles = stacked(sections([0, 1, 2, 3, 4, 5, 6, 7]), LABELS, (), RANKING)
    assert shown(tiles) == [[0, 3, 2, 4, 7]]
    assert tiles.members(3).tolist() == [3, 5, 1]
    assert tiles.members(4).tolist() == [4, 6]
    assert tiles.members(2).tolist() == [2]
    assert [tiles.tile_of(image) for image in (0, 1, 3, 5, 6)] == [0, 3, 3, 3, 4]
    assert sorted(tiles.all_members(np.array([0, 3], np.int32)).tolist()) == [0, 1, 3, 3, 5]


def test_an_open_stack_lies_side_by_side_and_each_picture_speaks_for_itself():
    tiles = stacked(sections([0, 1, 2, 3, 4, 5, 6, 7]), LABELS, {0}, RANKING)
    assert shown(tiles) == [[0, 5, 1, 3, 2, 4, 7]]
    assert tiles.members(3).tolist() == [3]
    assert tiles.tile_of(5) == 5
    assert set(tiles.opened) == {1, 3, 5}
    assert tiles.stacks[3].tolist() == [5, 1, 3]
    assert [tiles.top_of(image) for image in (1, 3, 5, 2, 6)] == [3, 3, 3, 2, 4]


def test_pictures_in_different_clusters_are_not_put_together():
    tiles = stacked(sections([0, 1, 4], [3, 5, 6]), LABELS, (), RANKING)
    assert shown(tiles) == [[0, 1, 4], [3, 6]]
    assert tiles.members(3).tolist() == [3, 5]


def test_without_stacks_nothing_changes():
    parts = sections([2, 0], [])
    assert stacked(parts, LABELS, (), RANKING).sections == parts
