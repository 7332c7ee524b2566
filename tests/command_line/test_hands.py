"""What is said about Ray on the command line, and refused in a sentence."""

import json
from pathlib import Path

import pytest

from shoal.command_line.cli import main
from shoal.domain.errors import UserFacingError
from shoal.machines import ray_cluster
from shoal.machines.ray_cluster import Cluster, Hands


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RAY_ADDRESS", raising=False)


def _told(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, str]:
    assert main(["embed", *map(str, words), "--json"]) == 1
    told: dict[str, str] = json.loads(capsys.readouterr().out)
    return told


def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ray_cluster, "find_spec", lambda name: None if name == "ray" else object())
    told = _told(capsys, tmp_path, "--out", tmp_path / "x.npz", "--engine", "ray")
    assert "shoal[cluster]" in told["remedy"]


@pytest.mark.parametrize(
    "words", [["--workers", "2"], ["--ray-address", "auto"], ["--gpus-per-worker", "0.5"], ["--shards", "/x"]]
)
def test_options_of_ray_without_ray_are_refused(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    told = _told(capsys, tmp_path, "--out", tmp_path / "x.npz", *words)
    assert "--engine ray" in told["remedy"]


def test_a_url_needs_ray(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(capsys, "s3://bucket/pictures", "--out", tmp_path / "x.npz")
    assert "s3://bucket/pictures" in told["error"]


@pytest.mark.parametrize("by_environment", [False, True])
def test_a_cluster_elsewhere_needs_a_place_for_shards(
    tmp_path: Path, by_environment: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("ray")
    if by_environment:
        monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    words = [] if by_environment else ["--ray-address", "10.0.0.1:6379"]
    told = _told(capsys, tmp_path, "--out", tmp_path / "x.npz", "--engine", "ray", *words)
    assert "10.0.0.1:6379" in told["error"]
    assert "--shards" in told["remedy"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "65"])
def test_parts_of_a_graphics_card_are_numbers_above_nothing(tmp_path: Path, number: str) -> None:
    words = ["embed", str(tmp_path), "--out", "x.npz", "--engine", "ray", "--gpus-per-worker", number]
    assert main(words) == 2


def test_a_file_url_is_the_folder_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(capsys, f"file://{tmp_path}/not%20there", "--out", tmp_path / "x.npz")
    assert f"{tmp_path}/not there cannot be read" in told["error"]


def test_a_cluster_that_does_not_answer_is_told_in_a_sentence() -> None:
    ray = pytest.importorskip("ray")
    told = ray_cluster._first(ray.exceptions.AuthenticationError("the token is wrong.\nmore"))
    assert "the token is wrong" in told


@pytest.mark.parametrize(
    ("hands", "there", "workers", "cores"),
    [
        (Hands(), {"CPU": 6}, 6, 1),
        (Hands(workers=2), {"CPU": 6}, 2, 1),
        (Hands(gpus_per_worker=0.25), {"CPU": 16, "GPU": 2}, 8, 2),
        (Hands(gpus_per_worker=2), {"CPU": 16, "GPU": 4}, 2, 8),
        (Hands(share_cores=True, workers=3), {"CPU": 12}, 3, 4),
        (Hands("far:6379"), {}, 1, 1),
        (Hands("far:6379", gpus_per_worker=1), {"CPU": 4}, 1, 4),
    ],
)
def test_as_many_workers_as_fit_with_their_share_of_cores(
    hands: Hands, there: dict[str, float], workers: int, cores: int
) -> None:
    assert ray_cluster._found(there, hands) == Cluster(workers, cores, hands.gpus_per_worker)


def test_a_graphics_card_that_is_not_there_is_told() -> None:
    with pytest.raises(UserFacingError, match="no graphics card"):
        ray_cluster._found({"CPU": 2}, Hands(gpus_per_worker=0.5))
