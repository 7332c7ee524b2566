from shoal.domain.name_search import found_names, same_name

NAMES = ["Old dogs", "Dogs", "Underdog", "Édith", "Ded on ground", "Do"]


def test_the_name_itself_comes_first_then_beginnings_words_parts_and_letters_in_order():
    assert [NAMES[place] for place in found_names("do", NAMES)] == [
        "Do",
        "Dogs",
        "Old dogs",
        "Underdog",
        "Ded on ground",
    ]
    assert found_names("DOGS", NAMES)[0] == 1
    assert found_names("xyz", NAMES) == []


def test_nothing_typed_finds_all_in_their_order():
    assert found_names("  ", NAMES) == list(range(len(NAMES)))


def test_case_and_marks_do_not_count():
    assert found_names("edi", NAMES) == [3]
    assert found_names("ÉDI", NAMES) == [3]
    assert same_name(" édith ", "EDITH")
    assert not same_name("Edit", "Edith")


def test_a_word_counts_wherever_its_letters_stand_before():
    assert found_names("dog", ["hotdog dog", "hotdogs"]) == [0, 1]
    assert found_names("go", ["logo", "a-gong"]) == [1, 0]
