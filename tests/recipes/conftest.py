"""Folders of pictures of a few kinds, and the command line as somebody at a keyboard uses it."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from shoal.command_line.cli import main


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path_factory.getbasetemp() / "recipes-home"))


@pytest.fixture(scope="session")
def things(tmp_path_factory) -> Path:
    """Thirty-six photographs' worth of noise in three kinds: stripes, rings and squares, of different shapes."""
    folder = tmp_path_factory.mktemp("things")
    for number in range(36):
        Image.fromarray(picture(number)).save(folder / f"{number:02}.png")
    return folder


def picture(number: int) -> np.ndarray:
    random = np.random.default_rng(number)
    width, height = ((640, 480), (480, 600), (560, 560))[number // 3 % 3]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    far = np.hypot(x - width * random.uniform(0.3, 0.7), y - height * random.uniform(0.3, 0.7))
    shape = (np.sin(x / 14), np.sin(far / 17), np.sign(np.sin(x / 40) * np.sin(y / 40)))[number % 3]
    colours = random.uniform(0.3, 1.0, 3) * 120
    noise = random.normal(0, 12, (height, width, 3))
    return np.clip(128 + shape[..., None] * colours + noise, 0, 255).astype(np.uint8)


@pytest.fixture
def shoal(capsys):
    """Runs a command with --json; what it printed. Raises AssertionError where it did not go well."""

    def run(*words: object) -> dict:
        code = main([*map(str, words), "--json"])
        said = capsys.readouterr()
        assert code == 0, said.err or said.out
        return json.loads(said.out)

    return run
