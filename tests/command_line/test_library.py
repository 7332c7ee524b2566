"""Shoal as a library."""

from pathlib import Path

import numpy as np
import pytest
from tests.support.picture_folders import write_pictures
from tests.support.sample_folder import make_folder
from tests.support.seeded_weights import write_torchvision_weights
from tests.support.untouched import as_it_is_now

import shoal
from shoal.domain.errors import ModelUnavailable, UserFacingError


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))


def test_one_unit_row_per_path_in_the_given_order(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(2))
    first, second = folder / "ball" / "ball-0.jpg", folder / "chair" / "chair-1.jpg"
    vectors = shoal.embed([second, str(first), second], model="colour-layout")
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])


def test_a_model_with_weights_of_ones_own_runs_through_the_engine_and_any_layer(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(1))
    paths = [folder / "ball" / "ball-0.jpg", folder / "chair" / "chair-0.jpg"]
    weights = write_torchvision_weights("resnet18", tmp_path / "mine.pth")
    vectors = shoal.embed(paths, model="resnet18", layer="relu", weights=weights)
    assert vectors.shape == (2, 64)
    assert 0 < vectors[0] @ vectors[1] < 1 - 1e-4


def test_a_file_that_is_no_picture_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_text("words")
    with pytest.raises(UserFacingError, match=r"bad\.jpg"):
        shoal.embed([bad], model="colour-layout")


def test_the_limits_in_the_settings_hold_here_too(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball",), range(1))
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "settings.json").write_text('{"largest_file_megabytes": 1}')
    large = folder / "ball" / "large.jpg"
    large.write_bytes((folder / "ball" / "ball-0.jpg").read_bytes() + bytes(1 << 20))
    as_it_is_now(folder)
    with pytest.raises(UserFacingError, match="too large"):
        shoal.embed([large], model="colour-layout")


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'paint'"):
        _ = shoal.paint


def test_8_bit_numbers_are_nearly_as_good_and_refused_where_there_are_none(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    paths = [one.path for one in write_pictures(tmp_path / "pictures", 8)]
    weights = write_torchvision_weights("resnet18", tmp_path / "mine.pth")
    whole = shoal.embed(paths, model="resnet18", weights=weights)
    small = shoal.embed(paths, model="resnet18", weights=weights, int8=True)
    assert 0.98 < (whole * small).sum(axis=1).min() < 0.999999
    with pytest.raises(ModelUnavailable, match="8-bit form"):
        shoal.embed(paths, model="builtin", int8=True)
