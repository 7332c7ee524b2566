"""A project goes on in another file: everything comes along, and the old file stays as it was."""

import random
from pathlib import Path

import pytest
from tests.domain.random_edits import random_patch
from tests.store.some_records import records

from shoal.domain.errors import ProjectInUse, UserFacingError
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project
from shoal.store.image_rows import as_rows
from shoal.store.project_store import ProjectStore


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "projects" / "birds.shoal"


@pytest.fixture
def store(path):
    with ProjectStore(path) as store:
        store.add_images(as_rows(records(200)))
        yield store


def test_steps_made_afterwards_are_in_the_new_file_only(store, path, tmp_path):
    project, rng = Project(store.load_grouping(), store.journal), random.Random(1)
    project.apply(Sentence("before"), random_patch(project.grouping, rng))
    new = tmp_path / "my birds.shoal"
    store.go_on_in(new)
    project.apply(Sentence("after"), random_patch(project.grouping, rng))
    assert store.path == new
    store.close()
    with ProjectStore(path) as old, ProjectStore(new) as moved:
        assert list(old.journal.labels) == ["before"]
        assert list(moved.journal.labels) == ["before", "after"]
        assert len(moved.load_images()) == 200


def test_the_old_file_is_free_for_others_and_the_new_one_is_taken(store, path, tmp_path):
    new = tmp_path / "new.shoal"
    store.go_on_in(new)
    with ProjectStore(path) as old, ProjectStore(new) as second:
        assert not old.read_only
        assert second.read_only


def test_a_name_that_is_taken_is_refused_and_everything_goes_on_as_before(store, path, tmp_path):
    taken = tmp_path / "holiday.jpg"
    taken.write_bytes(b"a picture")
    with pytest.raises(UserFacingError, match="nothing is ever overwritten"):
        store.go_on_in(taken)
    assert taken.read_bytes() == b"a picture"
    store.save_roots([tmp_path])
    assert store.path == path


def test_a_folder_that_is_not_there_is_named(store, tmp_path):
    with pytest.raises(UserFacingError, match="nowhere"):
        store.go_on_in(tmp_path / "nowhere" / "birds.shoal")


def test_what_another_window_edits_is_not_saved_from_here(store, path, tmp_path):
    with ProjectStore(path) as second, pytest.raises(ProjectInUse):
        second.go_on_in(tmp_path / "mine.shoal")
    assert not (tmp_path / "mine.shoal").exists()
