"""`shoal sort --run` and `shoal runs`: results of two recipes kept, compared, drawn, and gone back to."""

import csv

import pytest
from PIL import Image

from shoal.command_line.cli import main


@pytest.fixture
def sorted_twice(things, shoal, tmp_path):
    shoal("sort", things, "--to", tmp_path / "a", "--model", "builtin", "--clusters", 3, "--run", "three")
    shoal("sort", things, "--to", tmp_path / "b", "--model", "builtin", "--clusters", 5, "--run", "five")
    yield things
    for name in [one["name"] for one in shoal("runs", things)["runs"]]:
        shoal("runs", things, "--delete", name)


def refused(capsys, *words) -> str:
    assert main([str(word) for word in words]) == 1
    return capsys.readouterr().err


def test_two_runs_are_listed_compared_and_drawn(sorted_twice, shoal, tmp_path):
    runs = shoal("runs", sorted_twice)["runs"]
    assert [(one["name"], one["clusters"], one["images"]) for one in runs] == [("three", 3, 36), ("five", 5, 36)]
    assert "k = 3" in runs[0]["recipe"]
    found = shoal("runs", sorted_twice, "--compare", "three", "five", "--flow", tmp_path / "flow.png")
    assert found["images"] == 36
    moved = sum(one["count"] for one in found["flows"] if not one["stays"])
    assert 0 < found["changed"] == len(found["changed_images"]) == moved
    assert sum(one["count"] for one in found["flows"]) == 36
    with Image.open(tmp_path / "flow.png") as flow:
        assert flow.width == 1000
    same = shoal("runs", sorted_twice, "--compare", "FIVE", "--flow", tmp_path / "flow.svg")
    assert (same["changed"], same["ari"]) == (0, 1.0)
    assert b"<polygon" in (tmp_path / "flow.svg").read_bytes()


def test_going_back_puts_every_picture_where_it_was(sorted_twice, shoal, tmp_path):
    shoal("runs", sorted_twice, "--back", "three")
    assert shoal("runs", sorted_twice, "--compare", "three")["changed"] == 0
    shoal("sort", sorted_twice, "--to", tmp_path / "again", "--model", "builtin", "--clusters", 3)

    def clusters(folder: str) -> dict[str, str]:
        with (tmp_path / folder / "clusters.csv").open(encoding="utf-8-sig", newline="") as file:
            return {row["source"]: row["cluster"] for row in csv.DictReader(file)}

    assert clusters("again") == clusters("a")


def test_what_is_on_the_screen_can_be_kept_too(sorted_twice, shoal):
    assert [one["name"] for one in shoal("runs", sorted_twice, "--keep", "now")["runs"]][-1] == "now"


def test_names_are_refused_before_the_long_work(sorted_twice, capsys, tmp_path):
    sort = ("sort", sorted_twice, "--to", tmp_path / "c", "--model", "builtin", "--run")
    assert "kept already" in refused(capsys, *sort, "Three")
    assert "needs a name" in refused(capsys, *sort, " ")
    assert "dry run" in refused(capsys, *sort, "other", "--dry-run")
    assert "There are three, five" in refused(capsys, "runs", sorted_twice, "--back", "four")
    assert "kept already" in refused(capsys, "runs", sorted_twice, "--keep", "five")
    assert "--compare" in refused(capsys, "runs", sorted_twice, "--flow", tmp_path / "flow.png")
    assert "does not end" in refused(capsys, "runs", sorted_twice, "--compare", "three", "--flow", tmp_path / "f.gif")
    assert main(["runs", str(sorted_twice), "--compare", "a", "b", "c"]) == 2


def test_a_folder_that_nobody_sorted_has_none_and_gets_no_project(tmp_path, shoal, capsys):
    (tmp_path / "empty").mkdir()
    assert shoal("runs", tmp_path / "empty")["runs"] == []
    assert "no clusters yet" in refused(capsys, "runs", tmp_path / "empty", "--keep", "first")
    assert "None is kept" in refused(capsys, "runs", tmp_path / "empty", "--compare", "first")
