"""The usual model: where its network comes from, what stands in for it, and what it gives."""

import errno
import json
import logging
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shoal.domain.errors import HelperProcessDied, ModelUnavailable
from shoal.domain.extension_points import LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.embedding import arithmetic, efficientnet_lite
from shoal.embedding.arithmetic import Loss, keep_loss
from shoal.embedding.efficientnet_graph import POOLED
from shoal.embedding.efficientnet_head import head_content, read_head, write_head
from shoal.embedding.efficientnet_lite import WEIGHTS, LiteModel, kept_network, load
from shoal.embedding.onnx_writing import Graph
from shoal.files import shipped
from shoal.looking.calibration import own_pictures
from shoal.processes.helper_process import PassingHelper

SIZE = WEIGHTS.architecture.size


def lite(**options: Any) -> LiteModel:
    model = load(LoadOptions(device="cpu", **options))
    assert isinstance(model, LiteModel)
    return model


def noise(count: int, size: int = SIZE) -> list[np.ndarray]:
    return list(np.random.default_rng(0).integers(0, 256, (count, size, size, 3), np.uint8))


@pytest.fixture
def fake_package(tmp_path, monkeypatch):
    """A package of weights in place of the real one; `write` puts a file of weights into it."""
    folder = tmp_path / "site" / "some_weights"
    (folder / "models").mkdir(parents=True)
    (folder / "__init__.py").write_text(f"open({str(tmp_path / 'package-was-run')!r}, 'w')")
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.setattr(efficientnet_lite, "WEIGHTS", replace(WEIGHTS, package="some_weights"))
    yield folder / "models" / WEIGHTS.file
    assert not (tmp_path / "package-was-run").exists()


def real_weights() -> bytes:
    package = Path(next(path for path in sys.path if (Path(path) / WEIGHTS.package).is_dir())) / WEIGHTS.package
    return (package / "models" / WEIGHTS.file).read_bytes()


def test_it_is_built_once_and_kept(tmp_path):
    first = load(LoadOptions(device="cpu", export_folder=tmp_path / "cache"))
    kept = sorted((tmp_path / "cache").iterdir())
    assert [file.name for file in kept] == [WEIGHTS.onnx_name("int8"), WEIGHTS.onnx_name("int8") + ".sha256"]
    time = kept[0].stat().st_mtime_ns
    again = load(LoadOptions(device="cpu", export_folder=tmp_path / "cache"))
    assert kept[0].stat().st_mtime_ns == time
    assert first.key == again.key
    assert first.key.model == "efficientnet-lite"
    np.testing.assert_array_equal(first.embed(noise(2)), again.embed(noise(2)))


def test_a_network_that_came_with_the_program_is_taken_as_it_is(tmp_path, monkeypatch):
    """A finished build has no package of weights."""
    kept_network(WEIGHTS, "int8", tmp_path, Task())
    whole = load(LoadOptions(device="cpu", export_folder=tmp_path))
    shutil.copy(shipped.resource(WEIGHTS.head_name), tmp_path)
    monkeypatch.setattr(shipped, "RESOURCE_FOLDERS", (tmp_path,))
    monkeypatch.setattr(efficientnet_lite, "WEIGHTS", replace(WEIGHTS, package="no_such_package"))
    bundled = load(LoadOptions(device="cpu", export_folder=tmp_path / "never-made"))
    assert bundled.key == whole.key
    assert not (tmp_path / "never-made").exists()


def cut_off(network: Path) -> None:
    network.write_bytes(network.read_bytes()[:4000])


