"""Four recipes that people have read, each as one command, beside the libraries' own code on the same weights."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.support.seeded_weights import write_torchvision_weights
from tests.support.yolo_networks import grid_of_first_layers, ultralytics_vectors, write_random_yolo

from shoal.analysis.umap_layout import umap_module
from shoal.domain.task import Task
from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess

torch: Any = pytest.importorskip("torch", reason="the test extra brings it")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HelperProcess]:
    with HelperProcess("engine", engine_environment(tmp_path_factory.mktemp("cache"))) as process:
        yield process


@pytest.fixture
def few(things: Path, tmp_path: Path) -> Path:
    """Nine of the pictures: too few for a map by UMAP, which takes long to be made ready."""
    folder = tmp_path / "few"
    folder.mkdir()
    for path in sorted(things.iterdir())[:9]:
        shutil.copy2(path, folder)
    return folder


def pictures_of(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def vectors_in(file: Path) -> np.ndarray:
    """In the order of the pictures' names."""
    with np.load(file, allow_pickle=False) as arrays:
        order = np.argsort(arrays["paths"])
        return np.asarray(arrays["vectors"])[order]


def clusters_in(export: Path) -> np.ndarray:
    with (export / "clusters.csv").open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["source"])
    names = sorted({row["cluster"] for row in rows})
    return np.array([names.index(row["cluster"]) for row in rows])


def least_cosine(ours: np.ndarray, theirs: np.ndarray) -> float:
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return float(((ours * theirs).sum(axis=1) / lengths).min())


def agreement(first: np.ndarray, second: np.ndarray) -> float:
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    return float(adjusted_rand_score(first, second))


def test_yolo_standard_scaler_umap_and_k_means(shoal, engine, things, tmp_path):
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    weights = tmp_path / "yolo11n.pt"
    engine.call(write_random_yolo, "yolo11n", weights, task=Task())
    model = ["--model", "yolo11n", "--weights", weights, "--trust-weights"]
    shoal("sort", things, "--to", tmp_path / "out", "--recipe", "yolo-umap-kmeans", "--clusters", 3, *model)
    shoal("embed", things, "--out", tmp_path / "raw.npz", "--normalize", "none", *model)
    raw = vectors_in(tmp_path / "raw.npz")
    theirs = engine.call(ultralytics_vectors, weights, pictures_of(things), None, task=Task())
    assert raw.shape == theirs.shape == (36, 256)
    assert least_cosine(raw, theirs) >= 0.9999
    assert np.allclose(raw, theirs, atol=2e-3 * np.abs(theirs).max()), "of the same length, too"
    umap = umap_module().UMAP
    low = umap(n_components=16, n_neighbors=10, min_dist=0.01, random_state=42, n_jobs=1).fit_transform(
        StandardScaler().fit_transform(raw)
    )
    assert agreement(clusters_in(tmp_path / "out"), KMeans(3, n_init=10, random_state=42).fit_predict(low)) == 1.0


def test_yolov5_first_nine_layers_in_fields(shoal, engine, few, tmp_path):
    weights = tmp_path / "yolov5nu.pt"
    engine.call(write_random_yolo, "yolov5nu", weights, task=Task())
    model = ["--model", "yolov5nu", "--weights", weights, "--trust-weights", "--image-size", 640]
    shoal("embed", few, "--out", tmp_path / "fields.npz", "--layer", "8 grid", *model)
    ours = vectors_in(tmp_path / "fields.npz")
    theirs = engine.call(grid_of_first_layers, weights, pictures_of(few), 9, task=Task())
    assert ours.shape == theirs.shape == (9, 2304)
    assert least_cosine(ours, theirs) >= 0.9999
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-3)


def test_resnet50_without_its_last_layer(shoal, few, tmp_path):
    from torchvision.models import resnet50  # noqa: PLC0415
    from torchvision.transforms import v2  # noqa: PLC0415

    weights = write_torchvision_weights("resnet50", tmp_path / "resnet50.pth")
    model = ["--model", "resnet50", "--weights", weights, "--preprocessing", "resize-256"]
    shoal("embed", few, "--out", tmp_path / "resnet.npz", *model)
    plain = resnet50()
    plain.load_state_dict(torch.load(weights, weights_only=True))
    plain.fc = torch.nn.Identity()
    prepare = v2.Compose(
        [v2.Resize(256), v2.CenterCrop(224), v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True),
         v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])]
    )  # fmt: skip
    with torch.inference_mode():
        theirs = plain.eval()(torch.stack([prepare(Image.open(path)) for path in pictures_of(few)])).numpy()
    assert theirs.shape == (9, 2048)
    assert least_cosine(vectors_in(tmp_path / "resnet.npz"), theirs) >= 0.9999


@pytest.mark.timeout(900)  # half a gigabyte of weights is written, read, exported and read again
def test_vgg16_fc1_with_blue_first_and_k_means_on_raw_numbers(shoal, few, tmp_path):
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from torchvision.models import vgg16  # noqa: PLC0415
    from torchvision.transforms import v2  # noqa: PLC0415

    weights = write_torchvision_weights("vgg16", tmp_path / "vgg16.pth")
    model = ["--weights", weights]
    shoal("sort", few, "--to", tmp_path / "out", "--recipe", "vgg16-kmeans", "--clusters", 3, *model)
    how = ["--model", "vgg16", "--layer", "fc1", "--preprocessing", "tutorial-bgr", "--normalize", "none"]
    shoal("embed", few, "--out", tmp_path / "raw.npz", *how, *model)
    plain = vgg16()
    plain.load_state_dict(torch.load(weights, weights_only=True))
    plain.classifier = plain.classifier[:1]
    prepare = v2.Compose(
        [v2.ToPILImage(), v2.CenterCrop(512), v2.Resize(448), v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True)]
    )
    with torch.inference_mode():
        blue_first = [np.asarray(Image.open(path))[..., ::-1].copy() for path in pictures_of(few)]
        theirs = np.concatenate([plain.eval()(prepare(one)[None]).numpy() for one in blue_first])
    raw = vectors_in(tmp_path / "raw.npz")
    assert raw.shape == (9, 4096)
    assert least_cosine(raw, theirs) >= 0.9999
    labels = clusters_in(tmp_path / "out")
    assert agreement(labels, KMeans(3, random_state=42).fit_predict(raw)) == 1.0
    assert agreement(labels, KMeans(3, random_state=42).fit_predict(theirs)) == 1.0
