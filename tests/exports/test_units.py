"""What is taken back together, and in which order."""

from pathlib import Path

from shoal.domain.companions import Role
from shoal.domain.export_journal import Step, StepAction
from shoal.exports.units import units_of

A, B = Path("/p/a.jpg"), Path("/p/b.jpg")


def step(number: int, picture: Path | None, role: Role, action: StepAction = "copy", key: str = "") -> Step:
    return Step(number, action, picture, Path(str(number)), picture=picture, role=role, key=key)


def numbers(*steps: Step) -> list[list[int]]:
    return [[step.number for step in unit] for unit in units_of(steps)]


def test_a_family_is_taken_back_as_one_its_picture_first():
    family = [step(1, A, "picture"), step(2, A, "companion"), step(3, B, "picture"), step(4, A, "sidecar")]
    assert numbers(*family) == [[1, 4, 2], [3]]


def test_what_belongs_to_no_picture_is_taken_back_by_itself_the_last_first():
    assert numbers(step(1, None, "document"), step(2, A, "document"), step(3, A, "")) == [[3], [2], [1]]


def test_where_something_was_set_aside_only_the_reverse_order_frees_the_names():
    assert numbers(step(1, A, "picture"), step(2, A, "aside", "move"), step(3, A, "sidecar")) == [[3, 2, 1]]


def test_parts_cut_out_of_one_picture_are_families_of_their_own():
    first, second = step(1, A, "picture", "crop", "0,0,9,9"), step(2, A, "picture", "crop", "9,9,20,20")
    assert numbers(first, step(3, A, "sidecar", "crop", "0,0,9,9"), second) == [[2], [1, 3]]
    assert numbers(step(1, A, "picture", key="x"), step(2, A, "sidecar", key="y")) == [[1, 2]]
