"""Naming pass and doubtful list by real keys; cats and dogs, and a cat that was taken for a dog."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from tests.support.sorted_desk import CONTROL, SHIFT
from tests.support.sorted_session import CATS, DOGS, STRAY

from shoal.domain.edits import move_images, suggest_names, unpin_images
from shoal.domain.grouping import UNSORTED, Cluster, Patch
from shoal.domain.sentence import Sentence


@pytest.fixture
def unnamed(hands):
    """A machine's clusters: a word for the cats, a number for the dogs."""
    clusters = hands.project.grouping.clusters
    machine = {CATS: "felines", DOGS: "Cluster 02"}
    changes = {id_: (clusters[id_], Cluster(id_, name, clusters[id_].colour)) for id_, name in machine.items()}
    hands.project.apply(Sentence("As a machine"), Patch(clusters=changes))
    assert not suggest_names(hands.project.grouping, {}).clusters
    return hands


def open_naming(hands):
    hands.press(Qt.Key.Key_N, CONTROL | SHIFT)
    return hands.widget("namingPass")


def open_doubtful(hands, qtbot):
    hands.press(Qt.Key.Key_D, CONTROL | SHIFT)
    dialog = hands.widget("doubtful")
    qtbot.waitUntil(lambda: bool(hands.widget("doubtfulLeft").text()))
    return dialog


def page_of(hands):
    return [tile.image for tile in hands.widget("doubtfulPage").tiles]


def in_focus(hands):
    return next(tile.image for tile in hands.widget("doubtfulPage").tiles if tile.framed)


def test_enter_takes_the_offer_and_letters_give_another_name(unnamed):
    hands = unnamed
    open_naming(hands)
    assert hands.widget("namingPassTitle").text() == "What do these 21 pictures show?"
    assert hands.widget("namingPassField").placeholderText().startswith("Type")
    hands.write("Hounds")
    hands.press(Qt.Key.Key_Return)
    assert hands.widget("namingPassField").placeholderText() == "Enter: felines"
    hands.press(Qt.Key.Key_Return)
    assert {one.name for one in hands.project.grouping.clusters.values() if one.named} == {"Hounds", "felines"}
    assert not hands.is_asked("namingPass")
    assert not hands.project.grouping.pinned[4]


def test_the_first_letters_of_a_name_there_is_put_two_together(unnamed):
    hands = unnamed
    open_naming(hands)
    hands.write("Pets")
    hands.press(Qt.Key.Key_Return)
    hands.write("pe")
    hands.press(Qt.Key.Key_Return)
    assert hands.home(4) == hands.home(30)
    assert len(hands.project.grouping.clusters) == 1


def test_escape_skips_and_what_was_done_can_be_taken_back(unnamed):
    hands = unnamed
    open_naming(hands)
    hands.press(Qt.Key.Key_Escape)
    assert hands.widget("namingPassTitle").text() == "What do these 19 pictures show?"
    hands.press(Qt.Key.Key_Z, CONTROL)
    hands.write("x")
    hands.press(Qt.Key.Key_Escape)
    assert hands.widget("namingPassField").text() == ""
    hands.click("namingPassDone")
    assert not hands.is_asked("namingPass")


def test_a_digit_sets_a_part_apart_which_comes_up_by_itself(unnamed):
    hands = unnamed
    open_naming(hands)
    hands.press(Qt.Key.Key_2)
    assert len(hands.project.grouping.clusters) == 3
    assert hands.widget("namingPassLeft").text() == "3 clusters left"
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.widget("namingPassLeft").text() == "2 clusters left"


def test_where_all_is_named_there_is_no_pass(hands):
    hands.press(Qt.Key.Key_N, CONTROL | SHIFT)
    assert hands.notice == "Every cluster has a name of yours."


def test_the_worst_picture_comes_first_and_enter_puts_it_right(hands, qtbot):
    open_doubtful(hands, qtbot)
    assert in_focus(hands) == STRAY
    assert hands.widget("doubtfulTarget1").text().startswith("1   Cats")
    assert "here now" in hands.widget("doubtfulTarget2").text()
    hands.press(Qt.Key.Key_Return)
    assert hands.home(STRAY) == CATS
    assert hands.project.grouping.pinned[STRAY]
    assert in_focus(hands) != STRAY


def test_what_nobody_dares_to_suggest_is_among_the_first_of_the_doubtful(hands, qtbot):
    """Half of the cats are among the dogs, so that the neighbours of none of them agree."""
    strays = np.arange(0, 20, 2)
    hands.project.apply(Sentence("strays"), move_images(hands.project.grouping, strays, DOGS))
    with qtbot.waitSignal(hands.session.portraits_changed):
        hands.project.apply(Sentence("free"), unpin_images(hands.project.grouping, np.arange(40)))
    silent = {*strays.tolist()} - {*hands.session.suggestions.images.tolist()}
    assert len(silent) >= 5
    open_doubtful(hands, qtbot)
    first = page_of(hands)[: len(strays) + 2]
    assert len(silent & {*first}) >= 0.8 * len(silent)
    image = in_focus(hands)
    hands.press(Qt.Key.Key_Return)
    assert hands.home(image) == CATS


