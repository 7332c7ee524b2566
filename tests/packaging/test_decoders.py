"""A finished build reads every kind of picture, and brings no encoder that nobody uses."""

import ctypes
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def packaging(monkeypatch):
    """The modules of that folder, by name."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None)).startswith(str(PACKAGING)):
            del sys.modules[name]


def test_every_decoder_of_the_table_goes_into_a_build(packaging):
    """PyInstaller follows `import` statements; names in a table it does not see."""
    found = packaging("contents").decoders()
    assert {"PIL.WebPImagePlugin", "shoal.imaging.heif_files", "shoal.imaging.jxl_files"} <= set(found)


@pytest.mark.skipif(shutil.which("cc") is None or sys.platform != "linux", reason="needs a C compiler on Linux")
def test_the_stand_in_for_the_encoder_says_that_it_can_do_nothing(packaging, tmp_path):
    real = "pillow_heif.libs/libx265-4883ecb5.so.217"
    other = ("pillow_heif.libs/libde265-91206b2b.so.0.2.3", "/wheel/libde265", "BINARY")
    link = ("libx265-4883ecb5.so.217", real, "SYMLINK")
    replaced, *rest = packaging("encoder_stand_in").put_into([(real, "/wheel/x265", "BINARY"), other, link], tmp_path)
    assert rest == [other, link]
    assert replaced[0] == real
    library = ctypes.CDLL(replaced[1])
    library.x265_api_get_217.restype = ctypes.c_void_p
    assert library.x265_api_get_217(8) is None
    library.x265_cleanup()
