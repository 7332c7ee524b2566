"""The icons that installers use come out of the SVG files in every size and format."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def icons(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("icons")
    subprocess.run([sys.executable, ROOT / "packaging" / "icons.py", target], check=True)
    return target


@pytest.mark.parametrize("name", ["shoal", "shoal-project"])
def test_each_size_is_a_picture_with_transparent_corners(icons, name):
    for folder in (icons / "png").iterdir():
        with Image.open(folder / f"{name}.png") as picture:
            assert picture.size == (int(folder.name),) * 2
            assert np.asarray(picture.getchannel("A"))[0, 0] < 128
            assert len({colour for _, colour in picture.getcolors(1 << 20)}) > 8


@pytest.mark.parametrize("name", ["shoal", "shoal-project"])
def test_windows_and_macos_find_small_and_large_sizes(icons, name):
    with Image.open(icons / f"{name}.ico") as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
    with Image.open(icons / f"{name}.icns") as icon:
        assert {(16, 16, 2), (128, 128, 1), (512, 512, 2)} <= set(icon.info["sizes"])
