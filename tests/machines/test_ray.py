"""`shoal embed --engine ray` as a user starts it, on two workers of this computer."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.support.ray_workers import descendants, kill, workers
from tests.support.untouched import as_it_is_now

pytest.importorskip("ray")
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="its processes are found in /proc"),
    pytest.mark.xdist_group("ray"),  # each starts a cluster for all cores
]
PATIENCE = 240
COUNT = 150
MODEL = ("--model", "colour-layout")
SAID = {"Looking for images", "Looking for changes", "Looking at images", "Starting workers", "Comparing images"}
"""Nothing of what Ray has to say reaches the terminal."""


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Each of another content, with an old date, in two folders; two copies and a broken one among them."""
    folder, rng = tmp_path / "pictures", np.random.default_rng(3)
    for number in range(COUNT):
        path = folder / ("a b" if number % 2 else "c") / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        field = rng.integers(0, 256, (6, 8, 3), np.uint8).repeat(40, axis=0).repeat(40, axis=1)
        Image.fromarray(field).save(path, compress_level=1)
    for name in ("copy-1.png", "copy-2.png"):
        (folder / name).write_bytes((folder / "c" / "0.png").read_bytes())
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n not much")
    for path in folder.rglob("*.png"):
        os.utime(path, ns=(0, 10**18 + 1))
    return as_it_is_now(folder)


def _start(home: Path, *words: object) -> "subprocess.Popen[str]":
    environment = {**os.environ, "SHOAL_HOME": str(home), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "shoal", *map(str, words), "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def _run(home: Path, *words: object, meanwhile: Callable[[int], None] = lambda _process: None) -> dict[str, Any]:
    process = _start(home, *words)
    meanwhile(process.pid)
    out, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert {line.partition(":")[0] for line in said.splitlines()} <= SAID, said
    answer: dict[str, Any] = json.loads(out)
    return answer


def _rows(home: Path) -> list[list[tuple[Any, ...]]]:
    """All that the feature cache holds, but for its numbering."""
    with sqlite3.connect(home / "cache" / "features-1.sqlite") as cache:
        return [
            cache.execute(query).fetchall()
            for query in (
                "SELECT hash, width, height, format, taken, sharpness, difference_hash FROM content ORDER BY hash",
                "SELECT hash, numbers, classes FROM vector JOIN content ON content.id = content ORDER BY hash",
                "SELECT path, size, modified_ns, hash FROM stamp JOIN content ON content.id = content ORDER BY path",
                "SELECT hash, decoder, reason FROM unreadable JOIN content ON content.id = content ORDER BY hash",
            )
        ]


def test_workers_that_are_killed_lose_and_double_nothing(pictures: Path, tmp_path: Path) -> None:
    killed: set[int] = set()

    def kill_some(process: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(killed) < 2 and time.monotonic() < deadline and _runs(process):
            killed.update(one for one in workers(process) if one not in killed and len(killed) < 2 and kill(one))
            time.sleep(0.3)

    many, alone = tmp_path / "many", tmp_path / "alone"
    asked = ("embed", pictures, "--out", tmp_path / "many.npz", "--engine", "ray", "--workers", 2, *MODEL)
    told = _run(many, *asked, meanwhile=kill_some)
    own = _run(alone, "embed", pictures, "--out", tmp_path / "alone.npz", *MODEL)
    assert killed
    assert told["ray"]["workers"] == 2
    assert sum(told["ray"]["machines"].values()) == COUNT + 3
    assert (told["cached"], told["skipped"], told["key"]) == (own["cached"], own["skipped"], own["key"])
    assert _rows(many) == _rows(alone)
    with np.load(tmp_path / "many.npz") as ours, np.load(tmp_path / "alone.npz") as theirs:
        assert ours["paths"].tolist() == theirs["paths"].tolist()
        assert (ours["vectors"] == theirs["vectors"]).all()
    assert not list((many / "cache" / "shards").rglob("*.shard"))
    again = _run(many, "embed", pictures, "--out", tmp_path / "again.npz", *MODEL)
    assert again["cached"] == again["images"] == COUNT + 2


def test_an_interrupted_run_leaves_no_process_and_goes_on_where_it_was(pictures: Path, tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out.npz"
    process = _start(home, "embed", pictures, "--out", out, "--engine", "ray", "--workers", 2, *MODEL)
    family = _when_something_is_laid_down(process, home)
    process.send_signal(signal.SIGINT)
    _out, said = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 130), said  # it may have been done a moment before
    assert not _still_there(family)
    told = _run(home, "embed", pictures, "--out", tmp_path / "again.npz", *MODEL)
    assert told["images"] == COUNT + 2
    assert told["cached"] > 0


def _when_something_is_laid_down(process: "subprocess.Popen[str]", home: Path) -> set[int]:
    """Every process of the run, once rows of workers are in the cache."""
    deadline = time.monotonic() + PATIENCE
    cache = home / "cache" / "features-1.sqlite"
    while time.monotonic() < deadline and process.poll() is None:
        family = set(descendants(process.pid))
        if cache.exists():
            with sqlite3.connect(cache, timeout=PATIENCE) as rows:
                made = rows.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'vector'").fetchone()[0]
                if made and rows.execute("SELECT count(*) FROM vector").fetchone()[0]:
                    return family
        time.sleep(0.05)
    raise AssertionError("nothing was laid down")


def test_pictures_at_a_url_are_the_same_pictures(pictures: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    url = f"local://{pictures}"
    asked = ("embed", url, "--engine", "ray", "--workers", 1, *MODEL)
    told = _run(home, *asked, "--out", tmp_path / "far.npz")
    assert (told["images"], [one["path"] for one in told["skipped"]]) == (COUNT + 2, [f"{url}/broken.png"])
    again = _run(home, *asked, "--out", tmp_path / "again.npz")
    assert (again["cached"], again["ray"]["workers"]) == (COUNT + 2, 0)
    near = _run(home, "embed", pictures, *MODEL, "--out", tmp_path / "near.npz")
    assert near["cached"] == COUNT + 2
    with np.load(tmp_path / "far.npz") as far, np.load(tmp_path / "near.npz") as here:
        assert [path.removeprefix("local://") for path in far["paths"]] == here["paths"].tolist()
        assert (far["vectors"] == here["vectors"]).all()


def _still_there(family: set[int]) -> list[int]:
    """Who does not end. The last of them may need a moment after the command itself."""
    deadline = time.monotonic() + 60
    while (there := [one for one in family if _runs(one)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return there


def _runs(process: int) -> bool:
    """Also one that has ended and that nobody has asked yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
