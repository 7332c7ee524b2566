"""Which pictures the rows of an edited table mean."""

from pathlib import Path

import pytest
from tests.support.planned_world import grouping_of, record

from shoal.delivering.table_import import import_clusters
from shoal.domain.errors import UserFacingError

HERE = Path("/photos/Trip 2024")


def imported(tmp_path, text: str | bytes, *pictures: str):
    table = tmp_path / "mine.csv"
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_clusters(table, [record(n, HERE / name) for n, name in enumerate(pictures)])


def test_a_folder_may_have_been_renamed(tmp_path):
    rows = (
        "path,cluster,source\nx/IMG_1.JPG,Bride,/photos/Trip/a/IMG_1.JPG\ny/IMG_1.JPG,Groom,/photos/Trip/b/IMG_1.JPG\n"
    )
    found = imported(tmp_path, rows, "a/IMG_1.JPG", "b/IMG_1.JPG", "c/IMG_9.JPG")
    assert (found.names, found.unknown) == ({0: "Bride", 1: "Groom"}, ())


@pytest.mark.parametrize(
    "source",
    [
        "/photos/Trip/a/IMG_1.JPG",
        "D:\\photos\\Trip\\a\\IMG_1.JPG",
        "/elsewhere/deep/down/a/img_1.jpg",
        "a/IMG_1.JPG",
        "/photos/Trip/renamed/IMG_1.JPG",
    ],
)
def test_paths_are_met_by_their_ends(tmp_path, source):
    found = imported(tmp_path, f"path,cluster,source\nBride/x.JPG,Bride,{source}\n", "a/IMG_1.JPG", "IMG_2.JPG")
    assert found.names == {0: "Bride"}


def test_a_table_without_sources_goes_by_the_exported_file(tmp_path):
    found = imported(tmp_path, "path,cluster\nBride/IMG_1.JPG,Bride\n", "a/IMG_1.JPG", "b/IMG_2.JPG")
    assert found.names == {0: "Bride"}


def test_the_longest_common_end_counts(tmp_path):
    rows = "path,cluster,source\np,Bride,/x/Trip/a/IMG_1.JPG\nq,Groom,/x/Trip/gone/IMG_1.JPG\n"
    found = imported(tmp_path, rows, "a/IMG_1.JPG", "IMG_2.JPG")
    assert (found.names, found.unknown) == ({0: "Bride"}, ("/x/Trip/gone/IMG_1.JPG",))


def test_what_is_not_unique_is_not_found(tmp_path):
    rows = "path,cluster,source\np,Bride,/x/gone/IMG_1.JPG\nq,Groom,/x/IMG_2.JPG\n"
    found = imported(tmp_path, rows, "a/IMG_1.JPG", "b/IMG_1.JPG", "IMG_2.JPG")
    assert (found.names, found.unknown) == ({2: "Groom"}, ("/x/gone/IMG_1.JPG",))


def test_tables_that_were_put_together_may_say_a_thing_twice(tmp_path):
    row = "p,Bride,/x/a/IMG_1.JPG\nq,Groom,/x/a/IMG_2.JPG\n"
    found = imported(tmp_path, f"path,cluster,source\n{row}{row}", "a/IMG_1.JPG", "a/IMG_2.JPG")
    assert (found.names, found.unknown) == ({0: "Bride", 1: "Groom"}, ())
    found = imported(tmp_path, f"path,cluster,source\n{row}r,Guests,/x/a/IMG_2.JPG\n", "a/IMG_1.JPG", "a/IMG_2.JPG")
    assert (found.names, found.unknown) == ({0: "Bride"}, ("/x/a/IMG_2.JPG", "/x/a/IMG_2.JPG"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables_of_all_encodings_and_separators(tmp_path, encoding, separator):
    rows = ["path,cluster,source", "p,Bäume,/x/Müller/IMG_1.JPG", "q,Groom,/x/b/IMG_2.JPG"]
    table = "\r\n".join(row.replace(",", separator) for row in rows)
    found = imported(tmp_path, table.encode(encoding), "Müller/IMG_1.JPG", "b/IMG_2.JPG")
    assert found.names == {0: "Bäume", 1: "Groom"}


def test_composition_of_letters_does_not_count(tmp_path):
    found = imported(tmp_path, "path,cluster,source\np,Bride,/x/cafe\u0301/IMG_1.JPG\n", "caf\u00e9/IMG_1.JPG")
    assert found.names == {0: "Bride"}


def test_a_table_that_went_through_another_encoding_is_mended(tmp_path):
    """Opened as ANSI, saved as UTF-8: what was "Müller" is written as "MÃ¼ller", twice encoded."""
    mangled = "/x/Müller/IMG_1.JPG".encode().decode("cp1252")
    rows = f"path,cluster,source\np,{'Bäume'.encode().decode('cp1252')},{mangled}\nq,Höfe,/x/b/IMG_2.JPG\n"
    found = imported(tmp_path, rows, "Müller/IMG_1.JPG", "Meier/IMG_1.JPG", "b/IMG_2.JPG")
    assert found.names == {0: "Bäume", 2: "Höfe"}


@pytest.mark.parametrize("count", [1, 4, 40])
def test_a_table_of_other_pictures_is_refused_and_says_what_it_looked_for(tmp_path, count):
    rows = "path,cluster,source\n" + "".join(f"p{n},Bride,/x/y/OTHER_{n}.JPG\n" for n in range(count))
    with pytest.raises(UserFacingError) as refused:
        imported(tmp_path, rows, *(f"a/IMG_{n}.JPG" for n in range(40)))
    assert f"0 of the {count} rows" in refused.value.summary
    assert "/x/y/OTHER_0.JPG" in refused.value.remedy
    assert "at least OTHER_0.JPG" in refused.value.remedy


def test_hardly_any_row_is_too_little(tmp_path):
    rows = "path,cluster,source\n" + "".join(f"p{n},Bride,/x/y/IMG_{n}.JPG\n" for n in range(35, 75))
    with pytest.raises(UserFacingError, match="5 of the 40 rows"):
        imported(tmp_path, rows, *(f"a/IMG_{n}.JPG" for n in range(40)))


def test_a_table_of_many_may_be_used_for_a_few_and_one_of_a_few_for_many(tmp_path):
    rows = "path,cluster,source\n" + "".join(f"p{n},Bride,/x/y/IMG_{n}.JPG\n" for n in range(400))
    assert len(imported(tmp_path, rows, "IMG_7.JPG", "IMG_8.JPG").names) == 2
    few = "path,cluster\nIMG_3.JPG,Bride\n"
    assert imported(tmp_path, few, *(f"IMG_{n}.JPG" for n in range(400))).names == {3: "Bride"}


@pytest.mark.parametrize("pin", [False, True])
def test_rows_pin_only_if_that_was_asked_for(tmp_path, pin):
    found = imported(tmp_path, "path,cluster\nIMG_0.JPG,cats\n", "IMG_0.JPG", "IMG_1.JPG")
    grouping = grouping_of(1, 1, c1="birds")
    after = grouping.patched(found.patch(grouping, pin))
    assert after.pinned.tolist() == [pin, False]
