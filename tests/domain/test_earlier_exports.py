"""What stands in a folder after several exports, told from their journals alone."""

from pathlib import Path

from shoal.domain.earlier_exports import EarlierExports, ExportedFile, standing_files

OUT = Path("/out")


def step(target: str, source: str = "", **facts: object) -> ExportedFile:
    values = {
        "picture": source, "role": "picture", "key": "", "action": "copy", "size": 1, "modified_ns": 2,
        "content_hash": "00", "made_size": 1, "made_modified_ns": 2, "made_inode": "3", "state": "done",
    }  # fmt: skip
    return ExportedFile(target, source, **(values | facts))  # type: ignore[arg-type]  # tests name them right


def moved(old: str, new: str, picture: str, **facts: object) -> ExportedFile:
    return step(new, old, picture=picture, action="move", key=old, **facts)


def stands(*exports: list[ExportedFile], there: bool = True) -> list[tuple[str, str]]:
    files = standing_files([(OUT, steps) for steps in exports], lambda _target: there)
    return [(file.target, file.source) for file in files]


def test_a_second_export_changes_places_and_what_it_was_made_from_stays_known():
    first, second = (
        [step("cats/a", "/p/a"), step("cats/b", "/p/b")],
        [moved("cats/a", "dogs/a", "/p/a", made_inode="9")],
    )
    assert sorted(stands(first, second)) == [("cats/b", "/p/b"), ("dogs/a", "/p/a")]
    (file,) = standing_files([(OUT, [first[0]]), (OUT, second)], lambda _target: True)
    assert file.made_inode == "9"


def test_what_was_set_aside_is_gone_and_what_came_in_its_place_stands():
    aside = moved("cats/a", ".before/1", "/p/a", role="aside")
    assert stands([step("cats/a", "/p/a")], [aside, step("cats/a", "/p/a", size=7)]) == [("cats/a", "/p/a")]


def test_steps_in_doubt_count_where_their_files_are():
    cut_off = [moved("cats/a", "dogs/a", "/p/a", state="started")]
    assert stands([step("cats/a", "/p/a")], cut_off) == [("dogs/a", "/p/a")]
    assert stands([step("cats/a", "/p/a")], cut_off, there=False) == [("cats/a", "/p/a")]


def test_what_nobody_exported_stays_nobodys_when_it_moves_along():
    assert stands([moved("cats/a.pp3", "dogs/a.pp3", "/p/a", role="beside")]) == []


def test_sorting_in_place_moves_what_an_earlier_export_has_moved_there():
    first = [step("cats/a", "/p/a", action="move")]
    second = [step("dogs/a", "/out/cats/a", picture="/out/cats/a", action="move")]
    assert stands(first, second) == [("dogs/a", "/p/a")]


def test_a_name_that_the_user_has_freed_by_moving_may_be_taken_by_another_picture():
    assert stands([step("cats/a", "/p/a")], [step("cats/a", "/q/a")]) == [("cats/a", "/p/a"), ("cats/a", "/q/a")]
    assert stands([step("cats/a", "/p/a")], [step("cats/a", "/p/a")]) == [("cats/a", "/p/a")]


def test_families_begin_with_their_picture_also_in_journals_that_know_none():
    files = [step("cats/a.xmp", "/p/a.xmp", picture="/p/a.jpg", role="companion"), step("cats/a.jpg", "/p/a.jpg")]
    (lead, _sidecar) = EarlierExports(files).family("/p/a.jpg")
    assert lead.target == "cats/a.jpg"
    old = [step("cats/a.jpg", "/p/a.jpg", picture="", role=""), step("cats/a.xmp", "/p/a.xmp", picture="", role="")]
    found = EarlierExports(old).family("/p/a.jpg", [Path("/p/a.xmp")])
    assert [(file.target, file.is_picture) for file in found] == [("cats/a.jpg", True), ("cats/a.xmp", False)]
    assert not EarlierExports([])


class Counted(str):
    """Counts how often it is compared."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def renamed(count: int) -> int:
    """Comparisons of pictures' names when an export follows new names of all the originals of another one."""
    Counted.compared = 0
    first = [step(f"cats/{number}", picture=Counted(f"/p/{number}")) for number in range(count)]
    again = [moved(f"cats/{number}", f"cats/x{number}", Counted(f"/p/x{number}")) for number in range(count)]
    files = standing_files([(OUT, first), (OUT, again)], lambda _target: True)
    assert [file.picture for file in files] == [f"/p/x{number}" for number in range(count)]
    return Counted.compared


def test_new_names_for_a_whole_folder_cost_no_more_than_their_number():
    assert renamed(800) < 3 * renamed(400)


def test_files_of_which_nothing_is_known_are_not_taken_for_one_another():
    first = [step("cats/a", "/p/a", made_inode="", content_hash="")]
    second = [moved("cats/a", "dogs/b", "/p/b", made_inode="", content_hash="")]
    assert stands(first, second) == [("cats/a", "/p/a"), ("dogs/b", "cats/a")]
