"""From a network that torch builds to a backend: through ONNX where that is exact, else through the engine."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support import tiny_networks

from shoal.domain.errors import ModelUnavailable, OutOfMemory
from shoal.domain.extension_points import LoadOptions
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import HereCaller, Task
from shoal.embedding.engine_model import EngineModel
from shoal.embedding.network_loading import load_network
from shoal.embedding.prepared_input import Preprocessing
from shoal.embedding.preprocessing import SCALINGS
from shoal.embedding.torch_engine import Place, sample_pictures
from shoal.embedding.torch_network import TorchNetwork
from shoal.processes.engine_environment import engine_environment
from shoal.processes.helper_process import HelperProcess

SIZE = 16


def network(build: Any) -> TorchNetwork:
    how = Preprocessing(InputGeometry(SIZE, SIZE), *SCALINGS["imagenet"])
    return TorchNetwork(build, build.__name__, "means", Path("none"), "0" * 64, how)


def options(folder: Path, **more: Any) -> LoadOptions:
    return LoadOptions(**{"engine": HereCaller(), "export_folder": folder / "exported", "device": "cpu", **more})


def in_engine(build: Any) -> EngineModel:
    return EngineModel(HereCaller(), network(build), Place("cpu"), Task())


def test_both_ways_give_the_same_vectors_under_the_same_key(tmp_path):
    exported, stays = load_network(network(tiny_networks.means), options(tmp_path)), in_engine(tiny_networks.means)
    assert (exported.one_core_per_call, stays.one_core_per_call) == (True, False)
    assert exported.key == stays.key
    assert exported.dimension == stays.dimension == 6
    pictures = sample_pictures(SIZE)
    np.testing.assert_allclose(exported.embed(list(pictures)), stays.embed(list(pictures)), atol=1e-5)
    assert stays.embed([]).shape == (0, 6)


def test_what_onnx_does_not_say_exactly_stays_with_torch_and_is_not_tried_again(tmp_path):
    for _ in range(2):
        backend = load_network(network(tiny_networks.forgetful), options(tmp_path))
        assert "not exact enough" in backend.remark
        assert not backend.one_core_per_call
    assert [path.suffix for path in (tmp_path / "exported").iterdir()] == [".refused"]


@pytest.mark.parametrize("build", [tiny_networks.greedy_on_a_mac, tiny_networks.greedy_on_a_card])
def test_memory_that_runs_out_is_recognised_in_every_wording(build):
    backend = in_engine(build)
    assert backend.embed(list(sample_pictures(SIZE)[:2])).shape == (2, 6)
    with pytest.raises(OutOfMemory):
        backend.embed(list(sample_pictures(SIZE)))


def test_other_errors_are_not_taken_for_exhausted_memory():
    backend = in_engine(tiny_networks.broken)
    with pytest.raises(RuntimeError, match="shapes do not match"):
        backend.embed(list(sample_pictures(SIZE)))


def test_a_device_that_is_not_there_and_half_numbers_without_one_are_refused(tmp_path):
    with pytest.raises(ModelUnavailable, match="graphics card"):
        load_network(network(tiny_networks.means), options(tmp_path, half=True))
    with pytest.raises(ModelUnavailable, match=r"cannot use 'mps' here"):
        load_network(network(tiny_networks.means), options(tmp_path, device="mps"))


def test_half_of_the_bits_make_another_key():
    how = network(tiny_networks.means)
    halved = EngineModel(HereCaller(), how, Place("cpu", half=True), Task())
    assert halved.key != how.key
    whole = in_engine(tiny_networks.means).embed(list(sample_pictures(SIZE)))
    assert (halved.embed(list(sample_pictures(SIZE))) * whole).sum(1).min() > 0.999


def test_the_engine_is_a_process_with_safe_and_silent_libraries(tmp_path):
    with HelperProcess("engine", engine_environment(tmp_path)) as engine:
        backend = EngineModel(engine, network(tiny_networks.means), Place("cpu"), Task())
        ours = in_engine(tiny_networks.means).embed(list(sample_pictures(SIZE)))
        np.testing.assert_allclose(backend.embed(list(sample_pictures(SIZE))), ours, atol=1e-6)
    wanted = engine_environment(tmp_path)
    assert wanted["ULTRALYTICS_SAFE_LOAD"] == "true"
    assert wanted["YOLO_OFFLINE"] == "true"
    assert wanted["YOLO_AUTOINSTALL"] == "false"
    assert all(str(tmp_path) in wanted[name] for name in ("YOLO_CONFIG_DIR", "TORCH_HOME", "HF_HOME"))
