"""Pictures found by text, with a reader whose vectors are easy to see through."""

import numpy as np
from tests.support.wordy_pictures import WordReader, pictures_of

from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.task import Task
from shoal.looking.text_search import find_by_text


def matrix(vectors: np.ndarray) -> EmbeddingMatrix:
    return EmbeddingMatrix(Rows(100 + np.arange(len(vectors)), StageKey("test")), vectors)


def test_what_the_text_says_comes_first_and_the_rest_is_cut_off():
    what = ["hat"] * 60 + ["shoe white"] * 12 + ["bag"] * 60
    found = find_by_text("a shoe on white", matrix(pictures_of(what)), WordReader(), Task())
    assert found.count == 12
    assert sorted(found.best) == list(range(160, 172))
    assert (np.diff(found.scores) <= 0).all()
    assert len(found.images) == 132


def test_where_nothing_stands_out_all_are_there_in_order():
    found = find_by_text("elephant", matrix(pictures_of(["something"] * 80, noise=9.0)), WordReader(), Task())
    assert found.count is None
    assert len(found.best) == 80


def test_no_pictures_are_no_trouble():
    found = find_by_text("shoe", matrix(pictures_of(["shoe"])[:0]), WordReader(), Task())
    assert (found.count, len(found.best)) == (None, 0)
