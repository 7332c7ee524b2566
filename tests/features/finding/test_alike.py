"""What is like a picture, over all clusters: by a key, less like others, and with pictures from elsewhere."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from tests.support.sorted_desk import CONTROL, SHIFT, Hands
from tests.support.sorted_session import DOGS, STRAY, record, snapshot

from shoal.domain.images import ContentHash, Region
from shoal.domain.marks import PICK_ACCEPTED
from shoal.domain.verdicts import FLAG
from shoal.looking.text_search import FoundImages
from shoal.projects.describing import Describing
from shoal.widgets.dragging import images_mime

CATS_AND_STRAY = set(range(20))


def ask(qtbot, hands: Hands, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier) -> None:
    with qtbot.waitSignal(hands.desk.jobs.ended):
        hands.press(key, keys)


def lists(hands: Hands) -> list[tuple[str, list[int]]]:
    return [(one.title, one.images.tolist()) for one in hands.grid.page.layout.sections]


def test_one_list_over_all_clusters_with_a_line_where_likeness_drops(qtbot, hands: Hands):
    hands.click_image(5)
    ask(qtbot, hands, Qt.Key.Key_F)
    (title, near), (below, _rest) = lists(hands)
    assert title == "Like IMG_05.jpg  ·  20"
    assert near[0] == 5
    assert set(near) == CATS_AND_STRAY
    assert below == "Less and less like it  ·  20"
    assert "20 picture(s) stand out" in hands.window.job_panel.message
    assert set(hands.desk.parts.views.grid_presenter.shown.tolist()) == CATS_AND_STRAY, "what an export takes"
    hands.click_image(STRAY)
    hands.click_image(7, CONTROL)
    hands.press(Qt.Key.Key_1)
    assert hands.home(7) == DOGS


def test_less_like_these_asks_again_and_puts_them_last(qtbot, hands: Hands):
    hands.click_image(5)
    hands.click_image(25, CONTROL)
    ask(qtbot, hands, Qt.Key.Key_F)
    hands.click_image(25)
    ask(qtbot, hands, Qt.Key.Key_F, SHIFT)
    everything = [image for _title, images in lists(hands) for image in images]
    assert lists(hands)[0][0].startswith("Like IMG_05.jpg, and not like 1 other(s)")
    assert set(everything[:20]) == CATS_AND_STRAY


@pytest.fixture
def seen_elsewhere(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whatever comes from elsewhere looks like picture 33. What was looked at is noted."""
    looked: list[object] = []
    vector = hands.session.snapshot.embeddings.vectors[[33]]

    def of_files(_self: object, files: list, _model: str, _task: object) -> np.ndarray:
        looked.extend(file.path for file in files)
        return vector

    def of_png(_self: object, png: bytes, _model: str, _task: object) -> np.ndarray:
        looked.append(QImage.fromData(png).size().toTuple())
        return vector

    monkeypatch.setattr(Describing, "vectors_of_files", of_files)
    monkeypatch.setattr(Describing, "vectors_of_png", of_png)
    return looked


def drop(hands: Hands, data: QMimeData) -> None:
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    hands.window.search.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))


def test_a_file_dropped_on_the_search_field_is_looked_for(qtbot, hands: Hands, seen_elsewhere, tmp_path: Path):
    file, data = tmp_path / "dog.jpg", QMimeData()
    file.write_bytes(b"a dog")
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop(hands, data)
    qtbot.waitUntil(lambda: lists(hands)[0][0] == "Like dog.jpg  ·  20")
    assert seen_elsewhere == [file]
    assert lists(hands)[0][1][0] == 33


def test_pictures_of_the_folder_dropped_there_need_no_look(qtbot, hands: Hands):
    with qtbot.waitSignal(hands.desk.jobs.ended):
        drop(hands, images_mime(np.array([8], np.int32), []))
    assert lists(hands)[0][0] == "Like IMG_08.jpg  ·  20"


