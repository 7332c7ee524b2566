"""Sorting by hand before the network is done, with real keys and clicks: nothing done meanwhile is lost or moves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.support.sample_folder import make_folder
from tests.support.sorted_desk import CONTROL, SHIFT, Hands
from tests.support.whole_desk import KINDS

from shoal.desktop.main import WindowController
from shoal.domain.grouping import UNSORTED
from shoal.domain.task import Task
from shoal.looking import pipeline
from shoal.looking.stages import Stages
from shoal.qt.cluster_model import ALL
from shoal.qt.session_reading import is_ahead

Wait = Callable[[Callable[[], object]], None]


class Network:
    """Looks at nothing until it is told to, and then goes on to the map only when it is told so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.looks, self.groups = Event(), Event()
        look_at, mapped = pipeline.look_at, Stages.mapped

        def slowly(files: Any, backend: Any, tools: Any, task: Task, *more: Any) -> Any:
            while not self.looks.wait(0.005):
                task.check()
            return look_at(files, backend, tools, task, *more)

        def later(stages: Any, snapshot: Any, task: Task) -> Any:
            while not self.groups.wait(0.005):
                task.check()
            return mapped(stages, snapshot, task)

        monkeypatch.setattr(pipeline, "look_at", slowly)
        monkeypatch.setattr(Stages, "mapped", later)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    network = Network(monkeypatch)
    yield network
    network.looks.set()
    network.groups.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "pictures", KINDS, range(5))


@pytest.fixture
def ahead(desk: WindowController, network: Network, wait: Wait, folder: Path) -> Hands:
    """The folder is open, its pictures are on the screen, and nothing has been looked at. Balls 0 to 4, chairs to 9."""
    desk.window.resize(1400, 900)
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([folder])
    wait(lambda: len(desk.session.images) == 10)
    desk.window.activateWindow()
    wait(desk.window.isActiveWindow)
    desk.window.grid.setFocus()
    return Hands(desk)


def finish(hands: Hands, network: Network, wait: Wait) -> None:
    network.looks.set()
    network.groups.set()
    wait(lambda: not hands.desk.jobs.busy and not is_ahead(hands.session))
    hands.window.activateWindow()
    wait(hands.window.isActiveWindow)
    hands.grid.setFocus()


def new_cluster(hands: Hands, name: str, *images: int) -> int:
    """Chosen with the mouse, made and named with the keys."""
    hands.click_image(images[0])
    for image in images[1:]:
        hands.click_image(image, CONTROL)
    hands.press(Qt.Key.Key_N, CONTROL)
    hands.write(name)
    hands.press(Qt.Key.Key_Return)
    QApplication.processEvents()  # the editor gives its text away when it is left
    hands.grid.setFocus()
    return max(hands.project.grouping.clusters)


def file_of(hands: Hands, image: int) -> str:
    return hands.session.images[image].path.name


def test_clusters_are_made_around_what_was_put_somewhere_by_keys_and_mouse(ahead, network, wait):
    hands = ahead
    toys = new_cluster(hands, "Toys", 0, 1)
    assert hands.name(toys) == "Toys"
    hands.click_card(ALL)
    hands.click_image(7)
    hands.press(Qt.Key.Key_1)
    assert hands.notice == "1 to Toys"
    hands.click_image(8)
    hands.press(Qt.Key.Key_M)
    hands.write("to")
    hands.press(Qt.Key.Key_Return)
    hands.click_image(9)
    hands.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    hands.press(Qt.Key.Key_P)
    finish(hands, network, wait)
    grouping = hands.project.grouping
    assert grouping.home[[0, 1, 7, 8]].tolist() == [toys] * 4
    assert grouping.pinned[[0, 1, 7, 8]].all()
    assert hands.session.verdicts[9].tolist() == [4, 3, 0]
    assert len(grouping.clusters) > 1
    assert not (grouping.home == UNSORTED).any()
    assert hands.window.actions_by_name["actionExport"].isEnabled()


def test_each_step_can_be_taken_back_meanwhile_and_afterwards(ahead, network, wait):
    hands = ahead
    toys = new_cluster(hands, "Toys", 0, 1)
    hands.click_card(ALL)
    hands.click_image(7)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.home(7) == UNSORTED
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hands.home(7) == toys
    finish(hands, network, wait)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.notice == "Undone: Sort into clusters"
    assert hands.home(7) == toys
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.home(7) == UNSORTED
    assert hands.home(0) == toys


