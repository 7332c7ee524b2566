"""Steps in memory: what is done, what was undone, and what the clusters were made with at each point."""

from shoal.domain.geometry import StageKey
from shoal.domain.grouping import Grouping, Patch
from shoal.domain.history import NOTHING_MADE, Made, MemoryJournal, Step, Turn, made_at

FIRST, SECOND = Made("first", StageKey("1")), Made("second", StageKey("2"))
NOBODY = Grouping()


def step(label: str, turn: Turn | None = None, also: list[str] | None = None) -> Step:
    return Step(label, Patch(), turn, lambda: (also if also is not None else []).append(label))


def test_a_new_step_stands_behind_those_done_and_ends_those_undone():
    journal, kept = MemoryJournal(), list[str]()
    for label in ("a", "b", "c"):
        journal.record(step(label, also=kept), NOBODY)
    assert (journal.labels, journal.position, kept) == (["a", "b", "c"], 3, ["a", "b", "c"])
    journal.move_to(2, Patch(), NOBODY)
    journal.move_to(1, Patch(), NOBODY)
    assert (journal.labels, journal.position) == (["a", "b", "c"], 1)
    new = step("d")
    journal.record(new, NOBODY)
    assert (journal.labels, journal.position) == (["a", "d"], 2)
    assert journal.patch(1) is new.patch


def test_what_clusters_were_made_with_goes_back_and_forth_with_the_steps():
    journal = MemoryJournal(FIRST)
    journal.record(step("a"), NOBODY)
    journal.record(step("another model", Turn(FIRST, SECOND)), NOBODY)
    journal.record(step("b"), NOBODY)
    assert journal.made == SECOND
    assert (journal.turn(0), journal.turn(1)) == (None, Turn(FIRST, SECOND))
    made = []
    for position in (2, 1, 0, 1, 2, 3):
        assert made_at(journal, position) == (FIRST if position < 2 else SECOND)
        journal.move_to(position, Patch(), NOBODY)
        made.append(journal.made)
    assert made == [SECOND, FIRST, FIRST, FIRST, SECOND, SECOND]


def test_what_is_no_step_is_kept_without_one():
    journal, kept = MemoryJournal(), list[str]()
    assert journal.made == NOTHING_MADE
    journal.keep(Patch(), NOBODY, FIRST, lambda: kept.append("also"))
    assert (journal.made, journal.position, kept) == (FIRST, 0, ["also"])


def test_first_steps_are_kept_one_after_the_other():
    journal = MemoryJournal()
    journal.begin(FIRST, [(step("a"), NOBODY), (step("b", Turn(FIRST, SECOND)), NOBODY)])
    assert (journal.labels, journal.position, journal.made) == (["a", "b"], 2, SECOND)
