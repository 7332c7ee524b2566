"""`shoal sort --clusters-from`: edited tables, after folders were renamed; pins, and letting go of them."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.support.sample_folder import make_folder

from shoal.command_line.cli import main


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    return make_folder(tmp_path / "Trip", ("ball", "chair"), range(2))


@pytest.fixture
def table(pictures, tmp_path: Path, capsys) -> Path:
    """The first of each kind is called Bride, the others Groom."""
    assert sort(pictures, "--to", tmp_path / "out") == 0
    with (tmp_path / "out" / "clusters.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    firsts = {sorted(folder.iterdir())[0].name for folder in pictures.iterdir()}
    for row in rows:
        row["cluster"] = "Bride" if Path(row["source"]).name in firsts else "Groom"
    edited = tmp_path / "mine.csv"
    with edited.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    capsys.readouterr()
    return edited


def sort(*words: object) -> int:
    return main(["sort", *map(str, words), "--model", "colour-layout"])


def clusters(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    return {one["name"]: one["count"] for one in json.loads(capsys.readouterr().out)["clusters"]}


@pytest.mark.changes_pictures("renames their folder")
def test_a_table_is_of_use_after_the_folder_was_renamed(pictures, table, tmp_path, capsys):
    renamed = pictures.rename(tmp_path / "Trip 2024")
    assert sort(renamed, "--to", tmp_path / "again", "--clusters-from", table, "--json") == 0
    assert clusters(capsys) == {"Bride": 2, "Groom": 2}


def test_a_table_of_other_pictures_ends_in_a_sentence(pictures, table, tmp_path, capsys):
    table.write_text("path,cluster,source\nBride/other.jpg,Bride,/x/other.jpg\n")
    assert sort(pictures, "--to", tmp_path / "again", "--clusters-from", table, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["error"].startswith("0 of the 1 rows of ")
    assert "/x/other.jpg" in told["remedy"]
    assert not (tmp_path / "again").exists()


def test_what_a_table_says_is_pinned_if_asked_for_and_let_go_of(pictures, table, tmp_path, capsys):
    def sort_into(name: str, *words: object) -> dict[str, int]:
        assert sort(pictures, "--to", tmp_path / name, "--json", *words) == 0
        return clusters(capsys)

    pinned = sort_into("pinned", "--clusters-from", table, "--pin")
    assert pinned == {"Bride": 2, "Groom": 2}
    assert sort_into("kept", "--clusters", 1) == pinned  # another clustering moves no pinned picture
    released = sort_into("released", "--clusters", 1, "--release")
    assert list(released.values()) == [4]


@pytest.mark.parametrize(
    "asked",
    [["--release"], ["table"], ["table", "--pin"], ["table", "--release"], ["--clusters", 1], ["--names", "none"]],
)
def test_a_dry_run_changes_nothing_in_the_project(pictures, table, tmp_path, capsys, asked):
    """It says what would come of it, and leaves everything as it was."""
    words = [word for one in asked for word in (["--clusters-from", table] if one == "table" else [one])]
    first = ["--clusters-from", table, "--pin"] if asked == ["--release"] else []
    assert sort(pictures, "--to", tmp_path / "before", *first) == 0
    before = _kept(tmp_path / "home")
    capsys.readouterr()
    assert sort(pictures, "--to", tmp_path / "out", "--dry-run", "--json", *words) == 0
    told = clusters(capsys)
    assert _kept(tmp_path / "home") == before
    if "table" in asked:
        assert told == {"Bride": 2, "Groom": 2}
    assert sort(pictures, "--to", tmp_path / "after", "--json") == 0
    assert sum(clusters(capsys).values()) == 4


def test_the_first_dry_run_of_a_folder_puts_no_table_into_its_project(pictures, table, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "another"))
    assert sort(pictures, "--to", tmp_path / "out", "--dry-run", "--json", "--clusters-from", table, "--pin") == 0
    assert clusters(capsys) == {"Bride": 2, "Groom": 2}
    assert sort(pictures, "--to", tmp_path / "out", "--dry-run", "--json") == 0
    assert "Bride" not in clusters(capsys)


def _kept(home: Path) -> dict[str, list[str]]:
    """All that is in the project files."""
    found = {}
    for path in sorted(home.rglob("*.shoal")):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            found[path.name] = list(db.iterdump())
    assert found
    return found


def test_pinning_needs_a_table(pictures, tmp_path, capsys):
    assert sort(pictures, "--to", tmp_path / "out", "--pin") == 1
    assert "--clusters-from" in capsys.readouterr().err
