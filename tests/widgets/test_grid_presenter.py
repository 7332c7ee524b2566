from pathlib import Path

import numpy as np
import pytest
from tests.widgets.conftest import picture

from shoal.domain.edits import create_cluster, move_images
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import FoundImage
from shoal.domain.sentence import Sentence
from shoal.looking.snapshot import Snapshot
from shoal.projects.project import Project
from shoal.qt.cluster_model import ALL
from shoal.qt.session import Session
from shoal.widgets.grid_presenter import GridPresenter, Order
from shoal.widgets.image_grid import ImageGrid

CATS, DOGS = ClusterId(1), ClusterId(2)
ON_THE_MAP = object()


@pytest.fixture
def session(qapp):
    """Twelve images: 0-4 are cats, 5-8 dogs, the rest is unsorted."""
    session = Session(picture)
    project = Project(Grouping(home=np.zeros(12, np.int32), pinned=np.zeros(12, np.bool_)))
    project.apply(Sentence("cats"), create_cluster(project.grouping, "Cats", np.arange(5)))
    project.apply(Sentence("dogs"), create_cluster(project.grouping, "Dogs", np.arange(5, 9)))
    session.show_snapshot(Snapshot([FoundImage(Path(f"/p/IMG_{n}.jpg"), "trip") for n in range(12)]), project)
    yield session
    session.shutdown()


@pytest.fixture
def grid(qtbot, session):
    grid = ImageGrid(session.selection, session.thumbnails)
    qtbot.addWidget(grid)
    return grid


@pytest.fixture
def presenter(session, grid):
    presenter = GridPresenter(session, grid)
    presenter.set_order(Order.NAME)
    return presenter


def shown(grid):
    return {section.cluster: section.images.tolist() for section in grid.page.layout.sections}


EVERYTHING = {CATS: [0, 1, 2, 3, 4], DOGS: [5, 6, 7, 8], UNSORTED: [9, 10, 11]}


def test_all_has_a_section_for_each_cluster_with_its_name_and_size(presenter, grid):
    assert shown(grid) == EVERYTHING
    assert [section.title for section in grid.page.layout.sections] == ["Cats  ·  5", "Dogs  ·  4", "Unsorted  ·  3"]


def test_a_card_shows_its_cluster_alone_even_if_it_is_empty(presenter, session, grid):
    presenter.show_cards([DOGS])
    assert shown(grid) == {DOGS: [5, 6, 7, 8]}
    session.project.apply("away", move_images(session.grouping, np.arange(5, 9), CATS))
    assert shown(grid) == {DOGS: []}


def test_what_is_gathered_on_the_map_fills_the_grid_until_it_is_let_go_of(presenter, session, grid):
    session.selection.select([3, 4, 5, 11], initiator=ON_THE_MAP)
    assert shown(grid) == {CATS: [3, 4], DOGS: [5], UNSORTED: [11]}
    session.selection.select([4], initiator=grid)
    assert shown(grid) == {CATS: [3, 4], DOGS: [5], UNSORTED: [11]}
    session.selection.clear(initiator=ON_THE_MAP)
    assert shown(grid) == EVERYTHING


def test_choosing_a_card_again_brings_its_pictures_back(presenter, session, grid):
    presenter.show_cards([CATS])
    session.selection.select([5, 6], initiator=ON_THE_MAP)
    assert shown(grid) == {DOGS: [5, 6]}
    presenter.show_cards([CATS])
    assert shown(grid) == {CATS: [0, 1, 2, 3, 4]}


def test_gathered_pictures_follow_a_move(presenter, session, grid):
    session.selection.select([3, 4], initiator=ON_THE_MAP)
    session.project.apply("move", move_images(session.grouping, np.array([3, 4]), DOGS))
    assert shown(grid) == {DOGS: [3, 4]}


def test_the_filter_looks_at_names_and_folders_and_wants_every_word(presenter, session, grid):
    presenter.show_cards([ALL])
    presenter.set_filter("TRIP img_1")
    assert shown(grid) == {CATS: [1], UNSORTED: [10, 11]}
    presenter.set_filter("elsewhere")
    assert shown(grid) == {}
