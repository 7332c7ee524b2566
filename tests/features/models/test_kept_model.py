"""A project keeps its model in the window, whatever was chosen since; the picker shows it and offers the others."""

from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QLabel
from tests.projects.test_kept_model import forget_the_model
from tests.support.sample_folder import make_folder

from shoal.desktop.main import WindowController


def open_folder(desk: WindowController, folder: Path, wait) -> None:
    before = desk.opening.project
    desk.opening.open_paths([folder])
    wait(lambda: desk.opening.project is not before and not desk.jobs.busy)


def notice_of(desk: WindowController) -> str:
    return "" if desk.window.notice.isHidden() else desk.window.notice.findChild(QLabel, "noticeText").text()


def test_an_old_project_is_shown_by_its_own_model_and_a_new_one_by_what_was_chosen(
    opened: WindowController, tmp_path, wait
):
    picker, first = opened.window.model_picker, opened.opening.project
    assert first is not None
    home = first.project.grouping.home.copy()
    picker.choose("builtin")
    open_folder(opened, make_folder(tmp_path / "second", ("ball", "chair"), range(3)), wait)
    assert picker.model_name == "builtin"
    open_folder(opened, tmp_path / "pictures", wait)
    assert picker.model_name == "colour-layout"
    assert "undone" not in notice_of(opened)
    assert opened.session.grouping is not None
    np.testing.assert_array_equal(opened.session.grouping.home, home)
    assert not opened.window.actions_by_name["actionUndo"].text().endswith("again"), "nothing was sorted anew"
    open_folder(opened, make_folder(tmp_path / "third", ("ball", "chair"), range(4)), wait)
    assert picker.model_name == "builtin"


def test_a_project_from_before_keeps_the_quick_network_and_is_offered_the_usual_one(
    opened: WindowController, tmp_path, wait
):
    assert opened.opening.project is not None
    file = opened.opening.project.file
    opened.window.model_picker.choose("efficientnet-lite")
    open_folder(opened, make_folder(tmp_path / "second", ("ball", "chair"), range(3)), wait)
    forget_the_model(file)
    open_folder(opened, tmp_path / "pictures", wait)
    assert opened.window.model_picker.model_name == "builtin"
    assert "choose Built-in in the list" in notice_of(opened)
