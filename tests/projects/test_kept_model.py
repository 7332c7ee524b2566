"""A project keeps the model it was looked at with, also one from before projects wrote that down."""

from pathlib import Path

import pytest
from tests.projects.test_folder_project import Sorter, sorter  # noqa: F401

from shoal.domain.extension_points import USUAL_MODEL
from shoal.looking.catalogue import BACKENDS
from shoal.projects.kept_model import USUAL_BEFORE, kept_model, model_of_project, says_its_model
from shoal.store.project_store import ProjectStore


@pytest.fixture
def project(sorter: Sorter) -> Path:  # noqa: F811
    """Looked at with colour-layout."""
    sorter.sort()
    return sorter.project_file


def forget_the_model(project: Path) -> None:
    """As versions left it that did not write it down."""
    with ProjectStore(project) as store:
        choices = store.derived.load_choices()
        choices.pop("model")
        store.derived.save_choices(choices)


def test_the_usual_model_is_the_first_of_the_list_and_the_one_before_it_is_still_there():
    assert BACKENDS[0].name == USUAL_MODEL
    assert USUAL_BEFORE in {spec.name for spec in BACKENDS}


def test_what_was_looked_at_stays_with_its_model(project):
    assert model_of_project(project) == "colour-layout"
    with ProjectStore(project) as store:
        assert kept_model(store, "resnet50") == "colour-layout"
        assert says_its_model(store)


def test_what_was_not_looked_at_yet_gets_what_is_wanted(tmp_path):
    assert model_of_project(tmp_path / "none.shoal") == USUAL_MODEL
    with ProjectStore(tmp_path / "new.shoal") as store:
        assert kept_model(store) == USUAL_MODEL
        assert kept_model(store, "resnet50") == "resnet50"


def test_a_project_that_does_not_say_was_looked_at_with_what_was_usual_then(project):
    forget_the_model(project)
    assert model_of_project(project) == "builtin"
    with ProjectStore(project) as store:
        assert not says_its_model(store)
        assert kept_model(store, "resnet50") == "resnet50", "the settings asked for it, as they did then"