def test_digits_backspace_and_names_lead_elsewhere_and_are_taken_back(hands, qtbot):
    open_doubtful(hands, qtbot)
    hands.press(Qt.Key.Key_2)
    assert hands.home(STRAY) == DOGS
    assert hands.project.grouping.pinned[STRAY]
    second = in_focus(hands)
    hands.press(Qt.Key.Key_Backspace)
    assert hands.home(second) == UNSORTED
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert hands.home(second) in (CATS, DOGS)
    assert in_focus(hands) == second
    hands.press(Qt.Key.Key_M)
    hands.write("Birds")
    hands.press(Qt.Key.Key_Return)
    assert hands.name(hands.home(second)) == "Birds"
    hands.press(Qt.Key.Key_Left)
    assert in_focus(hands) == second


def test_when_most_is_judged_it_says_how_sure_the_rest_is_and_ends_by_itself(hands, qtbot):
    open_doubtful(hands, qtbot)
    before = page_of(hands)
    for image in before:
        assert in_focus(hands) == image
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page_of(hands) != before)
    assert "Probably" in hands.widget("doubtfulSure").text()
    for _ in page_of(hands):
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not hands.is_asked("doubtful"))
    assert hands.project.grouping.pinned.all()
    assert hands.notice == "Every picture is where you have put it."


def test_bins_are_saved_and_pictures_fall_into_them_again(hands, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "pets.shoal-scheme"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "pets"), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    actions = hands.window.actions_by_name
    actions["actionSaveBins"].trigger()
    qtbot.waitUntil(lambda: file.exists() and not hands.desk.jobs.busy)
    actions["actionUseBins"].trigger()
    qtbot.waitUntil(lambda: hands.home(STRAY) == CATS)
    assert "into bins" in hands.notice


def test_sub_folders_are_taken_for_clusters_and_the_doubtful_are_shown(hands, qtbot):
    hands.window.actions_by_name["actionStartFromFolders"].trigger()
    qtbot.waitUntil(lambda: hands.is_asked("doubtful"))
    assert {one.name for one in hands.project.grouping.clusters.values() if hands.home(4) == one.id} == {"trip"}
    hands.press(Qt.Key.Key_Escape)
    assert not hands.is_asked("doubtful")


@pytest.fixture
def strays(hands):
    """Ten cats were taken for dogs."""
    images = np.arange(10)
    hands.project.apply(Sentence("stray"), move_images(hands.project.grouping, images, DOGS))
    hands.project.apply(Sentence("unpin"), unpin_images(hands.project.grouping, images))
    return hands


def move_five(hands, qtbot):
    for image in range(5):
        hands.click_image(image)
        hands.press(Qt.Key.Key_M)
        hands.write("ca")
        hands.press(Qt.Key.Key_Return)
        assert hands.home(image) == CATS
    qtbot.waitUntil(lambda: hands.widget("moreLikeThese").isVisible())


def test_after_five_more_like_these_are_offered_and_taken_by_one_key(strays, qtbot):
    move_five(strays, qtbot)
    assert strays.widget("moreLikeThese").text() == "5 more look like Cats ..."
    strays.click("moreLikeThese")
    assert strays.widget("moreTitle").text() == "5 more pictures look like Cats"
    strays.press(Qt.Key.Key_Return)
    assert all(strays.home(image) == CATS for image in range(10))
    assert strays.project.undo_label == "Move 5 pictures like these to Cats"


def test_down_to_here_takes_some_and_the_rest_never_comes_back(strays, qtbot):
    move_five(strays, qtbot)
    strays.window.actions_by_name["actionMoreLikeThese"].trigger()
    strays.press(Qt.Key.Key_Left)
    strays.press(Qt.Key.Key_Left)
    strays.press(Qt.Key.Key_Return)
    refused = [image for image in range(10) if strays.home(image) == DOGS]
    assert len(refused) == 2
    assert {(move.first, move.second) for move in strays.project.grouping.rejections} == {(i, CATS) for i in refused}
    strays.window.actions_by_name["actionMoreLikeThese"].trigger()
    assert not strays.is_asked("moreDialog")
    assert strays.notice.startswith("Move five pictures")


def test_none_of_them_is_one_key_and_can_be_taken_back(strays, qtbot):
    move_five(strays, qtbot)
    strays.click("moreLikeThese")
    strays.press(Qt.Key.Key_N)
    assert len(strays.project.grouping.rejections) == 5
    strays.window.actions_by_name["actionUndo"].trigger()
    assert not strays.project.grouping.rejections
