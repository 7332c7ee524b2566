"""A project keeps the model it was looked at with, also one from before projects wrote that down."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.projects.test_open_project import World, world  # noqa: F401

from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.history import Made
from shoal.domain.rows import StageKey
from shoal.looking.catalogue import BACKENDS
from shoal.projects.kept_model import USUAL_BEFORE, kept_model, model_of_project


@pytest.fixture
def project(world: World) -> Path:  # noqa: F811
    """Looked at with colour-layout."""
    world.sort()
    world.opened.close()
    return world.file


def forget_the_model(project: Path) -> None:
    """As versions left it that did not write it down."""
    with closing(sqlite3.connect(project, isolation_level=None)) as db:
        ((made,),) = db.execute("SELECT value FROM project WHERE key = 'made'").fetchall()
        db.execute("UPDATE project SET value = ? WHERE key = 'made'", [json.dumps(["", *json.loads(made)[1:]])])


def test_the_usual_model_is_the_first_of_the_list_and_the_one_before_it_is_still_there():
    assert BACKENDS[0].name == USUAL_MODEL
    assert USUAL_BEFORE in {spec.name for spec in BACKENDS}


def test_what_was_looked_at_stays_with_its_model(project):
    assert model_of_project(project) == "colour-layout"
    assert kept_model(Made("colour-layout", clusters=StageKey("some")), "resnet50") == "colour-layout"


def test_what_was_not_looked_at_yet_gets_what_is_wanted(tmp_path):
    assert model_of_project(tmp_path / "none.shoal") == USUAL_MODEL
    assert kept_model(Made()) == USUAL_MODEL
    assert kept_model(Made(), "resnet50") == "resnet50"


def test_a_project_that_does_not_say_was_looked_at_with_what_was_usual_then(project):
    forget_the_model(project)
    assert model_of_project(project) == "builtin"
    assert kept_model(Made(clusters=StageKey("some")), "resnet50") == "resnet50", (
        "the settings asked for it, as they did then"
    )
