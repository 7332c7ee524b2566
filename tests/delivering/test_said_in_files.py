"""What files say of pictures is read once, and again only of those that have changed."""

import os

import numpy as np
import pytest
from tests.support.sample_folder import make_folder

from shoal.delivering import said_in_files as module
from shoal.delivering.picture_marks import look_at_shot
from shoal.delivering.said_in_files import said_in_files
from shoal.domain.images import FoundImage
from shoal.domain.marks import Marks
from shoal.domain.verdicts import STARS, UNSAID
from shoal.exports.sidecars import new_sidecar
from shoal.store.said_cache import SaidCache

AN_HOUR = 3600


@pytest.fixture
def cache(tmp_path):
    cache = SaidCache(tmp_path / "said.sqlite")
    yield cache
    cache.close()


@pytest.fixture
def read(monkeypatch):
    """The pictures whose files were read."""
    names: list[str] = []
    monkeypatch.setattr(
        module, "look_at_shot", lambda path, others: names.append(path.name) or look_at_shot(path, others)
    )
    return names


@pytest.mark.changes_pictures("gives them stars, and other ones")
def test_only_what_has_changed_is_read_again(tmp_path, cache, read):
    folder = make_folder(tmp_path / "pictures", ("ball",), range(3)) / "ball"
    sidecar = folder / "ball-1.xmp"
    sidecar.write_bytes(new_sidecar(Marks(stars=4)))
    for path in folder.iterdir():
        made_earlier(path, AN_HOUR)
    pictures = sorted(folder.glob("*.jpg"))
    entries = [FoundImage(path, "", (sidecar,) if path.stem == "ball-1" else ()) for path in pictures]
    assert said_in_files(entries, cache)[:, STARS].tolist() == [UNSAID, 4, UNSAID]
    assert len(read) == 3
    assert said_in_files(entries, cache)[:, STARS].tolist() == [UNSAID, 4, UNSAID]
    assert len(read) == 3
    sidecar.write_bytes(new_sidecar(Marks(stars=2)))
    for _ in range(2):  # changed just now: more may come, and so it is not kept
        assert said_in_files(entries, cache)[:, STARS].tolist() == [UNSAID, 2, UNSAID]
    assert read[3:] == ["ball-1.jpg"] * 2
    made_earlier(sidecar, AN_HOUR / 2)
    for _ in range(2):
        assert said_in_files(entries, cache)[:, STARS].tolist() == [UNSAID, 2, UNSAID]
    assert read[5:] == ["ball-1.jpg"]


def made_earlier(path, seconds: float) -> None:
    times = path.stat().st_mtime - seconds
    os.utime(path, (times, times))


def test_files_that_are_not_there_say_nothing(tmp_path, cache):
    assert np.array_equal(said_in_files([FoundImage(tmp_path / "none.jpg")], cache), [[UNSAID] * 3])
    assert said_in_files([], cache).shape == (0, 3)
