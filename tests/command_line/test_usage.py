"""What was typed is understood, or refused at once: before a model is loaded, a folder read or a file made."""

import json
from pathlib import Path

import pytest
from tests.support.sample_folder import make_folder

from shoal.command_line.cli import main
from shoal.looking.model_loading import ModelLoader
from shoal.store.project_store import ProjectStore


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("SHOAL_HOME", str(home))
    return home


def projects_in(home: Path) -> list[Path]:
    """With what lies beside them."""
    return [path for path in home.glob("data/projects/*") if path.name != ".shoal-reserve"]


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_arguments: object) -> None:
        raise AssertionError("a model is loaded")

    monkeypatch.setattr(ModelLoader, "load", load)
    monkeypatch.setattr(ModelLoader, "load_texts", load)


@pytest.mark.parametrize(
    "words", [["sort", "in", "--json"], ["paint", "--json"], ["--json"], ["sort", "--js", "--json"]]
)
def test_wrong_usage_is_an_object_for_scripts_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["error"].endswith(".")
    assert "--help" in told["remedy"]
    assert printed.err.startswith("usage: shoal")


def test_a_word_that_is_neither_command_nor_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "nowhere"]) == 2
    assert "'nowhere' is no command, and no file or folder" in capsys.readouterr().err
    assert main([str(tmp_path), "--json"]) == 2
    assert "the window takes no options" in capsys.readouterr().err


def test_help_names_the_window_and_the_version_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "opens the window" in " ".join(capsys.readouterr().out.split())
    assert main(["--version"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("shoal ")
    assert printed.err == ""


@pytest.mark.parametrize(
    "words",
    [
        [""],
        ["sort", "", "--to", "out"],
        ["sort", ".", "--to", ""],
        ["sort", ".", "--to", "out", "--names", " "],
        ["sort", ".", "--to", "out", "--clusters-from", ""],
        ["embed", ".", "--out", "v.npz", "--image-size", "-5"],
    ],
)
def test_an_empty_name_is_not_the_folder_we_are_in(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", ["sort", "embed", "search", "evaluate"])
def test_a_folder_that_is_not_there_costs_nothing_and_leaves_nothing(
    command: str, tmp_path: Path, home: Path, no_model: None, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {"sort": ["--to", str(tmp_path / "out")], "embed": ["--out", str(tmp_path / "v.npz")], "search": ["dog"]}
    assert main([command, str(tmp_path / "nowhere"), *more.get(command, [])]) == 1
    assert "nowhere cannot be read" in capsys.readouterr().err
    assert not projects_in(home)


def test_a_list_of_names_is_read_before_the_model_is_loaded(
    tmp_path: Path, no_model: None, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = make_folder(tmp_path / "pictures", ("ball",), range(2))
    order = ["sort", str(pictures), "--to", str(tmp_path / "out"), "--model", "clip-vit-b-32", "--names"]
    assert main([*order, str(tmp_path / "nowhere.txt")]) == 1
    assert "nowhere.txt cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_a_folder_without_pictures_leaves_no_project(content: bytes | None, tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if content is not None:
        (folder / "broken.jpg").write_bytes(content)
    assert main(["sort", str(folder), "--to", str(tmp_path / "out"), "--model", "colour-layout"]) == 1
    assert not projects_in(home)


def test_a_project_that_somebody_else_has_open_stays(tmp_path: Path) -> None:
    file = tmp_path / "one.shoal"
    with ProjectStore(file), ProjectStore(file) as second:
        second.close()
        assert file.exists()
    assert list(tmp_path.iterdir()) == []
    with ProjectStore(file) as kept:
        kept.save_roots([tmp_path])
    with ProjectStore(file) as again:
        assert again.load_roots() == (tmp_path,)
    assert file.exists()


@pytest.mark.parametrize("command", ["embed", "search", "evaluate"])
def test_a_folder_where_nothing_can_be_read_is_no_success(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.jpg").write_bytes(b"no picture")
    more = {"embed": ["--out", str(tmp_path / "v.npz"), "--model", "colour-layout"], "search": ["dog"]}
    words = more.get(command, ["--model", "colour-layout"])
    assert main([command, str(tmp_path / "in"), *words]) == 1
    assert "broken.jpg: not a picture" in capsys.readouterr().err


def test_progress_is_told_beside_the_object_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pictures = make_folder(tmp_path / "pictures", ("ball", "chair"), range(2))
    order = ["sort", str(pictures), "--to", str(tmp_path / "out"), "--model", "colour-layout", "--json"]
    assert main(order) == 0
    printed = capsys.readouterr()
    assert "Looking at images: 4 in" in printed.err
    assert json.loads(printed.out)["planned"] is None


def test_a_dry_run_says_what_would_go_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pictures = make_folder(tmp_path / "pictures", ("ball", "chair"), range(4))
    order = ["sort", str(pictures), "--to", str(tmp_path / "out"), "--model", "colour-layout", "--clusters", "2"]
    assert main([*order, "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-4:] == [lines[-4], "  Cluster 01: 4", "  Cluster 02: 4", "Nothing was written."]
    assert main([*order, "--dry-run", "--json"]) == 0
    assert [one["files"] for one in json.loads(capsys.readouterr().out)["planned"]] == [4, 4]
    assert main([*order, "--dry-run"]) == 0
    assert "colour-layout had looked at all 8 pictures before." in capsys.readouterr().out