def test_what_is_chosen_and_at_hand_stays_so_when_the_network_is_done(ahead, network, wait):
    hands = ahead
    new_cluster(hands, "Toys", 0, 1)
    hands.click_card(ALL)
    hands.click_image(6)
    hands.click_image(8, CONTROL)
    finish(hands, network, wait)
    assert hands.selected == [6, 8]
    assert hands.current == 8


def test_the_window_says_that_sorting_can_begin_and_offers_nothing_that_needs_the_network(ahead, network, wait):
    hands = ahead
    enabled = {name for name, action in hands.window.actions_by_name.items() if action.isEnabled()}
    assert not enabled & {"actionExport", "actionRecluster", "actionNamePass", "actionDoubtful", "actionOutliers"}
    assert "You can sort meanwhile" in hands.window.clusters.empty_hint
    new_cluster(hands, "Toys", 0, 1)
    hands.press(Qt.Key.Key_Escape)
    enabled = {name for name, action in hands.window.actions_by_name.items() if action.isEnabled()}
    assert not enabled & {"actionExport", "actionRecluster", "actionNamePass", "actionDoubtful", "actionSplitCluster"}
    assert {"actionUndo", "actionMoveTo", "actionPick"} <= enabled


def test_undo_of_all_says_how_clusters_are_made_anew(ahead, network, wait):
    """Fault 14: it said that they appear when every picture has been looked at, and all of them had been."""
    hands = ahead
    new_cluster(hands, "Toys", 0, 1)
    finish(hands, network, wait)
    before = hands.project.grouping
    while hands.project.undo_label:
        hands.press(Qt.Key.Key_Z, CONTROL)
    assert not hands.project.grouping.clusters
    assert hands.window.clusters.empty_hint.startswith("There are no clusters. Ctrl+R makes them anew")
    hands.click_image(3)
    hands.press(Qt.Key.Key_P)  # a step that cuts off what could be done again
    hands.press(Qt.Key.Key_R, CONTROL)
    wait(lambda: not hands.desk.jobs.busy)
    assert hands.project.grouping.clusters
    assert len(before.clusters) >= len(hands.project.grouping.clusters) > 0


@pytest.mark.changes_pictures("one of them is broken")
def test_behind_a_broken_picture_the_same_pictures_stay_chosen_and_sorted(desk, network, wait, tmp_path):
    folder = make_folder(tmp_path / "pictures", KINDS, range(5))
    (folder / "ball" / "ball-2.jpg").write_bytes(b"no picture")
    desk.window.resize(1400, 900)
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([folder])
    wait(lambda: len(desk.session.images) == 10)
    desk.window.activateWindow()
    wait(desk.window.isActiveWindow)
    hands = Hands(desk)
    toys = new_cluster(hands, "Toys", 1, 2, 9)
    hands.click_card(ALL)
    hands.click_image(7)
    hands.click_image(4, CONTROL)
    hands.press(Qt.Key.Key_M)
    assert hands.is_asked("namePicker")
    network.looks.set()
    wait(lambda: len(desk.session.images) == 9)
    assert not hands.is_asked("namePicker"), "it asked about numbers that mean other pictures by now"
    assert [file_of(hands, image) for image in hands.selected] == ["ball-4.jpg", "chair-2.jpg"]
    assert file_of(hands, hands.current) == "ball-4.jpg"
    desk.window.activateWindow()
    wait(desk.window.isActiveWindow)
    hands.grid.setFocus()
    hands.press(Qt.Key.Key_1)
    finish(hands, network, wait)
    grouping = hands.project.grouping
    sorted_ones = [file_of(hands, image) for image in range(9) if grouping.pinned[image]]
    assert sorted_ones == ["ball-1.jpg", "ball-4.jpg", "chair-2.jpg", "chair-4.jpg"]
    assert set(grouping.home[grouping.pinned].tolist()) == {toys}


def test_what_was_sorted_is_there_again_when_the_window_was_closed_too_early(ahead, network, wait, folder, qtbot):
    hands = ahead
    toys = new_cluster(hands, "Toys", 0, 9)
    other = make_folder(folder.parent / "other", ("ball",), range(3))
    hands.desk.opening.open_paths([other])
    wait(lambda: len(hands.session.images) == 3)
    hands.desk.opening.open_paths([folder])
    wait(lambda: len(hands.session.images) == 10)
    assert hands.home(0) == hands.home(9) == toys
    finish(hands, network, wait)
    assert hands.home(0) == hands.home(9) == toys
