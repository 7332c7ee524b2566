"""What plugins answer is checked once, and a wrong answer is told with the plugin's name."""

import importlib
from dataclasses import replace
from functools import partial
from itertools import chain

import numpy as np
import pytest
from tests.support.installed_plugin import install, write_package

from shoal.domain.errors import Cancelled, UserFacingError
from shoal.domain.sentence import Sentence
from shoal.looking.answers import WrongAnswer, answering, checked_labels, checked_model, checked_rows, plugin_of
from shoal.looking.catalogue import ALGORITHMS, BACKENDS

UNIT = np.eye(3, 4, dtype=np.float32)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "no labels"),
        ([0, 1], "2 labels for 3 images"),
        (7, "1 labels for 3 images"),
        ([0, 1, np.nan], "no whole numbers"),
        ([0, 0.5, 1], "no whole numbers"),
        ([0, 1, 2**40], "no whole numbers"),
        (["a", "b", "c"], "no numbers"),
        ([[0], [1], [2]], "3 labels for 3 images"),
        ([0, [1, 2], 3], "different lengths"),
        ([None, 1, 2], "no numbers"),
    ],
)
def test_labels_that_are_none(answer, reason):
    with pytest.raises(WrongAnswer, match=reason):
        checked_labels(answer, 3)


def test_labels_may_be_any_whole_numbers():
    assert checked_labels([5.0, -1, 900], 3).tolist() == [5, -1, 900]
    assert checked_labels([], 0).tolist() == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "no vectors"),
        (UNIT[:2], "2 x 4 instead of 3 x 4"),
        (np.eye(3), "3 x 3 instead of 3 x 4"),
        (UNIT[0], "4 instead of"),
        (UNIT * 2, "unit length"),
        (UNIT * 0, "unit length"),
        (UNIT * np.nan, "NaN"),
        (UNIT.astype(complex), "no numbers"),
    ],
)
def test_vectors_that_are_none(answer, reason):
    with pytest.raises(WrongAnswer, match=reason):
        checked_rows(answer, 3, 4)


def test_vectors_of_other_kinds_of_numbers_are_taken():
    assert checked_rows(UNIT.astype(np.float64), 3, 4).dtype == np.float32
    assert checked_rows(UNIT, 3, 0) is UNIT


def test_a_wrong_answer_names_its_plugin_and_ours_stays_a_mistake(tmp_path, monkeypatch):
    package = write_package(tmp_path / "packages", "words", "def run(*_all): {}['x']", {"shoal.algorithms": "SPEC"})
    monkeypatch.syspath_prepend(install(tmp_path / "site", package))
    importlib.invalidate_caches()
    run = importlib.import_module("fake_words").run
    assert plugin_of(partial(run)) == "words"
    with pytest.raises(UserFacingError, match="thing of the plugin words made a mistake: KeyError: 'x'"):
        answered(run)
    with pytest.raises(Cancelled), answering(run, "thing"):
        raise Cancelled
    with pytest.raises(WrongAnswer):
        answered(lambda: checked_rows(None, 3, 4))


def answered(run):
    with answering(run, "thing"):
        run()


def test_nothing_of_ours_is_taken_for_a_plugin():
    assert not any(map(plugin_of, chain((spec.run for spec in ALGORITHMS), (spec.load for spec in BACKENDS))))


def test_what_is_no_loaded_model():
    with pytest.raises(WrongAnswer, match="key is no EmbeddingKey"):
        checked_model(None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": None}, "name is None"),
        ({"name": ""}, "'' is no name"),
        ({"name": "two words"}, "is no name"),
        ({"name": "a/b"}, "is no name"),
        ({"summary": 3}, "summary is 3"),
        ({"run": "not to be called"}, "run is 'not to be called'"),
    ],
)
def test_rows_with_gaps_join_no_list(change, reason, monkeypatch):
    monkeypatch.setattr(ALGORITHMS, "_rows", tuple(ALGORITHMS))
    row = replace(ALGORITHMS[0], name="another")
    with pytest.raises((TypeError, ValueError), match=reason):
        ALGORITHMS.extend([replace(row, **change)])
    assert "another" not in ALGORITHMS.names
    ALGORITHMS.extend([replace(row, label=Sentence("Just a text"))])
    assert "another" in ALGORITHMS.names


@pytest.mark.parametrize("catalogue", [ALGORITHMS, BACKENDS])
def test_every_row_of_ours_is_whole(catalogue):
    rows = tuple(catalogue)
    empty = type(catalogue)()
    empty.extend(rows)
    assert tuple(empty) == rows
