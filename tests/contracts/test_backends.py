"""Every backend in the catalogue keeps these promises; a new one is picked up by itself."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.support.seeded_clip import write_clip_weights
from tests.support.seeded_weights import write_torchvision_weights
from tests.support.small_networks import write_convnet
from tests.support.yolo_networks import write_random_yolo

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.task import Task
from shoal.looking.catalogue import BACKENDS, find_backend
from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess

WEIGHTS_OF: dict[str, Callable[..., Path]] = {
    "torchvision": write_torchvision_weights,
    "Ultralytics YOLO": write_random_yolo,
    "CLIP": write_clip_weights,
}
SHORT = {"torchvision": "relu", "Ultralytics YOLO": "2"}
"""For each family: what writes random weights for one of its models, called in the engine; an early layer."""
LIGHT = [spec for spec in BACKENDS if not spec.needs]
FIRST_OF_FAMILY = list({spec.family: spec for spec in reversed(BACKENDS) if spec.family in WEIGHTS_OF}.values())
"""The smallest stands for its family here: they differ in a row of a table, and the family's own tests try those."""


@pytest.fixture(scope="module")
def small_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_convnet(tmp_path_factory.mktemp("weights") / "net.onnx")


@pytest.fixture(scope="module", params=[*LIGHT, *FIRST_OF_FAMILY], ids=lambda spec: spec.name)
def spec(request: pytest.FixtureRequest) -> BackendSpec:
    chosen: BackendSpec = request.param
    return chosen


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HelperProcess]:
    with HelperProcess("engine", engine_environment(tmp_path_factory.mktemp("cache"))) as process:
        yield process


@pytest.fixture(scope="module")
def options(spec: BackendSpec, small_network: Path, engine: HelperProcess) -> LoadOptions:
    """What the program lends, and weights of one's own instead of those that would have to be downloaded."""
    weights = small_network.with_name(f"{spec.name}.pt") if spec.needs else None
    if weights:
        engine.call(WEIGHTS_OF[spec.family], spec.name, weights, task=Task())
    return LoadOptions(
        source=str(small_network) if spec.takes_source else "",
        device="cpu",
        weights=weights,
        trust_weights=True,
        engine=engine,
        export_folder=small_network.with_name("exported"),
        layer=SHORT.get(spec.family, ""),
    )


@pytest.fixture(scope="module")
def backend(spec: BackendSpec, options: LoadOptions) -> EmbeddingBackend:
    return spec.load(options)


@pytest.fixture
def images(backend: EmbeddingBackend) -> list[np.ndarray]:
    """Noise, gradients and one flat picture, in the size the backend asks for."""
    size = backend.geometry.size
    noise = np.random.default_rng(0).integers(0, 256, (3, size, size, 3), dtype=np.uint8)
    ramp = np.linspace(0, 255, size).astype(np.uint8)[None, :, None]
    shaped = [np.broadcast_to(ramp, (size, size, 3)), np.broadcast_to(ramp.transpose(1, 0, 2), (size, size, 3))]
    return [*noise, *shaped, np.zeros((size, size, 3), np.uint8)]


def test_rows_are_unit_length_float32(backend, images):
    rows = backend.embed(images)
    assert rows.shape == (len(images), backend.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)


def test_a_row_does_not_depend_on_its_batch(backend, images):
    together = backend.embed(images)
    one_by_one = np.concatenate([backend.embed([image]) for image in images])
    in_pairs = np.concatenate([backend.embed(images[start : start + 2]) for start in range(0, len(images), 2)])
    np.testing.assert_allclose(together, one_by_one, atol=1e-5)
    np.testing.assert_allclose(together, in_pairs, atol=1e-5)


def test_the_same_pictures_give_the_same_rows(backend, images):
    np.testing.assert_array_equal(backend.embed(images), backend.embed(images))


def test_different_pictures_give_different_rows(backend, images):
    rows = backend.embed(images)
    similarity = rows @ rows.T - 2 * np.eye(len(rows))
    assert similarity.max() < 1 - 1e-6


def test_several_threads_may_call_at_once(backend, images):
    alone = backend.embed(images)
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(lambda _: backend.embed(images), range(8)):
            np.testing.assert_array_equal(rows, alone)


def test_no_pictures_give_no_rows(backend):
    assert backend.embed([]).shape == (0, backend.dimension)


def test_the_key_says_what_was_loaded(spec, backend, options):
    again = spec.load(options)
    assert isinstance(backend.key, EmbeddingKey)
    assert backend.key == again.key
    assert backend.key.input_size == backend.geometry.size
    assert options.layer or spec.dimension in (0, backend.dimension)


def test_every_name_is_found_and_none_is_twice():
    assert len({spec.name for spec in BACKENDS}) == len(BACKENDS)
    for spec in BACKENDS:
        text = f"{spec.name}:C:\\net.onnx" if spec.takes_source else spec.name
        assert find_backend(text) == (spec, "C:\\net.onnx" if spec.takes_source else "")


@pytest.mark.parametrize("model", ["", "nonsense", "onnx", "colour-layout:x", ":"])
def test_other_names_are_refused_with_the_choices(model):
    with pytest.raises(ModelUnavailable, match=r"Choose one of: efficientnet-lite, builtin, .*onnx:FILE"):
        find_backend(model)


def test_listing_imports_nothing_heavy():
    heavy = {
        "torch",
        "torchvision",
        "open_clip",
        "ultralytics",
        "onnxruntime",
        "onnx",
        "umap",
        "numba",
        "sklearn",
        "faiss",
    }
    code = f"import sys, shoal.looking.catalogue; bad = {heavy} & set(sys.modules); assert not bad, bad"
    source = Path(__file__).parents[2] / "src"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(source)})


def test_the_example_in_the_documentation_is_one():
    page = (Path(__file__).parents[2] / "resources/docs/extending.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    exec(page.split("```python\n")[1].split("```")[0], names)
    written = names["SPEC"]
    assert isinstance(written, BackendSpec)
    backend = written.load(LoadOptions())
    side = backend.geometry.size
    pictures = np.random.default_rng(0).integers(0, 256, (3, side, side, 3), np.uint8)
    rows = backend.embed(list(pictures))
    assert rows.shape == (3, written.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(backend.embed([pictures[1]])[0], rows[1])
    assert backend.embed([]).shape == (0, written.dimension)
    with pytest.raises(ModelUnavailable, match="layers"):
        written.load(LoadOptions(layer="2"))
