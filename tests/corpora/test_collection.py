"""Every kind of file of the generated collection: the right picture, upright, when it was taken, and what is said."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.corpora.collection import kinds, turned_kinds, write
from tests.corpora.kinds import Kind

from shoal.delivering.picture_marks import look_at_shot
from shoal.domain.images import DecodedImage, FoundImage
from shoal.domain.input_geometry import InputGeometry
from shoal.imaging.decoding import decode_image
from shoal.looking.sidecar_times import time_beside

GEOMETRY = InputGeometry(size=32, resize=36)
LEAST_KINDS = 150
LEAST_COSINE = 0.998


def in_eights() -> list[tuple[Kind, ...]]:
    return [turned_kinds()[at : at + 8] for at in range(0, len(turned_kinds()), 8)]


def decoded(kind: Kind) -> DecodedImage:
    return decode_image(kind.data(), kind.suffix, GEOMETRY)


def difference(thumbnail: np.ndarray, right: np.ndarray) -> float:
    """Mean over all pixels and colours, of 255; the larger of the two is brought to the size of the other."""
    height, width = thumbnail.shape[:2]
    expected = Image.fromarray(right)
    if expected.size != (width, height):
        expected = expected.resize((width, height), Image.Resampling.BICUBIC)
    return float(np.abs(thumbnail.astype(float) - np.asarray(expected)).mean())


def lies_as(thumbnail: np.ndarray, right: np.ndarray) -> bool:
    """Whether its sides have the proportions of the picture, to a pixel."""
    (height, width), (high, wide) = thumbnail.shape[:2], right.shape[:2]
    return abs(width * high / wide - height) <= 1


def test_the_collection_is_large_and_every_kind_has_a_name_of_its_own():
    assert len(kinds()) >= LEAST_KINDS
    assert len({kind.name for kind in (*kinds(), *turned_kinds())}) == len(kinds()) + len(turned_kinds())
    assert len(turned_kinds()) % 8 == 0


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in kinds()])
def test_a_file_of_this_kind_is_read_right(kind, tmp_path):
    (path,) = write(tmp_path, (kind,))
    sidecars = tuple(tmp_path.glob("*.xmp"))
    found = decode_image(path.read_bytes(), kind.suffix, GEOMETRY)
    assert not found.facts.damaged
    assert lies_as(found.thumbnail, kind.right)
    assert difference(found.thumbnail, kind.right) <= kind.within
    assert time_beside(FoundImage(path, companions=sidecars), found.facts.taken) == kind.told.taken
    assert look_at_shot(path, sidecars).marks == kind.told.marks


@pytest.mark.parametrize("eight", [pytest.param(one, id=one[0].name) for one in in_eights()])
def test_all_eight_orientations_come_out_upright_and_alike(eight: tuple[Kind, ...], tmp_path: Path):
    found = [decoded(kind) for kind in eight]
    for kind, one in zip(eight, found, strict=True):
        assert lies_as(one.thumbnail, kind.right), kind.name
        assert difference(one.thumbnail, kind.right) <= kind.within, kind.name
        assert cosine(one.pixels, found[0].pixels) >= LEAST_COSINE, kind.name


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    """Of what a network would see, without the brightness that all have in common."""
    a, b = (pixels.astype(float).ravel() - 128 for pixels in (one, other))
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))
