"""Choosing a model in the window: nothing is downloaded and no doubtful file loaded before somebody has said yes."""

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.end_to_end.robot import Robot, Script, use_program


class Trap:
    """A pickle of this makes a folder when it is loaded."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.target),)


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Some pictures, a home where resnet18 is the chosen model, and a proxy that is not there, so downloads fail."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "settings.json").write_text('{"model": "resnet18"}')
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(4):
        Image.new("RGB", (60, 40), (60 * number, 200 - 40 * number, 90)).save(pictures / f"{number}.png")
    return pictures


def test_a_download_is_asked_for_with_its_size_and_licence(folder):
    def script(robot: Robot) -> Script:
        picker = robot.find("modelPicker")
        assert "47 MB" in picker.itemText(picker.findData("resnet18"))
        yield lambda: robot.is_open("consentBox")
        for fact in ("resnet18", "47 MB", "download.pytorch.org", "BSD-3-Clause"):
            assert fact in robot.find("consentBox").text()
        robot.click(robot.find("consentYes"))
        yield lambda: robot.is_open("trouble")
        assert "cannot be reached" in robot.find("trouble").text()
        robot.find("trouble").accept()

    use_program([folder], script)


def test_who_wants_no_download_goes_on_with_what_is_there(folder):
    def script(robot: Robot) -> Script:
        yield lambda: robot.is_open("consentBox")
        robot.click(robot.find("consentNo"))
        yield lambda: not robot.is_open("consentBox")
        assert robot.find("modelPicker").model_name == "efficientnet-lite"
        assert not robot.idle(), "it looks at the pictures"

    use_program([folder], script)


def test_a_dropped_file_that_could_run_a_program_is_asked_about(folder, tmp_path):
    trap = tmp_path / "trap.pth"
    trap.write_bytes(pickle.dumps({"state_dict": Trap(tmp_path / "sprung")}, protocol=2))

    def script(robot: Robot) -> Script:
        robot.window.paths_dropped.emit([trap, folder])
        yield lambda: robot.is_open("consentBox")
        assert "could run a program" in robot.find("consentBox").text()
        robot.click(robot.find("consentNo"))
        yield lambda: not robot.is_open("consentBox")
        assert robot.find("modelPicker").model_name == "efficientnet-lite"
        assert not (tmp_path / "sprung").exists()

    use_program([], script)
