"""8-bit numbers: close to the whole network, said how close, made once, and refused where they make no sense."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.picture_folders import draw
from tests.support.seeded_weights import write_torchvision_weights

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import HereCaller
from shoal.embedding import arithmetic, eight_bits
from shoal.embedding.arithmetic import Loss, adds_exactly
from shoal.looking.catalogue import find_backend

pytest.importorskip("torch", reason="the test extra brings it")
SIDE = 64
PICTURES = 12


def drawn(geometry: InputGeometry, count: int) -> list[RgbImage]:
    return [draw(seed, geometry.size, geometry.size) for seed in range(min(count, PICTURES))]


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_torchvision_weights("resnet18", tmp_path_factory.mktemp("weights") / "mine.pth")


@pytest.fixture(autouse=True)
def quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy computer cannot tell which is quicker: here 8 bits are, and what is tried first the most."""

    def compare(whole: Any, small: Any, prepared: Any, output: str) -> Loss:
        quickness["now"] *= 0.99
        return replace(arithmetic.compare(whole, small, prepared, output), faster=quickness["now"])

    quickness = {"now": 3.0}
    monkeypatch.setattr(eight_bits, "compare", compare)


def loaded(weights: Path, **options: Any) -> EmbeddingBackend:
    """Exports are kept beside the weights, so that one serves several tests."""
    lent = {"engine": HereCaller(), "export_folder": weights.parent / "exported", "device": "cpu", "draw": drawn}
    return find_backend("resnet18")[0].load(LoadOptions(weights=weights, image_size=SIDE, **{**lent, **options}))


def test_vectors_are_close_to_those_of_the_whole_network_and_never_taken_for_them(weights):
    whole, small = loaded(weights), loaded(weights, int8=True)
    others = [draw(seed, SIDE, SIDE) for seed in range(100, 108)]
    cosines = (whole.embed(others) * small.embed(others)).sum(axis=1)
    assert 0.98 < cosines.min() < 0.999999
    assert small.key != whole.key
    assert (small.dimension, small.geometry, small.one_core_per_call) == (whole.dimension, whole.geometry, True)


def test_the_loss_is_measured_on_pictures_it_was_not_fitted_to_and_said(weights):
    said = re.fullmatch(
        r"8-bit numbers: on (\d+) pictures, vectors agree with those of 32 bits to ([\d.]+) on average and ([\d.]+) at "
        r"the least \(1 is the same\); [\d.]+ times as fast\.",
        loaded(weights, int8=True).remark,
    )
    assert said is not None
    held_back = drawn(InputGeometry(SIDE, SIDE), PICTURES)[2::3]
    both = loaded(weights).embed(held_back) * loaded(weights, int8=True).embed(held_back)
    assert int(said[1]) == len(held_back)
    np.testing.assert_allclose([float(said[2]), float(said[3])], [both.sum(1).mean(), both.sum(1).min()], atol=2e-4)


def test_a_network_is_fitted_once(weights):
    class Absent:
        def call(self, *_anything: object, **_more: object) -> Any:
            raise AssertionError("the engine was asked")

    first = loaded(weights, int8=True)
    again = loaded(weights, int8=True, engine=Absent(), draw=None)
    assert (again.key, again.remark) == (first.key, first.remark)


def test_where_its_figures_are_lost_it_is_fitted_anew(weights, tmp_path):
    first = loaded(weights, int8=True, export_folder=tmp_path)
    (kept,) = tmp_path.glob("*-int8-*.json")
    kept.write_text('{"way": "plain"')
    assert loaded(weights, int8=True, export_folder=tmp_path).key == first.key
    assert '"mean"' in kept.read_text()


def test_how_sums_come_about_is_in_the_key_and_is_found_out_for_each_processor(weights, tmp_path, monkeypatch):
    """A SHOAL_HOME that is carried to another computer mixes nothing."""
    monkeypatch.setattr(eight_bits, "adds_exactly", lambda: True)
    here = loaded(weights, int8=True, export_folder=tmp_path)
    assert here.key.layer.endswith("int8 exact sums")
    monkeypatch.setattr(eight_bits, "adds_exactly", lambda: False)
    assert loaded(weights, int8=True, export_folder=tmp_path).key == here.key
    monkeypatch.setattr(arithmetic, "processor", lambda: "another")
    there = loaded(weights, int8=True, export_folder=tmp_path)
    assert there.key != here.key
    assert len(list(tmp_path.glob("*-int8-*.json"))) == 2


def test_where_sums_are_cut_off_the_quickest_way_that_is_close_enough_is_taken(weights, tmp_path, monkeypatch):
    monkeypatch.setattr(eight_bits, "adds_exactly", lambda: False)
    found = {"plain": Loss(4, 0.9, 0.8, 3.0), "reduced": Loss(4, 0.97, 0.9, 2.5), "exact": Loss(4, 0.991, 0.98, 1.1)}
    for way, loss in (("exact", found["exact"]), ("reduced", replace(found["reduced"], mean=0.99))):
        answers = iter({**found, way: loss}.values())
        monkeypatch.setattr(eight_bits, "compare", lambda *_anything, answers=answers: next(answers))
        model = loaded(weights, int8=True, export_folder=tmp_path / way)
        kept = json.loads(next((tmp_path / way).glob("*-int8-*.json")).read_text())
        assert kept["way"] == way
        assert model.key.layer.endswith({"exact": "exact sums", "reduced": "7-bit weights"}[way])
        assert f"{loss.mean:.4f} on average" in model.remark


def test_where_no_way_is_close_and_quicker_it_stays_with_32_bits(weights, tmp_path, monkeypatch):
    monkeypatch.setattr(eight_bits, "compare", lambda *_anything: Loss(4, 0.999, 0.99, 0.8))
    model = loaded(weights, int8=True, export_folder=tmp_path)
    assert model.key == loaded(weights, export_folder=tmp_path).key
    assert model.remark.endswith("So this processor computes the network in 32 bits.")


def test_sums_are_asked_for(weights):
    """By the processor's own word where it gives one (Linux): VNNI, or an Arm, adds exactly."""
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        pytest.skip("this system does not tell")
    if "vnni" in flags:
        assert adds_exactly()
    elif "avx2" in flags:
        assert not adds_exactly()


def test_too_few_pictures_are_refused_and_leave_nothing_behind(weights, tmp_path):
    with pytest.raises(ModelUnavailable, match="only 5 of at least 6"):
        loaded(weights, int8=True, export_folder=tmp_path, draw=lambda geometry, _count: drawn(geometry, 5))
    assert not list(tmp_path.glob("*int8*"))


@pytest.mark.parametrize("options", [{"device": "cuda"}, {"half": True}])
def test_it_is_for_processors(weights, options):
    with pytest.raises(ModelUnavailable, match="on a processor only"):
        loaded(weights, int8=True, **options)
