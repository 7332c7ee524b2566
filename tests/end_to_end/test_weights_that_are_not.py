"""Weights that are not what was published, through the real command: one sentence, and the quick network looks."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
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
    pictures = make_folder(tmp_path / "pictures", ("ball", "chair"), range(2))
    path = os.pathsep.join(map(str, (tmp_path / "packages", ROOT / "src")))
    environment = {**os.environ, "PYTHONPATH": path, "SHOAL_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "shoal", "sort", str(pictures), "--to", str(tmp_path / "sorted")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert len(list((tmp_path / "sorted").rglob("*.jpg"))) == 4
    return done.stdout.splitlines()


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


def test_a_place_for_networks_that_cannot_be_written_costs_a_sentence_only(tmp_path):
    cache = tmp_path / "home" / "cache"
    cache.mkdir(parents=True)
    (cache / "exported").write_bytes(b"")  # nobody can write into it, whoever the tests run as
    said, looked, *_ = sort(tmp_path)
    assert "cannot be written" in said
    assert "with efficientnet-lite" in looked
