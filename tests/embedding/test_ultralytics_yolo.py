"""YOLOs against Ultralytics' own library, with seeded random weights: nothing is downloaded."""

import pickle
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.support.engine_watch import start_watching, what_was_seen
from tests.support.yolo_networks import (
    largest_of_first_layers,
    sample_pictures,
    ultralytics_default_vectors,
    ultralytics_vectors,
    write_random_yolo,
)

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.task import Task
from shoal.embedding.engine_model import EngineModel
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import SCALINGS
from shoal.embedding.torch_engine import Place
from shoal.embedding.torch_network import TorchNetwork
from shoal.embedding.ultralytics_yolo import build
from shoal.embedding.yolo_checkpoints import is_of_old_yolov5
from shoal.embedding.yolo_layers import choose_layers
from shoal.imaging.decoding import decode_image
from shoal.looking.catalogue import find_backend
from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess

NAMES = ["yolo11n", "yolov8n", "yolov5nu", "yolo12n", "yolo26n", "yolo11n-cls"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HelperProcess]:
    with HelperProcess("engine", engine_environment(tmp_path_factory.mktemp("cache"))) as process:
        yield process


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yolo")


@pytest.fixture
def load(engine, folder):
    """A YOLO by the name of its model, with random weights of its own."""

    def loaded(name: str, **options) -> EmbeddingBackend:
        weights = checkpoint(engine, folder, name)
        spec, _ = find_backend(name)
        said = {"weights": weights, "trust_weights": True, "device": "cpu", **options}
        return spec.load(LoadOptions(engine=engine, export_folder=folder / "exported", **said))

    return loaded


def checkpoint(engine: HelperProcess, folder: Path, name: str) -> Path:
    path = folder / f"{name}-random.pt"
    if not path.exists():
        engine.call(write_random_yolo, name, path, task=Task())
    return path


def rows_of(backend: EmbeddingBackend) -> np.ndarray:
    pictures = [decode_image(path.read_bytes(), path.suffix, backend.geometry).pixels for path in sample_pictures()]
    return backend.embed(pictures)


def least_cosine(ours: np.ndarray, theirs: np.ndarray) -> float:
    theirs = theirs / np.linalg.norm(theirs, axis=1, keepdims=True)
    return float((ours * theirs).sum(axis=1).min())


@pytest.mark.parametrize("name", NAMES)
def test_the_vectors_are_those_of_yolo_embed(engine, folder, load, name):
    backend = load(name)
    assert isinstance(backend, OnnxModel)  # on a processor onnxruntime computes it
    rows = rows_of(backend)
    weights = checkpoint(engine, folder, name)
    theirs = engine.call(ultralytics_vectors, weights, sample_pictures(), None, task=Task())
    assert least_cosine(rows, theirs) >= 0.9999
    assert rows[0] @ rows[1] < 0.99  # so that this says something


def test_rect_gives_the_vectors_of_yolo_embed_where_nothing_is_said(engine, folder, load):
    weights = checkpoint(engine, folder, "yolo11n")
    theirs = engine.call(ultralytics_default_vectors, weights, sample_pictures(), task=Task())
    rect = load("yolo11n", preprocessing="rect")
    assert isinstance(rect, OnnxModel)
    assert least_cosine(rows_of(rect), theirs) >= 0.9999
    how = Preprocessing(rect.geometry, *SCALINGS["unit"])
    network = TorchNetwork(build, "yolo11n", "22", weights, rect.key.weights_hash, how)
    assert least_cosine(rows_of(EngineModel(engine, network, Place("cpu"), Task())), theirs) >= 0.9999


@pytest.mark.parametrize(("name", "layer"), [("yolo12n", 20), ("yolo26n", 22)])
def test_of_the_newer_families_the_layer_before_the_head_is_taken_and_named(load, name, layer):
    spec, _ = find_backend(name)
    assert load(name).key.layer == spec.layers[0] == str(layer)


def test_several_layers_are_joined_in_their_order(engine, folder, load):
    weights = checkpoint(engine, folder, "yolo11n")
    theirs = engine.call(ultralytics_vectors, weights, sample_pictures(), [9, 4, 6], task=Task())
    assert least_cosine(rows_of(load("yolo11n", layer="-14,4,6")), theirs) >= 0.9999


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", "22"),
        ("-1", "22"),
        ("-2, 22", "21,22"),
        ("9,4,6,4", "4,6,9"),
        ("8 max", "8 max"),
        ("8mean", "8"),
        ("8 grid", "8 grid"),
    ],
)
def test_negative_numbers_count_from_the_layer_before_the_head(written, meant):
    assert str(choose_layers(written, 23)) == meant


@pytest.mark.parametrize("layer", ["23", "22,23"])
def test_the_head_is_refused_with_what_to_take_instead(load, layer):
    with pytest.raises(ModelUnavailable, match=r"Layer 23 is the head.*Take 22"):
        load("yolo11n", layer=layer)


@pytest.mark.parametrize("layer", ["24", "-24", "4;6", "22 min", "head"])
def test_other_layers_are_refused_with_the_choices(layer):
    with pytest.raises(ModelUnavailable, match=r"no layer .*Choose from 0 to 22"):
        choose_layers(layer, 23)


