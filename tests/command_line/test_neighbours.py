"""`shoal embed --neighbours`: the most similar pictures of each, written along."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.support.sample_folder import make_folder
from tests.support.untouched import as_it_is_now

from shoal.command_line.cli import main


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    return as_it_is_now(make_folder(tmp_path / "pictures", ("ball", "chair"), range(4)))


def _embed(*words: object) -> int:
    return main(["embed", *map(str, words), "--model", "colour-layout", "--json"])


def test_neighbours_are_rows_of_the_file_the_nearest_first(pictures: Path, tmp_path: Path) -> None:
    assert _embed(pictures, "--out", tmp_path / "x.npz", "--neighbours", 3) == 0
    with np.load(tmp_path / "x.npz") as file:
        cosines = 1 - file["vectors"] @ file["vectors"].T
        np.fill_diagonal(cosines, 9)
        np.testing.assert_allclose(file["distances"], np.sort(cosines)[:, :3], atol=1e-5)
        chosen = np.take_along_axis(cosines, file["neighbours"].astype(np.int64), axis=1)
        np.testing.assert_allclose(chosen, file["distances"], atol=1e-5)


def test_a_table_has_a_list_for_each_picture(pictures: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert _embed(pictures, "--out", tmp_path / "x.parquet", "--neighbours", 2) == 0
    table = parquet.read_table(tmp_path / "x.parquet")
    assert [len(row) for row in table["neighbours"].to_pylist()] == [2] * 8
    assert [len(row) for row in table["distances"].to_pylist()] == [2] * 8


@pytest.mark.parametrize("ending", ["npy", "json"])
def test_a_file_without_room_for_them_is_refused_before_the_work(
    pictures: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _embed(pictures, "--out", tmp_path / f"x.{ending}", "--neighbours", 2) == 1
    assert ".parquet" in json.loads(capsys.readouterr().out)["remedy"]
    assert not list(tmp_path.glob("x.*"))
