"""Weights that are not what was published, and a cache that cannot be written, through the real command: one sentence,
and the quick network looks.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.support.mounting import may_mount
from tests.support.sample_folder import make_folder

from shoal.embedding.efficientnet_lite import WEIGHTS
from shoal.embedding.legacy_torch_files import MAGIC, VERSION

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.timeout(300)


class TouchesAFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def published() -> bytes:
    package = find_spec(WEIGHTS.package)
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("models").joinpath(WEIGHTS.file).read_bytes()


def cut_off(_victim: Path) -> bytes:
    return published()[: 9 << 20]


def of_another_digest(_victim: Path) -> bytes:
    content = bytearray(published())
    content[len(content) // 2] ^= 1
    return bytes(content)


def hostile(victim: Path) -> bytes:
    return b"".join(pickle.dumps(part, 2) for part in (MAGIC, VERSION, {}, TouchesAFile(victim), []))


def sort(tmp_path: Path) -> list[str]:
    """What the command says, line by line."""
    make_folder(tmp_path / "pictures", ("ball", "chair"), range(2))
    return sorted_by(tmp_path, tmp_path / "sorted").stdout.splitlines()


def sorted_by(tmp_path: Path, target: Path, *through: str) -> subprocess.CompletedProcess[str]:
    """`through`: a program and what it wants to know before the command."""
    path = os.pathsep.join(map(str, (tmp_path / "packages", ROOT / "src")))
    environment = {**os.environ, "PYTHONPATH": path, "SHOAL_HOME": str(tmp_path / "home")}
    command = [*through, sys.executable, "-m", "shoal", "sort", str(tmp_path / "pictures"), "--to", str(target)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert len(list(target.rglob("*.jpg"))) == 4
    return done


@pytest.mark.parametrize("weights", [cut_off, of_another_digest, hostile])
def test_weights_that_are_not_what_was_published_cost_a_sentence(tmp_path, weights: Callable[[Path], bytes]):
    models = tmp_path / "packages" / WEIGHTS.package / "models"
    models.mkdir(parents=True)
    (models.parent / "__init__.py").write_bytes(b"")
    (models / WEIGHTS.file).write_bytes(weights(tmp_path / "was-here"))
    said, looked, *_ = sort(tmp_path)
    assert said.startswith("EfficientNet-Lite cannot be used (")
    assert "is not what was published" in said
    assert said.endswith("so builtin stands in.")
    assert "with builtin" in looked
    assert not (tmp_path / "was-here").exists()


def test_a_place_for_networks_that_cannot_be_written_costs_a_sentence(tmp_path):
    cache = tmp_path / "home" / "cache"
    cache.mkdir(parents=True)
    (cache / "exported").write_bytes(b"")  # nobody can write into it, whoever the tests run as
    said, looked, *_ = sort(tmp_path)
    assert "cannot be written" in said
    assert said.endswith("so builtin stands in.")
    assert "with builtin" in looked


def test_without_a_place_for_the_cache_pictures_are_sorted_all_the_same(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").write_bytes(b"")
    said, looked, *_ = sort(tmp_path)
    assert said.endswith("so builtin stands in.")
    assert "with builtin" in looked
    assert (tmp_path / "home" / "cache").read_bytes() == b""


@pytest.mark.skipif(not may_mount(), reason="needs a user namespace to mount a folder in that can only be read")
def test_from_a_cache_that_can_only_be_read_everything_is_taken_that_is_there(tmp_path):
    sort(tmp_path)
    cache, told = tmp_path / "home" / "cache", 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    read_only = ("unshare", "-Urm", "sh", "-c", told, str(cache))
    before = sorted(path.name for path in cache.iterdir())
    done = sorted_by(tmp_path, tmp_path / "again", *read_only)
    assert "efficientnet-lite had looked at all 4 pictures before." in done.stdout
    assert "cannot be written. What is seen in pictures is not kept: they are looked at again" in done.stderr
    assert sorted(path.name for path in cache.iterdir()) == before
