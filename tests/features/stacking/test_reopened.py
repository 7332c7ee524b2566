"""What was put right in stacks is there when the folder is opened again, with pictures that have come since."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from tests.support.sample_folder import make_folder

from shoal.desktop.main import WindowController
from shoal.domain.stacks import StackRule
from shoal.setup.locations import user_locations

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def again(qtbot, tmp_path) -> Iterator[WindowController]:
    """Another window, as on the next day."""
    desk = WindowController(
        user_locations().create(), QSettings(str(tmp_path / "again.ini"), QSettings.Format.IniFormat)
    )
    qtbot.addWidget(desk.window)
    yield desk
    desk.window.close()


@pytest.mark.changes_pictures("adds one while the folder is closed")
def test_joined_stacks_tops_and_the_rule_are_the_projects(opened, again, wait, tmp_path, qtbot):
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    joined = np.array([0, 2, 7], np.int32)
    opened.session.selection.select(joined)
    opened.session.selection.set_current(2)
    QTest.keyClick(opened.window, Qt.Key.Key_G)
    QTest.keyClick(opened.window, Qt.Key.Key_S, SHIFT)
    opened.session.project.stack_rule.use(StackRule(0.95, 60.0, 0.5))
    names = [opened.session.images[image].path.name for image in joined]
    opened.window.close()
    make_folder(tmp_path / "pictures", ("ball",), range(5, 6))
    again.window.show()
    again.window.model_picker.choose("colour-layout")
    again.opening.open_paths([tmp_path / "pictures"])
    wait(lambda: len(again.session.images) == 11 and not again.jobs.busy and again.session.snapshot.stacks is not None)
    stacks = again.session.stacks
    image = next(number for number, entry in enumerate(again.session.images) if entry.path.name == names[1])
    assert [again.session.images[one].path.name for one in stacks.members(image)] == names
    assert stacks.chosen[image]
    assert again.session.project.stack_rule.now == StackRule(0.95, 60.0, 0.5)
    assert again.session.snapshot.stacked_by == StackRule(0.95, 60.0, 0.5)
    while again.window.actions_by_name["actionUndo"].isEnabled():
        again.window.actions_by_name["actionUndo"].trigger()
    assert not again.session.grouping.stacked.any()
