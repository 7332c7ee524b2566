"""Files that come to an open project: onto a card they go to its cluster, onto the window it is asked."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.support.sample_folder import make_folder
from tests.support.whole_desk import open_dialog

from shoal.desktop.main import WindowController
from shoal.widgets.dragging import dropped_paths

pytestmark = pytest.mark.timeout(600)
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    assert dropped_paths(data) == list(paths)
    return data


def drop_on_card(desk: WindowController, card: int, data: QMimeData) -> None:
    listing, model = desk.window.cluster_panel.list, desk.window.clusters
    place = listing.visualRect(model.index(model.row_of(card))).center()
    for event in (
        QDragEnterEvent(place, COPY, data, LEFT, NONE),
        QDragMoveEvent(place, COPY, data, LEFT, NONE),
        QDropEvent(QPointF(place), COPY, data, LEFT, NONE),
    ):
        QApplication.sendEvent(listing.viewport(), event)
        assert event.isAccepted()


def clusters(desk: WindowController) -> list[int]:
    return [card.id for card in desk.window.clusters.cards if card.is_cluster]


def images(desk: WindowController, folder: Path) -> list[int]:
    return [image for image, entry in enumerate(desk.session.images) if entry.path.is_relative_to(folder)]


def test_files_from_elsewhere_are_added_and_put_into_the_cluster_of_the_card(opened, wait, tmp_path) -> None:
    file, before = opened.opening.project.file, len(opened.session.images)
    target = clusters(opened)[-1]
    other = make_folder(tmp_path / "other", ("chair",), range(20, 22))
    added = sorted(other.rglob("*.*"))
    drop_on_card(opened, target, files(*added))
    wait(lambda: not opened.jobs.busy and len(opened.session.images) == before + 2)
    assert opened.opening.project.file == file
    for image in images(opened, other):
        assert opened.session.grouping.home[image] == target
        assert opened.session.grouping.pinned[image]
    assert opened.window.notice_bar.text.startswith("2 to ")


def test_files_that_are_here_already_only_move(opened, tmp_path) -> None:
    target, path = clusters(opened)[-1], opened.session.images[0].path
    drop_on_card(opened, target, files(path))
    assert opened.session.grouping.home[0] == target
    assert not opened.jobs.busy


def test_dropped_on_the_window_it_is_asked_and_the_project_grows_or_gives_way(opened, wait, tmp_path) -> None:
    file, before = opened.opening.project.file, len(opened.session.images)
    other = make_folder(tmp_path / "other", ("chair",), range(20, 23))
    opened.window.paths_dropped.emit([other])
    QTest.mouseClick(open_dialog("addOrOpen").findChild(QPushButton, "addNothing"), LEFT)
    assert len(opened.session.images) == before
    opened.window.paths_dropped.emit([other])
    QTest.mouseClick(open_dialog("addOrOpen").findChild(QPushButton, "addHere"), LEFT)
    wait(lambda: not opened.jobs.busy and len(opened.session.images) == before + 3)
    assert opened.opening.project.file == file
    opened.window.paths_dropped.emit([other])
    QTest.mouseClick(open_dialog("addOrOpen").findChild(QPushButton, "openInstead"), LEFT)
    wait(lambda: not opened.jobs.busy and len(opened.session.images) == 3)
    opened.opening.open_paths([tmp_path / "pictures"])
    wait(lambda: not opened.jobs.busy and len(opened.session.images) == before + 3)


def test_the_command_line_still_sorts_what_it_is_given(opened, wait, tmp_path) -> None:
    other = make_folder(tmp_path / "other", ("chair",), range(20, 23))
    opened.opening.add_paths([other])
    wait(lambda: not opened.jobs.busy and len(opened.session.images) == 13)
    opened.opening.close()
    with opened.workplace.open_project([tmp_path / "pictures"], apart=True) as project:
        assert project.roots == (tmp_path / "pictures",)
