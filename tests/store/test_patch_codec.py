import json
import random
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.random_edits import EDITS, some_grouping

from shoal.domain.grouping import Patch
from shoal.store.patch_codec import decode_patch, encode_patch, pack, unpack
from shoal.store.transactions import DatabaseDamaged


def same(one: Patch, other: Patch) -> bool:
    columns = ("images", "home_before", "home_after", "pinned_before", "pinned_after")
    return (
        all(np.array_equal(getattr(one.places, name), getattr(other.places, name)) for name in columns)
        and all(getattr(one.places, name).dtype == getattr(other.places, name).dtype for name in columns)
        and all(
            np.array_equal(getattr(one.verdicts, name), getattr(other.verdicts, name))
            for name in ("images", "before", "after")
        )
        and (one.clusters, one.rejected, one.unrejected) == (other.clusters, other.rejected, other.unrejected)
    )


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("seed", range(5))
def test_every_patch_comes_back_as_it_was(edit, seed):
    patch = edit(some_grouping(seed), random.Random(seed))
    assert same(decode_patch(encode_patch(patch)), patch)
    assert same(decode_patch(encode_patch(patch.inverse)), patch.inverse)


@given(st.binary(max_size=300))
def test_noise_is_refused(data):
    with pytest.raises(DatabaseDamaged):
        decode_patch(data)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 7), st.integers(0, 39))
def test_flipped_bits_are_refused_or_make_no_difference(position, bit, seed):
    patch = EDITS[seed % len(EDITS)](some_grouping(seed), random.Random(seed))
    data = bytearray(encode_patch(patch))
    data[position % len(data)] ^= 1 << bit
    with suppress(DatabaseDamaged):
        assert same(decode_patch(bytes(data)), patch)


def hostile(head: object, arrays: object = (), body: bytes = b"", length: int | None = None) -> bytes:
    text = json.dumps({"head": head, "arrays": arrays}).encode()
    whole = text + body
    return struct.pack("<4sIQ", b"SHB1", len(text), len(whole) if length is None else length) + zlib.compress(whole)


@pytest.mark.parametrize(
    "data",
    [
        hostile({}, [["a", "i4", [-1]]]),
        hostile({}, [["a", "i4", [2**40]]]),
        hostile({}, [["a", "i4", [2**40, 2**40]]]),
        hostile({}, [["a", "O", [1]]], bytes(8)),
        hostile({}, [["a", "i4", [1]]], bytes(8)),
        hostile({}, [["a", "i4", 1]], bytes(4)),
        hostile({}, [["a", "i4", [True]]], bytes(4)),
        hostile([]),
        hostile({}, 7),
        hostile({}, length=2**40),
        hostile({}, length=3),
        b"SHB1" + bytes(12),
    ],
)
def test_lies_about_shapes_are_refused(data):
    with pytest.raises(DatabaseDamaged):
        unpack(data)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"head": {}, "arrays": []', '{"head": {}}'])
def test_json_that_is_none_is_refused(text):
    body = text.encode()
    with pytest.raises(DatabaseDamaged):
        unpack(struct.pack("<4sIQ", b"SHB1", len(body), len(body)) + zlib.compress(body))


def columns(**changes):
    arrays = {
        "steps": np.array([3, 2], np.int32),
        "home_before": np.array([0, 1], np.int32),
        "home_after": np.array([1, 1], np.int32),
        "pinned_before": np.zeros(2, np.bool_),
        "pinned_after": np.ones(2, np.bool_),
    }
    return arrays | {name: np.array(values, arrays[name].dtype) for name, values in changes.items()}


def verdicts(**changes):
    said = {
        "verdict_steps": np.array([3, 2], np.int32),
        "verdict_before": np.full((2, 3), -1, np.int32),
        "verdict_after": np.array([[5, -1, -1], [-1, 1, 9]], np.int32),
    }
    return columns() | said | changes


def test_sound_stars_are_read():
    assert decode_patch(pack(HEAD, verdicts())).verdicts.after.tolist() == [[5, -1, -1], [-1, 1, 9]]


HEAD = {"clusters": [], "rejected": [], "unrejected": []}


def test_sound_columns_are_read():
    assert decode_patch(pack(HEAD, columns())).places.images.tolist() == [3, 5]


@pytest.mark.parametrize(
    ("head", "arrays"),
    [
        ({}, columns()),
        (HEAD, {}),
        (HEAD, columns() | {"more": np.zeros(1, np.int32)}),
        (HEAD, columns() | {"steps": np.zeros(2, np.float32)}),
        (HEAD, columns(steps=[-1, 2])),
        (HEAD, columns(steps=[3, 0])),
        (HEAD, columns(steps=[2**31 - 1, 2**31 - 1])),
        (HEAD, columns(steps=[1])),
        (HEAD, columns(home_after=[-2, 2])),
        (HEAD, verdicts(verdict_after=np.full((2, 3), 300, np.int32))),
        (HEAD, verdicts(verdict_after=np.full((2, 3), 6, np.int32))),
        (HEAD, verdicts(verdict_after=np.zeros((2, 2), np.int32))),
        (HEAD, verdicts(verdict_after=np.zeros((2, 3), np.float32))),
        (HEAD, verdicts(verdict_steps=np.array([2, -1], np.int32))),
        (HEAD, verdicts(verdict_steps=np.zeros((2, 1), np.int32))),
        (HEAD, columns() | {"verdict_steps": np.array([1], np.int32)}),
        (HEAD | {"clusters": [[0, None, ["a", 0, True]]]}, columns()),
        (HEAD | {"clusters": [["1", None, None]]}, columns()),
        (HEAD | {"clusters": [[1, None, ["", 0, True]]]}, columns()),
        (HEAD | {"clusters": [[1, None, ["a\nb", 0, True]]]}, columns()),
        (HEAD | {"clusters": [[1, None, ["a", -1, True]]]}, columns()),
        (HEAD | {"clusters": [[1, None, ["a" * 300, 0, True]]]}, columns()),
        (HEAD | {"clusters": [[1, None, 5]]}, columns()),
        (HEAD | {"rejected": [["delete", 1, 2]]}, columns()),
        (HEAD | {"rejected": [["move", 1.5, 2]]}, columns()),
        (HEAD | {"rejected": [["move", 1]]}, columns()),
    ],
)
def test_columns_and_heads_that_we_would_not_write_are_refused(head, arrays):
    with pytest.raises(DatabaseDamaged):
        decode_patch(pack(head, arrays))