def flip_a_bit(network: Path) -> None:
    """In a weight: onnxruntime would load it."""
    content = bytearray(network.read_bytes())
    content[len(content) // 2] ^= 1
    network.write_bytes(content)


def put_another_there(network: Path) -> None:
    """Valid, of the same input, but without our outputs."""
    graph = Graph("foreign")
    pixels = graph.input("pixels", (1, 3, SIZE, SIZE), "float32")
    graph.output(graph.add("GlobalAveragePool", [pixels], "other"), (1, 3, 1, 1))
    network.write_bytes(graph.model({}))


def lose_the_digest(network: Path) -> None:
    network.with_name(f"{network.name}.sha256").unlink()


def put_a_folder_there(network: Path) -> None:
    network.unlink()
    network.mkdir()


@pytest.mark.parametrize("damage", [cut_off, flip_a_bit, put_another_there, lose_the_digest])
def test_a_kept_file_that_is_not_what_was_written_is_made_anew(tmp_path, damage):
    options = LoadOptions(device="cpu", export_folder=tmp_path)
    model = load(options)
    (kept,) = tmp_path.glob("*.onnx")
    whole = kept.read_bytes()
    damage(kept)
    again = load(options)
    assert (again.key, again.remark) == (model.key, "")
    np.testing.assert_array_equal(again.embed(noise(1)), model.embed(noise(1)))
    assert kept.read_bytes() == whole
    time = kept.stat().st_mtime_ns
    load(options)
    assert kept.stat().st_mtime_ns == time, "and not each time"


def test_where_it_cannot_be_mended_the_quick_network_stands_in(tmp_path, caplog):
    options = LoadOptions(device="cpu", export_folder=tmp_path)
    load(options)
    put_a_folder_there(next(tmp_path.glob("*.onnx")))
    assert_the_quick_one_stands_in(caplog, "cannot be written", options)


def test_threads_that_build_it_at_once_say_nothing(tmp_path):
    """Two windows, or a window and a command, started for the first time."""
    options = LoadOptions(device="cpu", export_folder=tmp_path)
    with ThreadPoolExecutor(4) as threads:
        models = list(threads.map(lambda _: load(options), range(4)))
    assert {model.remark for model in models} == {""}
    assert len({model.key for model in models}) == 1
    assert len(list(tmp_path.iterdir())) == 2


def test_classes_and_vectors_come_from_one_pass_and_maps_from_any_size():
    model = load(LoadOptions(device="cpu"))
    assert isinstance(model, LiteModel)
    vectors, classes = model.look(noise(3))
    np.testing.assert_array_equal(vectors, model.embed(noise(3)))
    assert classes.shape == (3, 1000)
    np.testing.assert_allclose(classes.sum(1), 1, rtol=1e-4)
    assert model.maps(noise(2, 320)).shape == (2, 1280, 10, 10)


def test_the_places_of_a_picture_can_be_given_weights():
    model, pictures = lite(), noise(2)
    pictures[0][:, : SIZE // 2] = 255
    vectors, classes = model.look(pictures)
    alike, same_classes = model.look_at(pictures, [np.ones((2, 2), np.float32)] * 2)
    np.testing.assert_allclose(alike, vectors, atol=2e-3)
    np.testing.assert_array_equal(same_classes, classes)
    left = np.array([[1, 0]], np.float32).repeat(2, axis=0)
    of_white, of_noise = (model.look_at(pictures[:1], [weights])[0][0] for weights in (left, 1 - left))
    assert float(of_noise @ vectors[1]) > float(vectors[0] @ vectors[1]) > float(of_white @ vectors[1])


@pytest.mark.parametrize("layer", ["pooled", "classes"])
def test_weights_count_for_every_layer_that_has_places(layer):
    model = lite(layer=layer)
    seen, _classes = model.look_at(noise(1), [np.ones((7, 7), np.float32)])
    np.testing.assert_allclose(seen, model.embed(noise(1)), atol=2e-3)


@pytest.mark.parametrize("layer", ["embedding", "pooled", "classes"])
def test_means_of_the_map_become_vectors_unless_these_are_classes(layer):
    model = lite(layer=layer)
    rows = model.rows_of(model.maps(noise(2)).mean(axis=(2, 3)))
    np.testing.assert_allclose(rows, model.embed(noise(2)) * (layer != "classes"), atol=2e-3)


def test_the_vectors_are_the_mean_of_the_last_map_through_the_head():
    model = lite()
    head = read_head(head_content(WEIGHTS.head_name))
    (pooled,) = model.outputs(noise(2), [POOLED])
    rows = pooled @ head.matrix + head.offset
    np.testing.assert_allclose(model.embed(noise(2)), rows / np.linalg.norm(rows, axis=1, keepdims=True), atol=1e-4)
    assert model.dimension <= 640


def test_another_head_is_another_file_and_another_key(tmp_path, monkeypatch, caplog):
    usual = load(LoadOptions(device="cpu"))
    head, name = read_head(head_content(WEIGHTS.head_name)), WEIGHTS.onnx_name("int8")
    write_head(tmp_path / WEIGHTS.head_name, head.matrix[:, :100], head.offset[:100])
    monkeypatch.setattr(shipped, "RESOURCE_FOLDERS", (tmp_path, *shipped.RESOURCE_FOLDERS))
    other = load(LoadOptions(device="cpu"))
    assert other.dimension == 100
    assert other.key.weights_hash != usual.key.weights_hash
    assert WEIGHTS.onnx_name("int8") != name
    (tmp_path / WEIGHTS.head_name).write_bytes(b"no matrix")
    assert_the_quick_one_stands_in(caplog, "the last matrix cannot be read", LoadOptions(device="cpu"))


@pytest.mark.parametrize("said", [{}, {"int8": True}, {"drawn": own_pictures}])
def test_in_a_folder_that_cannot_be_written_the_quick_network_stands_in(tmp_path, caplog, said):
    (tmp_path / "file").write_bytes(b"")
    options = LoadOptions(device="cpu", export_folder=tmp_path / "file" / "folder", **said)
    assert_the_quick_one_stands_in(caplog, f"{tmp_path / 'file' / 'folder'} cannot be written", options)


def test_in_a_folder_that_can_only_be_read_what_lies_there_is_taken(tmp_path, monkeypatch):
    options = LoadOptions(device="cpu", export_folder=tmp_path)
    model = load(options)

    def refuse(path: Path, _content: bytes) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(efficientnet_lite, "replace_own", refuse)
    again = load(options)
    assert (again.key, again.remark) == (model.key, "")


def test_it_is_prepared_in_a_process_that_then_ends(tmp_path):
    class Counting(PassingHelper):
        calls = 0

        def call(self, function, *arguments, task):
            self.calls += 1
            return super().call(function, *arguments, task=task)

    aside = Counting("preparing")
    options = LoadOptions(device="cpu", export_folder=tmp_path, drawn=own_pictures, aside=aside)
    model = load(options)
    assert {file.name for file in tmp_path.glob("*.onnx")} == {WEIGHTS.onnx_name(form) for form in ("", "int8")}
    assert load(options).key == model.key
    assert aside.calls == 1
    cut_off(tmp_path / WEIGHTS.onnx_name(model.key.layer.removeprefix("embedding").strip()))
    assert (load(options).key, aside.calls) == (model.key, 2)


def test_what_went_wrong_aside_is_told_here(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(efficientnet_lite, "WEIGHTS", replace(WEIGHTS, package="no_such_package"))
    options = LoadOptions(device="cpu", export_folder=tmp_path, drawn=own_pictures, aside=PassingHelper("preparing"))
    assert_the_quick_one_stands_in(caplog, "no-such-package is not installed", options)


def test_where_the_process_aside_dies_it_is_prepared_here(tmp_path):
    class Dying:
        def call(self, function, *_arguments, task):
            raise HelperProcessDied("It was killed.")

    assert load(LoadOptions(device="cpu", export_folder=tmp_path, aside=Dying())).key.model == "efficientnet-lite"


def test_it_computes_in_8_bits_where_these_are_as_good_and_quicker_and_remembers_it(tmp_path):
    asked = []

    def pictures(geometry: InputGeometry, count: int) -> list[np.ndarray]:
        asked.append(count)
        return own_pictures(geometry, count)

    options = LoadOptions(device="cpu", export_folder=tmp_path, drawn=pictures)
    model = load(options)
    (kept,) = tmp_path.glob("*int8-*.json")
    loss = json.loads(kept.read_text())
    assert loss["mean"] >= 0.98
    assert (model.key.layer == "embedding int8") == (loss["faster"] >= 1)
    assert load(options).key == model.key
    assert asked == [4]


@pytest.mark.parametrize(("figure", "value"), [("mean", 0.96), ("faster", 0.9)])
def test_it_computes_in_32_bits_where_8_are_worse_or_slower(tmp_path, figure, value):
    loss = Loss(4, 0.99, 0.98, 1.5)
    keep_loss(tmp_path / WEIGHTS.onnx_name("int8"), replace(loss, **{figure: value}))
    model = load(LoadOptions(device="cpu", export_folder=tmp_path, drawn=own_pictures))
    assert model.key.layer == "embedding"
    asked = load(LoadOptions(device="cpu", export_folder=tmp_path, drawn=own_pictures, int8=True))
    assert asked.key.layer == "embedding int8"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"[" * 100_000, b'{"pictures": 4, "mean": "much", "least": 0.9, "faster": 2}',
     b'{"pictures": 4, "mean": null, "least": 0.9, "faster": 2}',
     b'{"pictures": 4, "mean": NaN, "least": 1, "faster": 2}',
     b'{"pictures": 1e999, "mean": 1, "least": 1, "faster": 2}'],
    ids=["empty", "list", "none of it", "deep", "text", "null", "nan", "endless"],
)  # fmt: skip
def test_a_kept_figure_that_was_damaged_is_measured_again(tmp_path, content):
    arithmetic.loss_file(tmp_path / WEIGHTS.onnx_name("int8")).write_bytes(content)
    assert load(LoadOptions(device="cpu", export_folder=tmp_path, drawn=own_pictures)).key.model == "efficientnet-lite"
    (kept,) = tmp_path.glob("*int8-*.json")
    assert json.loads(kept.read_text())["mean"] >= 0.98


def test_what_was_measured_on_another_processor_does_not_count(tmp_path, monkeypatch):
    """A SHOAL_HOME on a drive that is carried about."""
    keep_loss(tmp_path / WEIGHTS.onnx_name("int8"), Loss(4, 0.5, 0.5, 0.5))
    monkeypatch.setattr(arithmetic, "processor", lambda: "another")
    assert load(LoadOptions(device="cpu", export_folder=tmp_path, drawn=own_pictures)).key.layer == "embedding int8"


def assert_the_quick_one_stands_in(caplog: pytest.LogCaptureFixture, why: str, options: LoadOptions) -> None:
    with caplog.at_level(logging.WARNING):
        model = load(options)
    assert model.key.model == "builtin"
    assert why in model.remark
    assert model.remark.endswith("so builtin stands in.")
    assert model.embed(noise(1, model.geometry.size)).shape == (1, model.dimension)
    caplog.clear()


def test_without_the_package_the_quick_network_stands_in_and_says_so(monkeypatch, caplog):
    monkeypatch.setattr(efficientnet_lite, "WEIGHTS", replace(WEIGHTS, package="no_such_package"))
    assert_the_quick_one_stands_in(caplog, "no-such-package is not installed", LoadOptions(device="cpu"))


def test_what_only_the_usual_network_was_asked_is_not_asked_of_the_stand_in(monkeypatch, caplog):
    monkeypatch.setattr(efficientnet_lite, "WEIGHTS", replace(WEIGHTS, package="no_such_package"))
    options = LoadOptions(device="cpu", layer="classes", image_size=160)
    assert_the_quick_one_stands_in(caplog, "is not installed", options)


def test_a_truncated_package_and_another_file_are_refused(fake_package, caplog, tmp_path):
    options = LoadOptions(device="cpu", export_folder=tmp_path / "cache")
    assert_the_quick_one_stands_in(caplog, "cannot be read", options)
    whole = real_weights()
    fake_package.write_bytes(whole[: len(whole) // 2])
    assert_the_quick_one_stands_in(caplog, "not what was published", options)
    fake_package.write_bytes(whole[:-1] + b"?")
    assert_the_quick_one_stands_in(caplog, "not what was published", options)
    assert not (tmp_path / "cache").exists()
    fake_package.write_bytes(whole)
    assert load(options).key.model == "efficientnet-lite"


def test_a_hostile_file_in_the_package_runs_nothing(fake_package, tmp_path, caplog):
    victim = tmp_path / "was-here"
    fake_package.write_bytes(b"cpathlib\nPath\n(V" + str(victim).encode() + b"\ntR.")
    assert_the_quick_one_stands_in(caplog, "not what was published", LoadOptions(device="cpu"))
    assert not victim.exists()


@pytest.mark.parametrize("options", [LoadOptions(weights=Path("mine.pth")), LoadOptions(half=True)])
def test_options_of_other_networks_are_refused(options):
    with pytest.raises(ModelUnavailable, match="Leave"):
        load(options)
