"""`--focus` from a folder to clusters and vectors, and where it is no use."""

import json

import numpy as np
import pytest
from tests.support.seeing_networks import SeesBright, write_scenes

import shoal
from shoal.command_line import cli
from shoal.domain.errors import ModelUnavailable
from shoal.domain.focus import FOCI
from shoal.looking.model_loading import ModelLoader

BOXES = [(40, 60, 200, 220), (400, 200, 560, 360), (240, 40, 420, 220), (100, 250, 260, 410)]
THINGS = [(250, 200, 190), (250, 200, 190), (190, 200, 250), (190, 200, 250)]


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))


@pytest.fixture
def scenes(tmp_path):
    return [image.path for image in write_scenes(tmp_path / "scenes", BOXES, THINGS)]


@pytest.fixture
def sees_bright(monkeypatch):
    """Stands in for the usual network, which may not be installed."""
    monkeypatch.setattr(ModelLoader, "_locator", lambda _self, _lent: SeesBright())


def test_each_focus_gives_vectors_of_its_own(scenes, sees_bright):
    vectors = {focus: shoal.embed(scenes, model="colour-layout", focus=focus) for focus in FOCI}
    for one in vectors.values():
        assert np.allclose(np.linalg.norm(one, axis=1), 1, atol=1e-3)
    subject = vectors["subject"]
    assert subject[0] @ subject[1] > subject[0] @ subject[2]
    assert not np.allclose(subject, vectors["whole"])
    assert not np.allclose(subject, vectors["background"])


def test_the_key_in_the_file_of_vectors_says_what_counted(scenes, tmp_path, sees_bright, capsys):
    said = {}
    for focus in ("whole", "subject"):
        out = tmp_path / f"{focus}.npz"
        words = ["embed", scenes[0].parent, "--out", out, "--model", "colour-layout", "--focus", focus, "--json"]
        assert cli.main([str(word) for word in words]) == 0
        said[focus] = json.loads(capsys.readouterr().out)["key"]["preprocessing"]
    assert "subject" in said["subject"]
    assert "subject" not in said["whole"]


def test_where_nobody_can_say_where_a_picture_is_looked_at_it_is_refused(scenes, monkeypatch):
    monkeypatch.setattr(ModelLoader, "_locator", lambda _self, _lent: object())
    with pytest.raises(ModelUnavailable, match="Where a picture is looked at"):
        shoal.embed(scenes, model="colour-layout", focus="subject")


def test_colours_are_not_looked_for_in_words(scenes, capsys):
    assert cli.main(["search", str(scenes[0].parent), "dog", "--focus", "colour", "--json"]) == 1
    assert "not looked for" in json.loads(capsys.readouterr().out)["error"]
