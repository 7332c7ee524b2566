import random

import pytest
from tests.domain.random_edits import move, some_grouping
from tests.support.growing import grow

from shoal.domain import edits
from shoal.domain.errors import ProjectInUse, ProjectNotReadable
from shoal.domain.geometry import StageKey
from shoal.domain.grouping import ClusterId
from shoal.domain.history import Made, MemoryJournal, Step
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project, Takeover


class FullDisk(MemoryJournal):
    """A journal on a drive that can be full."""

    full = False

    def record(self, step, after):
        if self.full:
            raise OSError("disk full")
        super().record(step, after)

    def move_to(self, position, patch, after):
        if self.full:
            raise OSError("disk full")
        super().move_to(position, patch, after)


def test_a_failed_save_leaves_project_and_history_untouched():
    journal = FullDisk()
    project = Project(some_grouping(1), journal)
    project.apply(Sentence("first"), move(project.grouping, random.Random(1)))
    before, heard = project.grouping, []
    project.subscribe(lambda patch, initiator: heard.append(patch))
    journal.full = True
    for action in (
        lambda: project.apply(Sentence("second"), move(before, random.Random(2))),
        project.undo,
    ):
        with pytest.raises(OSError, match="disk full"):
            action()
        assert (project.grouping, project.undo_label, project.redo_label) == (before, "first", None)
    assert heard == []


def test_a_failing_listener_loses_no_step_and_keeps_nobody_in_the_dark():
    def fail(_patch, _initiator):
        raise ZeroDivisionError

    project, heard = Project(some_grouping(1)), []
    project.subscribe(fail)
    project.subscribe(lambda patch, initiator: heard.append(initiator))
    start = project.grouping
    with pytest.raises(ZeroDivisionError):
        project.apply(Sentence("new"), edits.create_cluster(start, "x", [ImageId(0)]), initiator=self_made)
    assert project.undo_label == "new"
    with pytest.raises(ZeroDivisionError):
        project.undo()
    assert project.grouping == start
    assert heard == [self_made, None]


self_made = object()


def test_listeners_can_leave():
    project, heard = Project(some_grouping(1)), []
    leave = project.subscribe(lambda patch, initiator: heard.append(patch))
    project.apply(Sentence("new"), edits.create_cluster(project.grouping, "x"))
    leave()
    project.undo()
    assert len(heard) == 1


def test_labels_say_what_comes_next():
    project = Project(some_grouping(1))
    assert (project.undo_label, project.redo_label) == (None, None)
    project.undo()
    project.redo()
    project.apply(Sentence("nothing"), edits.move_images(project.grouping, [], ClusterId(1)))
    assert project.undo_label is None
    project.apply(Sentence("one"), edits.create_cluster(project.grouping, "x"))
    project.apply(Sentence("two"), edits.create_cluster(project.grouping, "y"))
    project.undo()
    assert (project.undo_label, project.redo_label) == ("one", "two")
    project.apply(Sentence("three"), edits.create_cluster(project.grouping, "z"))
    assert (project.undo_label, project.redo_label) == ("three", None)


def test_what_clusters_were_made_with_is_known_whatever_is_undone_and_done_again():
    made = Made("some model", StageKey("look"), StageKey("map"), StageKey("clusters"))
    project = Project(some_grouping(1), MemoryJournal(made))
    for seed in (1, 2):
        project.apply(Sentence("moved"), move(project.grouping, random.Random(seed)))
    for step in (project.undo, project.undo, project.redo, project.redo, project.undo):
        step()
        assert project.made == made


def test_history_outlasts_new_images():
    project = Project(some_grouping(1))
    start = project.grouping
    project.apply(Sentence("new"), edits.create_cluster(start, "x", [ImageId(3)]))
    grow(project, 200)
    project.undo()
    assert project.grouping == start.grown_to(200)


def test_a_history_that_does_not_fit_is_told_and_harms_nothing():
    journal = MemoryJournal()
    grouping = some_grouping(1)
    journal.record(Step("a step of somebody else", edits.dissolve_cluster(grouping, ClusterId(1))), grouping)
    project = Project(grouping, journal)
    with pytest.raises(ProjectNotReadable, match="cannot be taken back"):
        project.undo()
    assert project.grouping == grouping
    assert project.undo_label == "a step of somebody else"


def test_a_project_that_is_only_looked_at_refuses_every_edit():
    start, heard = some_grouping(1), []
    project = Project(start, None, ProjectInUse(Sentence("It is open in another window."), Sentence("Close it there.")))
    project.subscribe(lambda patch, initiator: heard.append(patch))
    patch = edits.create_cluster(start, "x", [ImageId(0)])
    for edit in (lambda: project.apply(Sentence("new"), patch), project.undo, project.redo):
        with pytest.raises(ProjectInUse, match="another window"):
            edit()
    assert (project.grouping, heard, project.editable) == (start, [], False)
    project.take_over(Takeover(Sentence("found"), start, patch, project.made))
    assert project.grouping == start.patched(patch)
    assert (heard, project.undo_label) == ([patch], None)
