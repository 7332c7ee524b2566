"""Vectors of another program instead of a network: `shoal sort --vectors FILE`."""

import base64
import io
import json
import zlib
from pathlib import Path

import numpy as np
import pytest
from tests.recipes.test_letter import agreement, table_of

from shoal.command_line.cli import main
from shoal.delivering.vector_import import read_vectors
from shoal.domain.errors import UserFacingError
from shoal.exports.parquet import parquet_table
from shoal.looking.given_vectors import GivenVectors


@pytest.fixture
def raw() -> np.ndarray:
    """Six kinds by the number of the picture, whatever it shows, of any length."""
    random = np.random.default_rng(5)
    return (np.eye(6, 12)[np.arange(36) % 6] * 7 + random.normal(0, 0.3, (36, 12))).astype(np.float32)


def write(file: Path, paths: list[str], rows: np.ndarray) -> Path:
    if file.suffix == ".npz":
        np.savez(file, paths=np.array(paths), vectors=rows)
    elif file.suffix == ".npy":
        np.save(file, rows)
        file.with_suffix(".txt").write_text("\n".join(paths))
    elif file.suffix == ".parquet":
        file.write_bytes(parquet_table({"filename": paths, "embedding": rows}))
    else:
        samples = [{"filepath": path, "embedding": row} for path, row in zip(paths, rows.tolist(), strict=True)]
        file.write_text(json.dumps({"samples": samples}))
    return file


@pytest.mark.parametrize("name", ["v.npz", "v.npy", "v.json", "v.parquet"])
def test_every_kind_of_file_is_read(tmp_path, raw, name):
    if name.endswith("parquet"):
        pytest.importorskip("polars", reason="comes with ultralytics")
    paths = [f"/somewhere/{number:02}.png" for number in range(36)]
    found = read_vectors(write(tmp_path / name, paths, raw))
    assert found.paths == tuple(paths)
    assert np.allclose(found.rows, raw)


def test_vectors_that_fiftyone_wrote_are_read(tmp_path, raw):
    """As `write_json` of FiftyOne 1.22 does it: arrays as packed .npy files, in base64."""
    samples = [{"filepath": f"/photos/{number}.jpg", "embedding": packed(row)} for number, row in enumerate(raw)]
    (tmp_path / "v.json").write_text(json.dumps({"name": "v", "samples": samples}))
    assert np.array_equal(read_vectors(tmp_path / "v.json").rows, raw)
    for content in (b"no zlib", zlib.compress(bytes(17 << 20)), zlib.compress(b"no array")):
        samples[3]["embedding"] = {"$binary": {"base64": base64.b64encode(content).decode(), "subType": "00"}}
        (tmp_path / "v.json").write_text(json.dumps({"samples": samples}))
        with pytest.raises(UserFacingError, match="holds no vectors"):
            read_vectors(tmp_path / "v.json")


def packed(row: np.ndarray) -> dict[str, dict[str, str]]:
    buffer = io.BytesIO()
    np.save(buffer, row, allow_pickle=False)
    return {"$binary": {"base64": base64.b64encode(zlib.compress(buffer.getvalue())).decode(), "subType": "00"}}


def test_clusters_are_those_of_the_given_vectors(shoal, things, tmp_path, raw):
    names = [path.name for path in sorted(things.iterdir())]
    vectors = write(tmp_path / "v.npz", names[:30], raw[:30])
    letter = ["--normalize", "none", "--algorithm", "kmeans:n_init=4", "--clusters", 6]
    said = shoal("sort", things, "--to", tmp_path / "out", "--vectors", vectors, *letter)
    assert (said["images"], len(said["skipped"])) == (30, 6)
    assert {one["reason"] for one in said["skipped"]} == {"the file of vectors has none for it"}
    assert said["model"] == "vectors"
    again = tmp_path / "again"
    whole = write(tmp_path / "whole.npz", names, raw)
    shoal("sort", things, "--to", again, "--vectors", whole, *letter)
    labels, _places = table_of(again, things)
    assert agreement(labels, np.arange(36) % 6) == 1.0


def test_a_path_is_found_by_its_ending_unless_two_have_it(raw):
    from shoal.looking.given_vectors import VectorsOfFiles  # noqa: PLC0415

    given = GivenVectors(VectorsOfFiles(("a/one.png", "b/one.png", "C:\\x\\two.png"), raw[:3], "0"))
    assert given.row_of(Path("/anywhere/one.png")) is None
    assert np.array_equal(given.row_of(Path("/anywhere/b/one.png")), raw[1])
    assert np.array_equal(given.row_of(Path("/else/two.png")), raw[2])
    assert given.row_of(Path("/else/three.png")) is None


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("v.csv", b"path,vector", "ends in none of"),
        ("v.json", b'{"samples": [{"path": "a"}]}', "one of vector"),
        ("v.json", b'{"samples": []}', "out of range"),
        ("v.json", b"[3]", "not iterable"),
        ("v.npz", b"PK no archive", "zip"),
        ("v.npy", b"", "cannot be read|holds no vectors"),
        ("nowhere.npz", None, "cannot be read"),
    ],
)
def test_what_holds_no_vectors_says_why(tmp_path, name, content, reason):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserFacingError, match=reason):
        read_vectors(tmp_path / name)


def test_pickles_and_vectors_without_a_direction_are_not_taken(tmp_path, raw):
    np.savez(tmp_path / "pickled.npz", paths=np.array(["a"], object), vectors=raw[:1])
    with pytest.raises(UserFacingError, match="holds no vectors"):
        read_vectors(tmp_path / "pickled.npz")
    raw[3], raw[5] = np.nan, 0
    found = read_vectors(write(tmp_path / "gaps.npz", [str(number) for number in range(36)], raw))
    assert len(found.paths) == 34
    assert "3" not in found.paths
    with pytest.raises(UserFacingError, match="5 vectors and 4 paths"):
        read_vectors(write(tmp_path / "few.npz", list("abcd"), raw[10:15]))


def test_a_file_without_vectors_ends_the_command_with_a_sentence(things, tmp_path, capsys):
    (tmp_path / "v.json").write_text("{")
    assert main(["sort", str(things), "--to", str(tmp_path / "out"), "--vectors", str(tmp_path / "v.json")]) == 1
    assert "holds no vectors of pictures" in capsys.readouterr().err
