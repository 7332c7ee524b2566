"""A number key stays with its cluster for good, can be given to another, and is kept with the project."""

import numpy as np
from PySide6.QtCore import Qt
from tests.support.sorted_desk import CONTROL, SHIFT
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.digits import Claim
from shoal.domain.edits import create_cluster, merge_clusters
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.sentence import Sentence
from shoal.projects.cluster_digits import ClusterDigits
from shoal.store.project_store import ProjectStore


def keys(hands) -> dict[str, int]:
    return {card.name: card.key for card in hands.window.clusters.cards if card.is_cluster}


def make(hands, name: str, images: object) -> None:
    hands.project.apply(Sentence("New"), create_cluster(hands.project.grouping, name, np.asarray(images)))


def test_merging_one_away_changes_no_other_key(hands):
    make(hands, "Birds", [0, 1])
    assert keys(hands) == {"Dogs": 1, "Cats": 2, "Birds": 3}
    hands.project.apply(Sentence("Merge"), merge_clusters(hands.project.grouping, [CATS], DOGS))
    assert keys(hands) == {"Dogs": 1, "Birds": 3}
    hands.click_image(25)
    hands.press(Qt.Key.Key_2)
    assert hands.notice == "Nobody has the key 2: choose a card and press Ctrl+2."
    assert hands.home(25) == DOGS
    hands.press(Qt.Key.Key_3)
    assert hands.name(hands.home(25)) == "Birds"
    hands.project.undo()
    hands.project.undo()
    assert keys(hands) == {"Dogs": 1, "Cats": 2, "Birds": 3}


def test_ctrl_and_a_digit_give_the_chosen_card_that_key(hands):
    hands.click_card(CATS)
    hands.press(Qt.Key.Key_7, CONTROL)
    assert keys(hands) == {"Dogs": 1, "Cats": 7}
    assert hands.panel.chosen_ids == [CATS]
    assert hands.notice == "Key 7 is Cats from now on"
    hands.click("noticeUndo")
    assert keys(hands) == {"Dogs": 1, "Cats": 2}
    hands.press(Qt.Key.Key_1, CONTROL)
    assert keys(hands) == {"Dogs": 0, "Cats": 1}
    hands.click_card(DOGS)
    hands.click_image(25)
    hands.press(Qt.Key.Key_1)
    assert hands.home(25) == CATS


def test_a_key_that_was_given_is_a_step_among_the_others(hands):
    hands.click_card(CATS)
    hands.press(Qt.Key.Key_7, CONTROL)
    undo = hands.window.actions_by_name["actionUndo"]
    assert undo.text() == "Undo: Key 7 is Cats from now on"
    hands.click_card(DOGS)
    hands.click_image(25)
    hands.press(Qt.Key.Key_7)
    assert hands.home(25) == CATS
    assert undo.text() == "Undo: Move 1 picture to Cats"
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert (hands.home(25), keys(hands)) == (DOGS, {"Dogs": 1, "Cats": 7})
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert keys(hands) == {"Dogs": 1, "Cats": 2}
    assert hands.notice == "Undone: Key 7 is Cats from now on"
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert keys(hands) == {"Dogs": 1, "Cats": 7}
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hands.home(25) == CATS


def test_a_step_after_an_undo_cuts_off_the_key_that_could_be_given_again(hands):
    hands.click_card(CATS)
    hands.press(Qt.Key.Key_7, CONTROL)
    hands.press(Qt.Key.Key_Z, CONTROL)
    hands.grid.setFocus()
    hands.click_image(4)
    hands.press(Qt.Key.Key_K)
    hands.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert keys(hands) == {"Dogs": 1, "Cats": 2}


def test_without_a_card_it_says_which_it_needs(hands):
    hands.press(Qt.Key.Key_7, CONTROL)
    assert hands.notice == "Choose the card that is to have the key 7."


def test_a_tenth_cluster_gets_no_key_when_one_becomes_free():
    digits = ClusterDigits()

    def of(ids):
        clusters = {ClusterId(id_): Cluster(ClusterId(id_), f"C{id_}") for id_ in ids}
        return Grouping(clusters, np.repeat(ids, 3).astype(np.int32), np.zeros(3 * len(ids), np.bool_))

    digits.meet(of(range(1, 13)), ())
    assert list(digits.by_digit(of(range(1, 13))).values()) == list(range(1, 10))
    without = of([*range(1, 4), *range(5, 13)])
    digits.meet(without, ())
    assert 4 not in digits.by_digit(without)
    assert 10 not in digits.by_digit(without).values()


def test_keys_are_kept_with_the_project(tmp_path):
    with ProjectStore(tmp_path / "a.shoal") as store:
        store.digits.save([Claim(3, CATS), Claim(4, DOGS)])
    with ProjectStore(tmp_path / "a.shoal") as store:
        assert store.digits.load() == [Claim(3, CATS), Claim(4, DOGS)]


def test_what_is_no_list_of_keys_gives_none(tmp_path):
    with ProjectStore(tmp_path / "a.shoal") as store:
        for text in ("[[12, 1]]", "[[1]]", "7", "{", '[["1", 2]]'):
            store._database.write(
                lambda db, text=text: db.execute(
                    "INSERT OR REPLACE INTO project (key, value) VALUES ('digits', ?)", [text]
                )
            )
            assert store.digits.load() == []


def test_next_and_previous_cluster_by_key(hands):
    hands.click_card(DOGS)
    hands.grid.setFocus()
    hands.press(Qt.Key.Key_Down, CONTROL)
    assert hands.panel.chosen_ids == [CATS]
    assert hands.current == hands.shown[0] == 0
    hands.press(Qt.Key.Key_1)
    assert hands.home(0) == DOGS
    hands.press(Qt.Key.Key_Up, CONTROL)
    assert hands.panel.chosen_ids == [DOGS]
