"""With its weights beside it the built-in model is a network; without them it says so and stands on colour-layout."""

import logging

import pytest

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import LoadOptions
from shoal.embedding import builtin, colour_layout
from shoal.files import shipped


def test_without_weights_it_says_so_and_sorts_by_look(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(shipped, "RESOURCE_FOLDERS", (tmp_path,))
    with caplog.at_level(logging.INFO):
        backend = builtin.load(LoadOptions())
    assert backend.key == colour_layout.ColourLayout.key
    assert "colour-layout" in caplog.text


@pytest.mark.skipif(not shipped.resource(builtin.WEIGHTS), reason="this checkout has no built-in weights")
def test_with_weights_it_is_a_network_of_its_own():
    backend = builtin.load(LoadOptions(device="cpu"))
    assert backend.key.model == "builtin"
    assert backend.key != colour_layout.ColourLayout.key
    assert builtin.SPEC.summary == builtin.SUMMARY


def test_what_only_a_network_has_is_refused_by_the_stand_in(monkeypatch, tmp_path):
    monkeypatch.setattr(shipped, "RESOURCE_FOLDERS", (tmp_path,))
    for options in (LoadOptions(layer="pool"), LoadOptions(preprocessing="unit")):
        with pytest.raises(ModelUnavailable, match="no network"):
            builtin.load(options)


def test_other_weights_may_be_given(tmp_path):
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        builtin.load(LoadOptions(weights=tmp_path / "missing.onnx"))
