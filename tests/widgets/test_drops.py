"""A drop is answered with a copy, whatever keys are held: on Windows a source deletes its files after a move."""

import socket
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from tests.widgets.conftest import picture

from shoal.domain.edits import create_cluster
from shoal.domain.geometry import MapLayout, Rows, StageKey
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import FoundImage
from shoal.domain.sentence import Sentence
from shoal.looking.snapshot import Snapshot
from shoal.projects.project import Project
from shoal.qt.cluster_model import ClusterCard
from shoal.qt.session import Session
from shoal.qt.session_reading import files_of
from shoal.widgets.dragging import clusters_mime, dropped_far_away, dropped_paths, images_mime
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.main_window import MainWindow
from shoal.widgets.map_presenter import MapPresenter
from shoal.widgets.map_view import MapView

KEYS = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
CHORDS = [chord for count in range(len(KEYS) + 1) for chord in combinations(KEYS, count)]
ANYTHING = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
COPY = Qt.DropAction.CopyAction


def some_images() -> QMimeData:
    return images_mime(np.array([0, 1], np.int32), [Path("/p/IMG_0.jpg"), Path("/p/IMG_1.jpg")])


def some_files() -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/p/more pictures")])
    return data


@pytest.fixture
def window(qtbot):
    """Two clusters of six images each, on the map as two rows."""
    session = Session(picture)
    project = Project(Grouping(home=np.zeros(12, np.int32), pinned=np.zeros(12, np.bool_)))
    for name, first in (("Cats", 0), ("Dogs", 6)):
        project.apply(Sentence(name), create_cluster(project.grouping, name, np.arange(first, first + 6)))
    positions = np.array([(number % 6, number // 6) for number in range(12)], np.float32)
    layout = MapLayout(StageKey("map"), Rows(np.arange(12)), positions)
    window = MainWindow(session)
    GridPresenter(session, window.grid)
    window.map_place.fill(MapView(session.selection, session.thumbnails, partial(files_of, session)))
    MapPresenter(session, window.map_place)
    session.show_snapshot(Snapshot([FoundImage(Path(f"/p/IMG_{n}.jpg")) for n in range(12)], layout=layout), project)
    window.clusters.set_cards([ClusterCard(ClusterId(n), name, 6) for n, name in ((1, "Cats"), (2, "Dogs"))])
    window.resize(1300, 800)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    session.shutdown()
    window.map_place.shutdown()


def places(window):
    """Where something can be dropped: the widget and a point of it."""
    canvas, listing = window.map_place.view.canvas, window.cluster_panel.list
    target = window.cluster_panel.findChild(object, "newClusterTarget")
    return {
        "card": (listing.viewport(), listing.visualRect(window.clusters.index(1)).center()),
        "new cluster": (target, target.rect().center()),
        "grid": (window.grid.viewport(), window.grid.rect_of(7).center()),
        "map": (canvas.viewport(), canvas.plane.to_view(3, 1).toPoint()),
        "window": (window, QPoint(5, window.height() - 5)),
    }


def drop(place: tuple, data: QMimeData, chord: tuple) -> list:
    """Enter, move and let go with these keys held; the events as they were answered."""
    widget, point = place
    keys = Qt.KeyboardModifier.NoModifier
    for key in chord:
        keys |= key
    left = Qt.MouseButton.LeftButton
    events = [
        QDragEnterEvent(point, ANYTHING, data, left, keys),
        QDragMoveEvent(point, ANYTHING, data, left, keys),
        QDropEvent(QPointF(point), ANYTHING, data, left, keys),
    ]
    for event in events:
        QApplication.sendEvent(widget, event)
    return events


@pytest.mark.parametrize("where", ["card", "new cluster", "grid", "map"])
def test_pictures_are_taken_as_a_copy_with_any_keys(window, where):
    for chord in CHORDS:
        answers = [
            (event.isAccepted(), event.dropAction()) for event in drop(places(window)[where], some_images(), chord)
        ]
        assert answers == [(True, COPY)] * 3, chord


@pytest.mark.parametrize("where", ["card", "new cluster", "grid", "map", "window"])
def test_files_are_taken_as_a_copy_with_any_keys_wherever_they_are_dropped(window, where):
    heard = []
    window.paths_dropped.connect(heard.append)
    window.cluster_panel.paths_dropped.connect(lambda paths, card: heard.append(paths if card == 2 else card))
    for chord in CHORDS:
        answers = [
            (event.isAccepted(), event.dropAction()) for event in drop(places(window)[where], some_files(), chord)
        ]
        assert answers == [(True, COPY)] * 3, chord
    assert heard == [[Path("/p/more pictures")]] * len(CHORDS)


def test_a_drag_may_leave_the_map_again(window):
    widget, point = places(window)["map"]
    keys, left, data = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, some_images()
    QApplication.sendEvent(widget, QDragEnterEvent(point, ANYTHING, data, left, keys))
    QApplication.sendEvent(widget, QDragLeaveEvent())


def test_a_card_is_taken_as_a_copy_with_any_keys(window):
    heard = []
    window.cluster_panel.merge_dropped.connect(lambda *pair: heard.append(pair))
    for chord in CHORDS:
        events = drop(places(window)["card"], clusters_mime([1]), chord)
        assert [(event.isAccepted(), event.dropAction()) for event in events] == [(True, COPY)] * 3, chord
    assert heard == [([1], 2)] * len(CHORDS)


@pytest.mark.parametrize("where", ["card", "new cluster", "grid", "map", "window"])
def test_what_is_refused_is_never_answered_with_a_move(window, where):
    text = QMimeData()
    text.setText("just words")
    for chord in CHORDS:
        for event in drop(places(window)[where], text, chord):
            assert not event.isAccepted() or event.dropAction() in (COPY, Qt.DropAction.IgnoreAction), chord


def dropped(url: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url)])
    return data


HERE = socket.gethostname()


@pytest.mark.parametrize("host", ["", "localhost", "LOCALHOST", HERE, HERE.partition(".")[0]])
def test_the_name_of_this_computer_is_no_part_of_a_path(host):
    assert dropped_paths(dropped(f"file://{host}/p/more%20pictures")) == [Path("/p/more pictures")]
    assert dropped_far_away(dropped(f"file://{host}/p/more%20pictures")) == []


@pytest.mark.parametrize("url", ["smb://nas/photos", "file://elsewhere/p", "sftp://nas/p", "mtp://phone/DCIM"])
def test_what_lies_on_another_computer_is_answered_with_a_sentence(window, qtbot, url):
    heard: list[object] = []
    window.paths_dropped.connect(heard.append)
    data = dropped(url)
    assert all(event.isAccepted() for event in drop(places(window)["window"], data, ()))
    qtbot.waitUntil(window.notice.isVisible)
    assert url in window.notice.findChild(QLabel, "noticeText").text()
    assert not heard


def test_a_page_of_the_web_is_not_taken(window):
    assert dropped_paths(dropped("https://example.org/a.jpg")) == []
    assert dropped_far_away(dropped("https://example.org/a.jpg")) == []