def test_a_picture_pasted_into_the_search_field_is_looked_for_and_text_is_text(qtbot, hands: Hands, seen_elsewhere):
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("brown"))
    QGuiApplication.clipboard().setImage(picture)
    hands.window.search.setFocus()
    QTest.keyClick(hands.window.search, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: lists(hands)[0][0] == "Like the picture  ·  20")
    assert seen_elsewhere == [(30, 20)]
    QGuiApplication.clipboard().setText("IMG_03")
    QTest.keyClick(hands.window.search, Qt.Key.Key_V, CONTROL)
    assert hands.window.search.text() == "IMG_03"


def test_a_part_drawn_in_the_loupe_is_looked_for(qtbot, hands: Hands, seen_elsewhere):
    hands.click_image(6)
    hands.press(Qt.Key.Key_Space)
    loupe, left = hands.widget("loupe"), Qt.MouseButton.LeftButton
    QTest.mousePress(loupe, left, SHIFT, QPoint(300, 200))
    QTest.mouseMove(loupe, QPoint(420, 290))
    QTest.mouseRelease(loupe, left, SHIFT, QPoint(420, 290))
    qtbot.waitUntil(lambda: lists(hands)[0][0] == "Like a part of IMG_06.jpg  ·  20")
    assert seen_elsewhere == [(121, 91)]
    assert loupe.isHidden()


def test_what_the_search_field_asks_for_counts_beside_the_picture(qtbot, hands: Hands, monkeypatch):
    """Of the cats that are like the one at hand those that are said to be red come first."""
    red = [2, 9, 14]
    asked: list[str] = []

    def find(_self: object, text: str, records: list, model: str, _task: object) -> FoundImages:
        asked.append(f"{text}, {model}")
        scores = np.where(np.isin(np.arange(len(records)), red), 0.9, 0.1).astype(np.float32)
        order = np.argsort(-scores, kind="stable")
        return FoundImages(text, order, scores[order], 3)

    monkeypatch.setattr(Describing, "find_by_text", find)
    picker = hands.window.model_picker
    picker.addItem("CLIP", "clip-vit-b-32")
    monkeypatch.setattr(type(picker), "model_name", "clip-vit-b-32")
    hands.window.tools.offer_content(True)
    assert hands.window.tools.searches_content
    hands.window.search.setText("red")
    hands.click_image(5)
    ask(qtbot, hands, Qt.Key.Key_F)
    title, near = lists(hands)[0]
    assert title.startswith("Like IMG_05.jpg, and “red”")
    assert set(near[:3]) == set(red)
    assert asked == ["red, clip-vit-b-32"]


def test_an_object_in_a_picture_is_asked_with_like_any_picture(qtbot, hands: Hands, project):
    """*Every object*: what is sorted are parts of pictures, two of one file here."""
    region = Region(10, 20, 110, 220, "cat", 0.9, ContentHash("f" * 32))
    whole = snapshot()
    parts = [replace(record(number), region=region if number in (5, 6) else None) for number in range(40)]
    with qtbot.waitSignal(hands.session.portraits_changed):
        hands.session.show_snapshot(replace(whole, images=parts), project)
    hands.click_image(5)
    ask(qtbot, hands, Qt.Key.Key_F)
    title, near = lists(hands)[0]
    assert title == "Like IMG_05.jpg  ·  20"
    assert set(near) == CATS_AND_STRAY


def test_what_was_found_is_rated_and_is_what_an_export_of_the_selection_takes(qtbot, hands: Hands):
    hands.click_image(30)
    ask(qtbot, hands, Qt.Key.Key_F)
    best = lists(hands)[0][1][:3]
    hands.click_image(best[0])
    hands.click_image(best[2], SHIFT)
    assert sorted(hands.selected) == sorted(best)
    hands.press(Qt.Key.Key_P)
    flags = hands.project.grouping.verdicts[:, FLAG]
    assert np.flatnonzero(flags == PICK_ACCEPTED).tolist() == sorted(best)
