"""The search field in both of its modes, with a finder whose vectors are easy to see through."""

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.support.sorted_session import views_of
from tests.support.wordy_pictures import WordReader, pictures_of

from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.images import ImageRecord
from shoal.domain.seen_classes import likeliest
from shoal.domain.task import Task
from shoal.features.finding.searching import Searching
from shoal.looking.text_search import FoundImages, find_by_text
from shoal.looking.word_search import find_by_word

SHOES = [5, 11, 24, 33, 39]


class Finder:
    """Five of the forty pictures are shoes, the others hats; to zebras they are all the same."""

    def find_by_text(self, text: str, records: Sequence[ImageRecord], model: str, task: Task) -> FoundImages:
        assert model == "clip-vit-b-32"
        what = ["shoe white" if record.id in SHOES else "hat" for record in records]
        vectors = pictures_of(what, noise=9.0 if text == "zebra" else 0.05)
        seen = EmbeddingMatrix(Rows(np.array([record.id for record in records]), StageKey("test")), vectors)
        return find_by_text(text, seen, WordReader(), task)


@pytest.fixture
def searching(session, window, jobs):
    window.model_picker.addItem("Built-in", "builtin")
    window.model_picker.addItem("CLIP", "clip-vit-b-32")
    return Searching(session, views_of(session, window), jobs, Finder())


def shown(window) -> list[int]:
    layout = window.grid.page.layout
    return [layout.image_at(position) for position in range(layout.count)]


def choose(qtbot, window, row: int) -> None:
    window.model_picker.setCurrentIndex(row)
    qtbot.waitUntil(lambda: window.tools.searches_content == (row == 1))


class WordFinder:
    """Five of the forty pictures are lemons; it knows words and reads no other text."""

    def find_by_text(self, text: str, records: Sequence[ImageRecord], model: str, task: Task) -> FoundImages:
        rows = np.zeros((len(records), 1000), np.float32)
        rows[SHOES, 951] = 0.9
        seen = EmbeddingMatrix(
            Rows(np.arange(len(records)), StageKey("test")), np.eye(len(records), dtype=np.float32), likeliest(rows)
        )
        return find_by_word(text, seen, model)


@pytest.fixture
def knowing_words(session, window, jobs):
    window.model_picker.addItem("EfficientNet", "efficientnet-lite")
    return Searching(session, views_of(session, window), jobs, WordFinder())


def ask(window, text: str) -> None:
    window.search.setText(text)
    QTest.keyClick(window.search, Qt.Key.Key_Return)


def test_a_model_that_reads_no_text_leaves_the_field_to_names(qtbot, window, searching):
    choose(qtbot, window, 0)
    assert not window.tools.searches_content
    window.search.setText("IMG_03")
    assert shown(window) == [3]


def test_with_clip_enter_shows_what_the_words_mean_the_best_first(qtbot, session, window, jobs, searching):
    choose(qtbot, window, 1)
    assert window.tools.searches_content
    assert "Enter" in window.search.placeholderText()
    with qtbot.waitSignal(jobs.ended, timeout=60_000):
        ask(window, "a shoe on white")
    assert sorted(shown(window)) == SHOES
    assert session.selection.images.tolist() == SHOES
    assert "5 picture" in window.job_panel.message
    window.search.clear()
    assert len(shown(window)) > 30
    assert len(session.selection) == 0


def test_where_nothing_stands_out_it_says_so_and_selects_nothing(qtbot, session, window, jobs, searching):
    choose(qtbot, window, 1)
    with qtbot.waitSignal(jobs.ended, timeout=60_000):
        ask(window, "zebra")
    assert len(shown(window)) > len(SHOES)
    assert len(session.selection) == 0
    assert "Nothing stands out" in window.job_panel.message


def test_names_are_still_found_with_clip(qtbot, window, searching):
    choose(qtbot, window, 1)
    window.tools.search_mode.setCurrentIndex(window.tools.search_mode.findData("names"))
    window.search.setText("IMG_07")
    assert shown(window) == [7]
    for row in (0, 1):  # as when the list of models is filled anew
        window.model_picker.setCurrentIndex(row)
    QTest.qWait(50)
    assert not window.tools.searches_content
    assert shown(window) == [7]


def test_the_default_model_finds_what_there_is_a_word_for(qtbot, session, window, jobs, knowing_words):
    window.model_picker.setCurrentIndex(window.model_picker.findData("efficientnet-lite"))
    qtbot.waitUntil(lambda: window.tools.searches_content)
    ask(window, "fruit")
    qtbot.waitUntil(lambda: "5 picture" in window.job_panel.message)
    assert sorted(shown(window)) == SHOES
    assert session.selection.images.tolist() == SHOES
    ask(window, "dogs")
    qtbot.waitUntil(lambda: "Nothing here looks like" in window.job_panel.message)
    assert shown(window) == []
    assert len(session.selection) == 0


def test_the_field_goes_on_with_the_words_that_the_model_knows(qtbot, window, knowing_words):
    window.model_picker.setCurrentIndex(window.model_picker.findData("efficientnet-lite"))
    qtbot.waitUntil(lambda: window.tools.searches_content)
    QTest.keyClicks(window.search, "border T")
    completer = window.search.completer()
    assert completer.currentCompletion() == "Border terrier"
    completer.popup().hide()
    window.tools.search_mode.setCurrentIndex(window.tools.search_mode.findData("names"))
    assert completer.completionCount() == 0


def test_an_unknown_word_is_told_at_once_with_those_that_may_be_meant(qtbot, window, jobs, knowing_words):
    window.model_picker.setCurrentIndex(window.model_picker.findData("efficientnet-lite"))
    qtbot.waitUntil(lambda: window.tools.searches_content)
    ask(window, "terier")
    assert not jobs.busy
    assert "“terier” is not among the words" in window.job_panel.message
    assert "terrier" in window.job_panel.message
    assert shown(window) == []
