"""What the window shows is what there is: the slider's handle, the model after an undo, pictures that are gone."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from shoal.desktop.main import WindowController
from shoal.domain.edits import move_images
from shoal.domain.sentence import Sentence
from shoal.qt.session_reading import image_count

pytestmark = pytest.mark.timeout(600)


def homes(desk: WindowController) -> list[int]:
    assert desk.session.grouping is not None
    return desk.session.grouping.home.tolist()


def said(desk: WindowController) -> str:
    return desk.window.job_panel.findChild(QLabel, "jobStage").text()


def slide(desk: WindowController, *values: int) -> None:
    """Take the handle, go through these places, let go."""
    slider = desk.window.detail_slider
    slider.setSliderDown(True)
    for value in values:
        slider.setValue(value)
    slider.setSliderDown(False)


def test_the_handle_taken_and_put_back_changes_nothing_and_the_way_back_ends_where_it_began(
    opened: WindowController,
) -> None:
    project, slider, before = opened.session.project, opened.window.detail_slider, homes(opened)
    assert project is not None
    start = slider.value()
    slide(opened, start + 1, start)
    slide(opened, slider.maximum(), start)
    assert (homes(opened), project.undo_label) == (before, None)
    slide(opened, slider.maximum())
    assert len(set(homes(opened))) > len(set(before))
    project.undo()
    assert (slider.value(), homes(opened)) == (start, before)
    project.redo()
    slide(opened, start)
    assert len(set(homes(opened))) == len(set(before))
    groups = {frozenset(np.flatnonzero(np.array(homes(opened)) == home)) for home in homes(opened)}
    assert groups == {frozenset(np.flatnonzero(np.array(before) == home)) for home in before}


def test_undo_after_another_model_brings_the_model_back_and_looking_again_leaves_it_so(
    opened: WindowController, wait
) -> None:
    layout, before = opened.session.snapshot.layout, homes(opened)
    opened.opening.use_model("builtin")
    wait(lambda: not opened.jobs.busy)
    assert opened.session.snapshot.layout is not layout
    opened.window.actions_by_name["actionUndo"].trigger()
    wait(lambda: not opened.jobs.busy)
    assert (opened.window.model_picker.model_name, homes(opened)) == ("colour-layout", before)
    assert opened.session.snapshot.layout is layout
    opened.opening.refresh()
    wait(lambda: not opened.jobs.busy)
    assert (opened.window.model_picker.model_name, homes(opened)) == ("colour-layout", before)
    opened.window.actions_by_name["actionRedo"].trigger()
    assert opened.window.model_picker.model_name == "builtin"


def test_an_edit_while_a_look_is_under_way_is_kept(opened: WindowController, wait) -> None:
    project = opened.session.project
    assert project is not None
    opened.opening.recluster()
    first, second = sorted(project.grouping.clusters)[:2]
    moved = project.grouping.members(first)[:1]
    project.apply(Sentence("Move"), move_images(project.grouping, moved, second))
    wait(lambda: not opened.jobs.busy)
    assert int(project.grouping.home[moved[0]]) == second


@pytest.mark.changes_pictures("deletes some itself")
def test_pictures_that_are_gone_are_counted_and_taken_out_in_one_step(
    opened: WindowController, wait, tmp_path: Path
) -> None:
    take_out = opened.window.actions_by_name["actionTakeOutGone"]
    assert not take_out.isEnabled()
    for number in (1, 3):
        (tmp_path / "pictures" / "ball" / f"ball-{number}.jpg").unlink()
    opened.opening.refresh()
    wait(lambda: not opened.jobs.busy)
    assert "10 picture(s)" in said(opened)
    assert "2 of them are gone" in said(opened)
    assert opened.window.grid.page.layout.count == 10
    take_out.trigger()
    assert (image_count(opened.session), opened.window.grid.page.layout.count, take_out.isEnabled()) == (8, 8, False)
    assert said(opened).startswith("8 ")
    assert "gone" not in said(opened)
    opened.window.actions_by_name["actionUndo"].trigger()
    assert (image_count(opened.session), take_out.isEnabled()) == (10, True)
    assert "2 of them are gone" in said(opened)
