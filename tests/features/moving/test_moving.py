"""M, two letters, Enter."""

from PySide6.QtCore import Qt
from tests.support.sorted_desk import CONTROL
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.grouping import UNSORTED


def listed(hands) -> list[str]:
    names = hands.widget("namePickerList")
    return [names.item(row).text() for row in range(names.count())]


def test_letters_and_enter_move_what_is_selected(hands):
    hands.click_image(4)
    hands.press(Qt.Key.Key_M)
    assert hands.widget("namePickerTitle").text() == "Move 1 picture to"
    assert listed(hands) == ["Dogs  ·  21", "Unsorted  ·  0"]
    hands.write("do")
    assert listed(hands)[0] == "Dogs  ·  21"
    hands.press(Qt.Key.Key_Return)
    assert hands.home(4) == DOGS
    assert hands.notice == "1 to Dogs"


def test_a_new_name_makes_a_cluster_and_is_offered_first_the_next_time(hands):
    hands.click_image(4)
    hands.press(Qt.Key.Key_M)
    hands.write("Birds")
    assert listed(hands) == ["New: “Birds”"]
    hands.press(Qt.Key.Key_Return)
    birds = hands.home(4)
    assert hands.name(birds) == "Birds"
    assert hands.notice == "1 to Birds, which is new"
    hands.click_image(6)
    hands.press(Qt.Key.Key_M)
    assert listed(hands)[0] == "Birds  ·  1"
    hands.press(Qt.Key.Key_Return)
    assert hands.home(6) == birds


def test_ctrl_enter_makes_a_cluster_whose_name_begins_another(hands):
    hands.click_image(4)
    hands.press(Qt.Key.Key_M)
    hands.write("Dog")
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert hands.name(hands.home(4)) == "Dog"


def test_arrows_choose_another_and_escape_leaves_everything_as_it_was(hands):
    hands.click_image(4)
    hands.press(Qt.Key.Key_M)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert hands.home(4) == UNSORTED
    hands.press(Qt.Key.Key_Z, CONTROL)
    hands.click_image(4)
    hands.press(Qt.Key.Key_M)
    hands.write("do")
    hands.press(Qt.Key.Key_Escape)
    assert hands.home(4) == CATS


def test_a_whole_cluster_goes_where_its_card_is_told_to(hands):
    hands.click_card(CATS)
    hands.press(Qt.Key.Key_M)
    assert hands.widget("namePickerTitle").text() == "Move all of Cats into"
    assert listed(hands) == ["Dogs  ·  21", "Unsorted  ·  0"]
    hands.write("do")
    hands.press(Qt.Key.Key_Return)
    assert list(hands.project.grouping.clusters) == [DOGS]
    assert hands.panel.chosen_ids == [DOGS]
    assert hands.notice == "Cats merged into Dogs"


def test_two_clusters_become_one_of_a_new_name_in_one_step(hands):
    hands.click_card(CATS)
    hands.click_card(DOGS, CONTROL)
    hands.press(Qt.Key.Key_M)
    hands.write("Animals")
    hands.press(Qt.Key.Key_Return)
    (animals,) = hands.project.grouping.clusters.values()
    assert animals.name == "Animals"
    assert animals.named
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert sorted(map(hands.name, hands.project.grouping.clusters)) == ["Cats", "Dogs"]


def test_with_nothing_chosen_it_says_so(hands):
    hands.press(Qt.Key.Key_M)
    assert hands.notice == "Choose pictures or a cluster first."
