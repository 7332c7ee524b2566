"""Typing commands: what comes out where, and with which exit code."""

import json
from pathlib import Path

import pytest

from shoal.command_line.cli import main, paths_to_open
from shoal.domain.errors import HelperProcessDied
from shoal.looking.catalogue import BACKENDS


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("SHOAL_HOME", str(home))
    return home


def test_no_command_means_the_window(tmp_path: Path) -> None:
    (tmp_path / "shoot").mkdir()
    assert paths_to_open([]) == []
    assert paths_to_open([str(tmp_path / "shoot")]) == [tmp_path / "shoot"]
    for words in (["sort"], ["--help"], [str(tmp_path / "absent")], [str(tmp_path), "--json"]):
        assert paths_to_open(words) is None


def test_without_a_screen_it_says_what_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([]) == 1
    assert "shoal sort" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["paint"], ["models", "--unknown"], ["models", "--js"], ["models", "extra"]])
def test_wrong_usage_exits_with_two_and_says_why(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "shoal" in written.err


def test_version_and_help_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert main(["models", "--help"]) == 0
    assert "list the models" in capsys.readouterr().out.lower()


def test_models_lists_every_model_for_people_and_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(BACKENDS)
    assert main(["models", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["models"]
    assert [model["name"] for model in listed] == [spec.name for spec in BACKENDS]
    assert all(model["licence"] and model["summary"] for model in listed)
    assert {model["name"].startswith("clip") for model in listed if model["reads_text"]} == {True}


def test_doctor_finds_this_computer_well(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert told.endswith("All is well.\n")
    for topic in (
        "Python",
        "onnxruntime",
        "HEIC",
        "RAW",
        "Model efficientnet-lite",
        "Model builtin",
        "Maths process",
        "Engine process",
        str(own_home),
    ):
        assert topic in told


def test_doctor_says_what_to_do_about_a_folder_it_cannot_write(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_home.write_text("in the way")
    assert main(["doctor"]) == 1
    assert "or set SHOAL_HOME to a folder that is." in capsys.readouterr().out


def test_a_helper_process_that_dies_is_no_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def killed(*_anything: object) -> None:
        raise HelperProcessDied("The maths helper process ended by signal 9.")

    monkeypatch.setattr("shoal.command_line.models_command.run", killed)
    assert main(["models", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "The maths helper process ended by signal 9."
