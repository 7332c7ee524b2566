"""The file that `shoal embed` writes, read the way other programs do."""

import json
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.looking.test_pipeline import MathsHere
from tests.support.sample_folder import make_folder

from shoal.delivering.new_file import require_new
from shoal.delivering.vector_file import SUFFIXES, VectorTable, files_beside, vector_table, write_vectors
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.images import Region
from shoal.domain.task import Task
from shoal.embedding import colour_layout
from shoal.looking.extracted import Extraction
from shoal.looking.extraction import Caches
from shoal.looking.pipeline import Tools, look_at_folders
from shoal.looking.stages import StopWatch
from shoal.store.feature_cache import FeatureCache


@pytest.fixture
def looked(tmp_path: Path) -> Extraction:
    folder = make_folder(tmp_path / "pictures", ("ball",), range(2))
    with FeatureCache(tmp_path / "features.sqlite") as features:
        tools = Tools(Caches(features), MathsHere())
        return look_at_folders([folder], colour_layout.SPEC.load(LoadOptions()), tools, Task(), StopWatch()).extraction


KEY = colour_layout.SPEC.load(LoadOptions()).key


def written(folder: Path, looked: Extraction, name: str) -> Path:
    write_vectors(folder / name, vector_table(looked, KEY))
    return folder / name


def test_paths_vectors_and_key_come_back_without_pickle(tmp_path: Path, looked: Extraction) -> None:
    out = written(tmp_path, looked, "vectors.npz")
    with np.load(out, allow_pickle=False) as file:
        assert file["paths"].tolist() == [str(tmp_path / "pictures" / "ball" / f"ball-{view}.jpg") for view in range(2)]
        assert file["vectors"].dtype == np.float32
        assert np.allclose(np.linalg.norm(file["vectors"], axis=1), 1, atol=1e-5)
        assert json.loads(file["key"].item())["model"] == KEY.model
    before = out.read_bytes()
    with pytest.raises(UserFacingError):
        written(tmp_path, looked, "vectors.npz")
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*.npz*")) == ["vectors.npz"]


def test_one_long_path_among_many_does_not_make_all_of_them_long(tmp_path: Path) -> None:
    """Padded to the longest, 20,000 paths of up to 4,000 characters would take 320 megabytes."""
    paths = (*(Path(f"/pictures/{number}é.jpg") for number in range(20_000)), Path("/" + "x" * 4000))
    table = VectorTable(paths, np.eye(len(paths), 2, dtype=np.float32), KEY)
    tracemalloc.start()
    try:
        write_vectors(tmp_path / "long.npz", table)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60e6
    assert (tmp_path / "long.npz").stat().st_size < 5e6
    with zipfile.ZipFile(tmp_path / "long.npz") as archive, archive.open("paths.npy") as member:
        assert np.lib.format.read_magic(member) == (1, 0)
        shape, _, dtype = np.lib.format.read_array_header_1_0(member)
        first = np.frombuffer(member.read(dtype.itemsize), dtype)
    assert (shape, dtype, first.tolist()) == ((20_001,), np.dtype("<U4001"), ["/pictures/0é.jpg"])


def test_no_pictures_make_a_file_without_rows(tmp_path: Path) -> None:
    write_vectors(tmp_path / "none.npz", VectorTable((), np.empty((0, 4), np.float32), KEY))
    with np.load(tmp_path / "none.npz", allow_pickle=False) as file:
        assert file["paths"].tolist() == []
        assert file["vectors"].shape == (0, 4)


def test_an_array_alone_has_its_pictures_beside_it(tmp_path: Path, looked: Extraction) -> None:
    vectors = np.load(written(tmp_path, looked, "vectors.npy"), allow_pickle=False)
    assert np.array_equal(vectors, looked.embeddings.vectors)
    assert (tmp_path / "vectors.txt").read_text().splitlines() == [str(record.path) for record in looked.records]
    assert files_beside(tmp_path / "vectors.npy") == (tmp_path / "vectors.txt",)


def test_a_table_of_samples_is_what_fiftyone_documents(tmp_path: Path, looked: Extraction) -> None:
    told = json.loads(written(tmp_path, looked, "vectors.json").read_bytes())
    assert told["sample_fields"]["embedding"] == "fiftyone.core.fields.VectorField"
    assert [sample["filepath"] for sample in told["samples"]] == [str(record.path) for record in looked.records]
    assert np.allclose([sample["embedding"] for sample in told["samples"]], looked.embeddings.vectors)


def test_objects_are_detections_in_shares_of_their_picture(looked: Extraction, tmp_path: Path) -> None:
    parts = [replace(one, region=Region(8, 16, 24, 48, "ball", 0.75, one.content_hash)) for one in looked.records]
    table = vector_table(replace(looked, records=tuple(parts)), KEY)
    write_vectors(tmp_path / "objects.json", table)
    told = json.loads((tmp_path / "objects.json").read_bytes())
    assert told["sample_fields"]["detections"].endswith("EmbeddedDocumentField(fiftyone.core.labels.Detections)")
    sample = told["samples"][0]
    width, height = looked.records[0].facts.width, looked.records[0].facts.height
    (found,) = sample["detections"]["detections"]
    assert found["bounding_box"] == pytest.approx([8 / width, 16 / height, 16 / width, 32 / height])
    assert (found["label"], found["confidence"]) == ("ball", 0.75)
    write_vectors(tmp_path / "objects.npz", table)
    with np.load(tmp_path / "objects.npz", allow_pickle=False) as file:
        assert file["boxes"].tolist() == [[8, 16, 24, 48]] * 2


def test_a_parquet_table_is_read_by_others(tmp_path: Path, looked: Extraction) -> None:
    polars = pytest.importorskip("polars", reason="comes with ultralytics")
    table = polars.read_parquet(written(tmp_path, looked, "vectors.parquet"))
    assert table["path"].to_list() == [str(record.path) for record in looked.records]
    assert np.array_equal(np.array(table["vector"].to_list(), np.float32), looked.embeddings.vectors)


@pytest.mark.parametrize("name", ["vectors.tif", "there.npz", "nowhere/vectors.npz"])
def test_what_would_go_wrong_is_said_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "there.npz").touch()
    with pytest.raises(UserFacingError):
        require_new(tmp_path / name, SUFFIXES)