def test_the_first_nine_layers_can_be_max_pooled(engine, folder, load):
    weights = checkpoint(engine, folder, "yolov5nu")
    theirs = engine.call(largest_of_first_layers, weights, sample_pictures(), 9, task=Task())
    assert least_cosine(rows_of(load("yolov5nu", layer="8 max")), theirs) >= 0.9999


@pytest.mark.parametrize(
    ("pickled", "old"),
    [
        (b"\x80\x02}cmodels.yolo\nDetectionModel\n.", True),
        (b"\x80\x04\x8c\x0bmodels.yolo\x8c\x05Model.", True),
        (b"\x80\x02}cultralytics.models.yolo\nModel\n.", False),
        (b"\x80\x04\x8c\x17ultralytics.models.yolo.", False),
    ],
)
def test_files_of_the_original_yolov5_are_known_without_being_loaded(tmp_path, pickled, old):
    with zipfile.ZipFile(tmp_path / "yolov5s.pt", "w") as parts:
        parts.writestr("yolov5s/data.pkl", pickled)
    (tmp_path / "before-zip.pt").write_bytes(pickled)
    found = [is_of_old_yolov5(tmp_path / name) for name in ("yolov5s.pt", "before-zip.pt", "nowhere.pt")]
    assert found == [old, old, False]


def test_onnx_and_torch_agree(engine, folder, load):
    onnx = load("yolo11n")
    how = Preprocessing(onnx.geometry, *SCALINGS["unit"])
    network = TorchNetwork(build, "yolo11n", "22", checkpoint(engine, folder, "yolo11n"), onnx.key.weights_hash, how)
    torch = EngineModel(engine, network, Place("cpu"), Task())
    assert torch.key == onnx.key
    assert least_cosine(rows_of(onnx), rows_of(torch)) >= 0.9999


def test_a_path_is_a_name_and_another_size_is_rounded_up_to_what_the_network_takes(engine, folder):
    spec, source = find_backend(str(checkpoint(engine, folder, "yolo11n")))
    lent = {"engine": engine, "export_folder": folder / "exported"}
    backend = spec.load(LoadOptions(source=source, trust_weights=True, device="cpu", image_size=100, **lent))
    assert (backend.geometry.size, backend.geometry.fit) == (128, "letterbox")


def test_a_file_that_ultralytics_did_not_publish_needs_a_yes(load):
    with pytest.raises(ModelUnavailable, match="--trust-weights"):
        load("yolo11n", trust_weights=False)


def test_without_a_checked_download_the_answer_says_where_to_get_it(engine, folder):
    spec, _ = find_backend("yolov5nu")
    with pytest.raises(ModelUnavailable, match=r"Get https://.*/yolov5nu\.pt and name it with --weights"):
        spec.load(LoadOptions(engine=engine, export_folder=folder))


class Burglar:
    """A pickle that writes a file when it is loaded."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self):
        return Path.write_text, (self.target, "was here")


@pytest.mark.parametrize("zipped", [True, False])
def test_a_checkpoint_cannot_run_code_even_after_a_yes(engine, folder, tmp_path, zipped):
    loot, path = tmp_path / "loot", tmp_path / "burglar.pt"
    path.write_bytes(pickle.dumps({"model": Burglar(loot)}))
    pickle.loads(path.read_bytes())
    assert loot.exists()
    loot.unlink()
    if zipped:
        engine.call(save_burglar, loot, path, task=Task())
    spec, source = find_backend(str(path))
    options = LoadOptions(source=source, trust_weights=True, engine=engine, export_folder=folder / "exported")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        spec.load(options)
    assert not loot.exists()


def save_burglar(loot: Path, path: Path, _task: Task) -> None:
    import torch  # noqa: PLC0415  # in the engine only

    torch.save({"model": Burglar(loot), "train_args": {}}, path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"text"])
def test_what_is_no_checkpoint_is_refused(engine, folder, tmp_path, content):
    path = tmp_path / "some.pt"
    path.write_bytes(content)
    spec, source = find_backend(str(path))
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        spec.load(LoadOptions(source=source, trust_weights=True, engine=engine, export_folder=folder))


def test_a_name_that_the_library_would_change_is_refused(engine, folder, tmp_path):
    path = tmp_path / "bob's.pt"
    shutil.copyfile(checkpoint(engine, folder, "yolo11n"), path)
    spec, source = find_backend(str(path))
    with pytest.raises(ModelUnavailable, match="something plain"):
        spec.load(LoadOptions(source=source, trust_weights=True, engine=engine, export_folder=tmp_path))


def test_nothing_is_sent_fetched_installed_or_left_in_the_working_folder(engine, folder, tmp_path, monkeypatch):
    weights = checkpoint(engine, folder, "yolo11n")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    with HelperProcess("watched engine", engine_environment(tmp_path / "cache")) as watched:
        watched.call(start_watching, task=Task())
        spec, source = find_backend(str(weights))
        lent = {"engine": watched, "export_folder": tmp_path / "exported"}
        options = LoadOptions(source=source, trust_weights=True, image_size=64, **lent)
        rows_of(spec.load(options))
        assert watched.call(what_was_seen, task=Task()) == []
    assert list(work.iterdir()) == []
