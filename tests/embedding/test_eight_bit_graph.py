"""The 8-bit form: close to 32 bits, and the same numbers whether or not a processor adds up in 16 bits."""

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.support.picture_folders import draw

from shoal.embedding.efficientnet_graph import CLASSES, EMBEDDING, INPUT, MAP
from shoal.embedding.efficientnet_lite import EIGHT_BITS, WEIGHTS, WHOLE, built_network, in_fours
from shoal.embedding.eight_bit_graph import read_limits, whole_weights
from shoal.embedding.unit_rows import unit_rows
from shoal.looking.calibration import own_pictures

SMALLEST = np.zeros(3, np.float32)


@pytest.fixture(scope="module")
def forms() -> dict[str, bytes]:
    return {form: built_network(WEIGHTS, form) for form in (WHOLE, EIGHT_BITS)}


def answers(content: bytes, prepared: np.ndarray, **entries: str) -> list[np.ndarray]:
    options = onnxruntime.SessionOptions()
    for name, value in entries.items():
        options.add_session_config_entry(f"session.{name}", value)
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    names = [EMBEDDING, CLASSES, MAP]
    return [np.concatenate(one) for one in zip(*(session.run(names, {INPUT: x[None]}) for x in prepared), strict=True)]


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return (unit_rows(ours.reshape(len(ours), -1)) * unit_rows(theirs.reshape(len(theirs), -1))).sum(1)


def test_it_is_close_to_32_bits(forms):
    values = in_fours(WEIGHTS.how, np.stack(own_pictures(WEIGHTS.how.geometry, 9)[1:]))
    whole, small = answers(forms[WHOLE], values), answers(forms[EIGHT_BITS], values)
    assert cosines(small[0], whole[0]).mean() > 0.985
    assert cosines(small[2], whole[2]).mean() > 0.97
    assert (small[1].argmax(1) == whole[1].argmax(1)).mean() > 0.6
    assert np.abs(small[1] - whole[1]).sum(1).mean() < 0.3


def test_exact_sums_and_sums_in_16_bits_give_the_very_same_numbers(forms):
    """Where a processor has no VNNI the entry makes onnxruntime add exactly; where it has, both are exact anyway."""
    extremes = [np.zeros((224, 224, 3), np.uint8), np.full((224, 224, 3), 255, np.uint8)]
    stripes = np.zeros((224, 224, 3), np.uint8)
    stripes[:, ::2] = 255
    values = in_fours(WEIGHTS.how, np.stack([draw(0, 224, 224), *extremes, stripes]))
    for quick, exact in zip(
        answers(forms[EIGHT_BITS], values),
        answers(forms[EIGHT_BITS], values, x64quantprecision="1"),
        strict=True,
    ):
        np.testing.assert_array_equal(quick, exact)


def test_pictures_of_other_sizes_go_through(forms):
    pixels = np.random.default_rng(0).integers(0, 256, (1, 320, 256, 3), np.uint8)
    assert answers(forms[EIGHT_BITS], in_fours(WEIGHTS.how, pixels))[2].shape == (1, 1280, 10, 8)


def test_the_file_is_one_that_the_onnx_package_finds_right_and_is_small(forms):
    onnx.checker.check_model(onnx.load_model_from_string(forms[EIGHT_BITS]), full_check=True)
    assert len(forms[EIGHT_BITS]) < 7_000_000
    assert built_network(WEIGHTS, EIGHT_BITS) == forms[EIGHT_BITS]


@settings(max_examples=200, deadline=None)
@given(arrays(np.float32, st.tuples(st.just(3), st.integers(1, 9)), elements=st.floats(-8, 8, width=32)))
def test_no_two_neighbours_can_exceed_16_bits(weights):
    whole, scales = whole_weights(weights, SMALLEST)
    padded = np.pad(whole.astype(np.int64), ((0, 0), (0, whole.shape[1] % 2))).reshape(3, -1, 2)
    for part in (np.maximum(padded, 0), np.maximum(-padded, 0)):
        assert (part.sum(2) * 255).max() < 1 << 15
    assert np.abs(whole * scales[:, None] - weights).max() <= scales.max() / 2 + 1e-6


def test_a_channel_of_zeros_and_one_whose_bias_outweighs_it_keep_their_bias():
    whole, scales = whole_weights(np.zeros((3, 4), np.float32), SMALLEST)
    assert not whole.any()
    assert (scales > 0).all()
    _whole, scales = whole_weights(np.full((3, 4), 1e-12, np.float32), np.full(3, 0.5, np.float32))
    np.testing.assert_array_equal(scales, 0.5)


def test_limits_that_are_none_are_refused():
    for content in (b"", b"[]", b'{"limits": {"a": 3}}', b"{}"):
        with pytest.raises((ValueError, KeyError, TypeError)):
            read_limits(content)
