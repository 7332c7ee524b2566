"""Nothing leaves the computer: not one socket is opened, from the first start to the export."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.sample_folder import make_folder
from tests.support.seeded_clip import write_clip_weights

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.timeout(600)


def python(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "SHOAL_HOME": str(home)}
    environment.pop("CI", None)  # some libraries are on their best behaviour there
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_whole_session_opens_no_socket(tmp_path, home):
    done = python("-m", "tests.end_to_end.offline_session", str(tmp_path / "out"), home=home)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").rglob("*.jpg"))) == 150


def test_clip_reads_and_sees_without_a_socket(tmp_path):
    """open_clip brings its vocabulary along, and huggingface_hub, which it imports, stays quiet."""
    make_folder(tmp_path / "pictures", ("ball", "chair"), range(2))
    weights = write_clip_weights("clip-vit-b-32", tmp_path / "clip.pt")
    clip = ["--model", "clip-vit-b-32", "--weights", str(weights), "--device", "cpu"]
    words = ["search", str(tmp_path / "pictures"), "a red ball", *clip, "--json"]
    code = (
        "from tests.support.no_network import forbid_network; forbid_network(); "
        "from shoal.command_line.cli import main;"
        f"raise SystemExit(main({words}))"
    )
    done = python("-c", code, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["images"] == 4


def test_a_socket_would_have_been_noticed(tmp_path):
    """Also one that a library opens without asking Python."""
    code = "from tests.support.no_network import forbid_network; forbid_network(); import ctypes, socket;"
    attempt = "ctypes.CDLL(None).socket(socket.AF_INET6, 1, 0)" if sys.platform == "linux" else "socket.socket()"
    assert python("-c", code + attempt, home=tmp_path).returncode != 0
    assert python("-c", code, home=tmp_path).returncode == 0
