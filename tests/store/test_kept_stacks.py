"""Stacks that the user made, and the rule for all others, in the project file."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from tests.store.some_records import records

from shoal.domain.errors import ProjectNotReadable
from shoal.domain.sentence import Sentence
from shoal.domain.stack_edits import join_stack, put_on_top, take_apart
from shoal.domain.stacks import USUAL_STACKS, StackRule
from shoal.projects.project import Project
from shoal.store.image_rows import as_rows
from shoal.store.project_store import ProjectStore


@pytest.fixture
def file(tmp_path):
    """Of six pictures two are a stack with a top, and one is alone."""
    path = tmp_path / "birds.shoal"
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(6)))
        project = Project(store.load_grouping(), store.journal)
        project.apply(Sentence("join"), join_stack(project.grouping, np.array([1, 4])))
        project.apply(Sentence("top"), put_on_top(project.grouping, np.array([1, 4]), 4))
        project.apply(Sentence("apart"), take_apart(project.grouping, np.array([2])))
        project.apply(Sentence("apart, too"), take_apart(project.grouping, np.array([5])))
        project.undo()
    return path


def test_they_are_there_at_the_next_opening_and_steps_can_still_be_undone(file):
    with ProjectStore(file) as store:
        project = Project(store.load_grouping(), store.journal)
        assert project.grouping.stacked.tolist() == [[0, 0], [1, 0], [-1, 0], [0, 0], [1, 1], [0, 0]]
        project.redo()
        assert project.grouping.stacked[5].tolist() == [-1, 0]
        for _ in range(4):
            project.undo()
        assert not project.grouping.stacked.any()
    with ProjectStore(file) as store:
        assert not store.load_grouping().stacked.any()


@pytest.mark.parametrize("row", ["(6, 1, 0)", "(-1, 1, 0)", "(0, -2, 0)", "(0, 1, 2)", "(0, 3000000000, 0)"])
def test_what_we_would_not_have_written_is_refused(file, row):
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(f"INSERT INTO stacked VALUES {row}")
    with ProjectStore(file) as store, pytest.raises(ProjectNotReadable):
        store.load_grouping()


def test_the_rule_is_kept_and_one_that_makes_no_sense_is_the_usual_one(file):
    rule = StackRule(0.75, 60.0, 0.5)
    with ProjectStore(file) as store:
        assert store.stack_rule.load() == USUAL_STACKS
        store.stack_rule.save(rule)
        assert store.stack_rule.load() == rule
    for said in ("[2.0, 0.0, 0.0]", "[0.8, 0.0]", '["a", 0.0, 0.0]', "5", "{"):
        with closing(sqlite3.connect(file, isolation_level=None)) as db:
            db.execute("UPDATE project SET value = ? WHERE key = 'stack_rule'", [said])
        with ProjectStore(file) as store:
            assert store.stack_rule.load() == USUAL_STACKS
