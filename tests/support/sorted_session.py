from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from shoal.domain.edits import create_cluster, move_images, unpin_images
from shoal.domain.geometry import ByImage, EmbeddingMatrix, MapLayout, NeighbourGraph, Rows, StageKey
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.looking.snapshot import Snapshot
from shoal.projects.project import Project
from shoal.qt.session import Session
from shoal.qt.session_reading import files_of
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.main_window import MainWindow
from shoal.widgets.map_presenter import MapPresenter
from shoal.widgets.map_view import MapView
from shoal.widgets.views import Views

CATS, DOGS = ClusterId(1), ClusterId(2)
STRAY = 3
"""A cat that was taken for a dog."""

BURST = [10, 11, 12]
"""Near-identical cats; the last is the sharpest."""


def record(number: int) -> ImageRecord:
    facts = ImageFacts(400, 300, "JPEG", f"2024-05-{1 + number % 28:02}T10:00:00", "Kodak", sharpness=number / 40)
    path, content = Path(f"/p/IMG_{number:02}.jpg"), ContentHash(f"{number:032x}")
    return ImageRecord(ImageId(number), path, "trip", FileStamp(1000 * number, 1), content, facts)


def snapshot() -> Snapshot:
    """40 pictures: the first half are cats, the others dogs, and each kind looks alike."""
    random, ids = np.random.default_rng(3), np.arange(40)
    rows = Rows(ids, StageKey("e"))
    kinds = random.normal(size=(2, 16))
    vectors = (kinds[ids // 20] + random.normal(0, 0.25, (40, 16))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    distances = 1 - vectors @ vectors.T
    np.fill_diagonal(distances, 9)
    nearest = np.argsort(distances, axis=1)[:, :10].astype(np.int32)
    graph = NeighbourGraph(StageKey("g"), rows, nearest, np.take_along_axis(distances, nearest, 1).astype(np.float32))
    stacks = np.full(40, -1, np.int32)
    stacks[BURST] = 0
    layout = MapLayout(StageKey("m"), rows, vectors[:, :2].copy())
    return Snapshot(
        [record(n) for n in range(40)],
        (),
        EmbeddingMatrix(rows, vectors),
        graph,
        layout,
        None,
        ByImage(stacks),
    )


@pytest.fixture
def project():
    project = Project(Grouping(home=np.zeros(40, np.int32), pinned=np.zeros(40, np.bool_)))
    project.apply(Sentence("cats"), create_cluster(project.grouping, "Cats", np.arange(20)))
    project.apply(Sentence("dogs"), create_cluster(project.grouping, "Dogs", np.arange(20, 40)))
    project.apply(Sentence("free"), unpin_images(project.grouping, np.arange(40)))
    project.apply(Sentence("stray"), move_images(project.grouping, [ImageId(STRAY)], DOGS))
    project.apply(Sentence("unpin"), unpin_images(project.grouping, [ImageId(STRAY)]))
    return project


@pytest.fixture
def session(qtbot, project):
    def load(image: int) -> QImage:
        picture = QImage(96, 64, QImage.Format.Format_RGB32)
        picture.fill(QColor.fromHsv(image * 9 % 360, 140, 200))
        return picture

    session = Session(load)
    with qtbot.waitSignal(session.portraits_changed):
        session.show_snapshot(snapshot(), project)
    yield session
    session.shutdown()


def views_of(session: Session, window: MainWindow) -> Views:
    """What features paint with."""
    grid, map_presenter = GridPresenter(session, window.grid), MapPresenter(session, window.map_place)
    return Views(
        window.clusters, window.cluster_panel, window.grid, grid, window.map_place, map_presenter, window.grid_side,
        window.model_picker, window.detail_slider,
        window.tools.moment_slider, window.tools, window.notice, window.notice_bar, window.job_panel,
    )  # fmt: skip


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session)
    window.map_place.fill(MapView(session.selection, session.thumbnails, partial(files_of, session)))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.map_place.shutdown()
