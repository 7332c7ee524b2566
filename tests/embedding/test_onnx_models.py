"""Networks of a few nodes, written here, in every shape a user's file may come in."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shoal.domain.errors import ModelUnavailable, OutOfMemory
from shoal.domain.extension_points import LoadOptions
from shoal.embedding.onnx_models import OnnxModel, load
from shoal.embedding.onnx_sessions import choose_providers, onnx_errors, run_session

Shape = list[int | str]


def write_network(
    path: Path,
    shape: Shape | None = None,
    channels_last: bool = False,
    outputs: tuple[str, ...] = ("vector",),
    dtype: str = "FLOAT",
    inputs: int = 1,
) -> Path:
    """The mean of each channel and of its square, under the names in `outputs`: `vector` n x 6, `map` n x 6 x 1 x 1."""
    import onnx  # noqa: PLC0415  # slow to import
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    shape = shape or ["n", 3, 8, 8]
    kind = getattr(TensorProto, dtype)
    nodes = [
        helper.make_node("Transpose", ["image"], ["planes"], perm=[0, 3, 1, 2] if channels_last else [0, 1, 2, 3]),
        helper.make_node("Mul", ["planes", "planes"], ["squares"]),
        helper.make_node("Concat", ["planes", "squares"], ["all"], axis=1),
        helper.make_node("ReduceMean", ["all"], ["map"], axes=[2, 3], keepdims=1),
        helper.make_node("Reshape", ["map", "rows"], ["vector"]),
    ]
    ranks: dict[str, list[str | int | None]] = {"vector": ["n", 6], "map": ["n", 6, 1, 1], "all": ["n", 6, "h", "w"]}
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info(name, kind, shape) for name in ["image", "other"][:inputs]],
        [helper.make_tensor_value_info(name, kind, ranks[name]) for name in outputs],
        [numpy_helper.from_array(np.array([-1, 6]), "rows")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
    return path


def loaded(path: Path, **options: Any) -> OnnxModel:
    model = load(LoadOptions(source=str(path), device="cpu", **options))
    assert isinstance(model, OnnxModel)
    return model


def pictures(count: int, size: int = 8) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def expected_rows(images: np.ndarray, mean: Any, std: Any) -> np.ndarray:
    values = (images - np.asarray(mean)) / np.asarray(std)
    rows = np.concatenate([values.mean(axis=(1, 2)), (values**2).mean(axis=(1, 2))], axis=1)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


IMAGENET = ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375])


def test_without_a_description_imagenet_is_assumed_and_admitted(tmp_path):
    model = loaded(write_network(tmp_path / "net.onnx"))
    assert "--preprocessing" in model.remark
    np.testing.assert_allclose(model.embed(list(pictures(3))), expected_rows(pictures(3), *IMAGENET), atol=1e-5)


@pytest.mark.parametrize("name", ["net.json", "net.onnx.json"])
def test_the_description_beside_the_file_is_obeyed(tmp_path, name):
    path = write_network(tmp_path / "net.onnx")
    entry = {"size": 8, "resize": 9, "fit": "squash", "mean": [1, 2, 3], "std": [4, 5, 6]}
    (tmp_path / name).write_text(json.dumps({"name": "mine", "input": entry}))
    model = loaded(path)
    assert not model.remark
    assert (model.geometry.size, model.geometry.resize, model.geometry.fit) == (8, 9, "squash")
    np.testing.assert_allclose(
        model.embed(list(pictures(3))), expected_rows(pictures(3), [1, 2, 3], [4, 5, 6]), atol=1e-5
    )


def test_the_option_goes_before_the_description_beside_the_file(tmp_path):
    path = write_network(tmp_path / "net.onnx")
    (tmp_path / "net.json").write_text(json.dumps({"input": {"size": 8, "std": 7}}))
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"input": {"size": 8, "mean": 10, "std": 20}}))
    named, filed = loaded(path, preprocessing="symmetric"), loaded(path, preprocessing=str(other))
    np.testing.assert_allclose(named.embed(list(pictures(2))), expected_rows(pictures(2), 127.5, 127.5), atol=1e-5)
    np.testing.assert_allclose(filed.embed(list(pictures(2))), expected_rows(pictures(2), 10, 20), atol=1e-5)
    assert len({named.key, filed.key, loaded(path).key}) == 3


@pytest.mark.parametrize(
    "options", [{"outputs": ("all", "map", "vector")}, {"outputs": ("map",)}, {"outputs": ("all",)}]
)
def test_a_vector_is_found_among_the_outputs(tmp_path, options):
    model = loaded(write_network(tmp_path / "net.onnx", **options))
    np.testing.assert_allclose(model.embed(list(pictures(3))), expected_rows(pictures(3), *IMAGENET), atol=1e-5)
    assert model.key.layer == options["outputs"][-1]


def test_the_layer_chooses_the_output(tmp_path):
    path = write_network(tmp_path / "net.onnx", outputs=("vector", "map"))
    assert loaded(path, layer="map").key.layer == "map"
    with pytest.raises(ModelUnavailable, match=r"no output 'pool'\. It has: vector, map"):
        loaded(path, layer="pool")


@pytest.mark.parametrize(
    "options",
    [
        {"shape": ["n", 8, 8, 3], "channels_last": True},
        {"shape": [1, 3, 8, 8]},
        {"shape": [2, 3, 8, 8]},
        {"shape": [2, 8, 8, 3], "channels_last": True},
        {"shape": ["n", 3, "h", "w"], "inputs": 1},
    ],
)
def test_every_usual_shape_of_input_gives_the_same(tmp_path, options):
    path = write_network(tmp_path / "net.onnx", **options)
    (tmp_path / "net.json").write_text(json.dumps({"input": {"size": 8, "mean": 128, "std": 64}}))
    np.testing.assert_allclose(loaded(path).embed(list(pictures(3))), expected_rows(pictures(3), 128, 64), atol=1e-5)


def test_half_precision_is_accepted(tmp_path):
    path = write_network(tmp_path / "net.onnx", dtype="FLOAT16")
    np.testing.assert_allclose(loaded(path).embed(list(pictures(2))), expected_rows(pictures(2), *IMAGENET), atol=5e-3)


def test_an_open_size_is_taken_as_224(tmp_path):
    assert loaded(write_network(tmp_path / "net.onnx", shape=["n", 3, "h", "w"])).geometry.size == 224


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"shape": ["n", 3, 8, 16]}, "takes pictures of shape"),
        ({"shape": ["n", 1, 8, 8]}, "takes pictures of shape"),
        ({"dtype": "DOUBLE"}, "tensor.double."),
        ({"inputs": 2}, "takes 2 inputs"),
    ],
)
def test_networks_that_do_not_look_at_one_picture_are_refused(tmp_path, options, words):
    with pytest.raises(ModelUnavailable, match=words):
        loaded(write_network(tmp_path / "net.onnx", **options))


def test_files_that_are_no_networks_are_refused(tmp_path):
    (tmp_path / "text.onnx").write_text("hello")
    (tmp_path / "empty.onnx").touch()
    named = write_network(tmp_path / "net.onnx").read_bytes()
    (tmp_path / "names.onnx").write_bytes(named.replace(b"image", b"\x8amage"))
    for name in ("text.onnx", "empty.onnx", "names.onnx"):
        with pytest.raises(ModelUnavailable, match="is not a network"):
            loaded(tmp_path / name)
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        loaded(tmp_path / "missing.onnx")
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        loaded(tmp_path)
    with pytest.raises(ModelUnavailable, match="onnx:FILE"):
        load(LoadOptions())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not describe"),
        ("[]", "does not describe"),
        ("{}", "'input' is missing"),
        ('{"input": 3}', "not an object"),
        ('{"input": {}}', "'size' is missing"),
        ('{"input": {"size": -1}}', "a side of -1 pixels"),
        ('{"input": {"size": 99999}}', "a side of 99999 pixels"),
        ('{"input": {"size": 8, "fit": "stretch"}}', "'stretch'"),
        ('{"input": {"size": 8, "mean": [1, 2]}}', "'mean' is"),
        ('{"input": {"size": 8, "mean": NaN}}', "'mean' is"),
        ('{"input": {"size": 8, "std": [1, 0, 1]}}', "not above zero"),
        ('{"input": {"size": 16}}', "but its description says 16"),
        ('{"output": "nothing", "input": {"size": 8}}', "no output 'nothing'"),
        ("[" * 100_000, "does not describe"),
    ],
)
def test_a_wrong_description_is_refused_with_the_reason(tmp_path, text, words):
    path = write_network(tmp_path / "net.onnx")
    (tmp_path / "net.json").write_text(text)
    with pytest.raises(ModelUnavailable, match=words):
        loaded(path)


def test_the_key_names_the_whole_file_and_not_its_name(tmp_path):
    path = write_network(tmp_path / "net.onnx")
    key = loaded(path).key
    assert key.weights_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert loaded(path.rename(tmp_path / "renamed.onnx")).key == key


def test_a_device_that_is_not_there_is_refused():
    with pytest.raises(ModelUnavailable, match="Choose one of: auto, cpu"):
        choose_providers("abacus")


class ExhaustedSession:
    """Fails the way onnxruntime does when an allocation fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def run(self, _outputs: object, _inputs: object) -> None:
        raise self.error


def test_every_wording_of_exhausted_memory_is_recognised():
    named = {error.__name__: error for error in onnx_errors()}
    fail, runtime = named["Fail"], named["RuntimeException"]
    worded = [
        MemoryError(),
        runtime("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : std::bad_alloc"),
        fail("[ONNXRuntimeError] : 1 : FAIL : CUDA failure 2: out of memory ; GPU=0"),
        runtime("BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 12"),
    ]
    for error in worded:
        with pytest.raises(OutOfMemory):
            run_session(ExhaustedSession(error), "vector", "image", np.zeros(1))
    with pytest.raises(fail):
        run_session(ExhaustedSession(fail("something else")), "vector", "image", np.zeros(1))
