"""The built-in model on what people have: turned, grey, transparent, with a palette, with 16 bits, and on copies."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.embedding import builtin
from shoal.files import shipped
from shoal.imaging.decoding import decode_image
from shoal.samples.demo_pictures import render

pytestmark = pytest.mark.skipif(not shipped.resource(builtin.WEIGHTS), reason="this checkout has no weights")

ORIENTATION = 0x0112
TURNED_TO_BE_RIGHTED = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


@pytest.fixture(scope="module")
def model() -> EmbeddingBackend:
    return builtin.load(LoadOptions(device="cpu"))


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return [Image.fromarray(render(kind, view=0, size=(240, 180))) for kind in ("apple", "chair", "mug", "house")]


def encoded(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def row(model: EmbeddingBackend, data: bytes) -> np.ndarray:
    return model.embed([decode_image(data, "", model.geometry).pixels])[0]


def cosines(model, pictures, altered: Callable[[Image.Image], bytes]) -> list[float]:
    return [float(row(model, encoded(picture)) @ row(model, altered(picture))) for picture in pictures]


def test_a_picture_has_one_vector_whatever_its_company(model, pictures):
    pixels = [decode_image(encoded(picture), "", model.geometry).pixels for picture in pictures]
    together = model.embed(pixels * 3)
    alone = np.stack([model.embed([one])[0] for one in pixels])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert (together[:4] * alone).sum(1).min() > 0.9999
    assert (together[8:] * alone).sum(1).min() > 0.9999


def test_at_most_512_numbers_and_12_megabytes(model):
    assert model.dimension <= 512
    files = [shipped.resource(name) for name in ("builtin.onnx", "builtin.json", "MODEL_CARD.md")]
    assert sum(file.stat().st_size for file in files if file) < 12_000_000
    assert all(files)


@pytest.mark.parametrize("orientation", TURNED_TO_BE_RIGHTED)
def test_a_picture_lying_on_its_side_is_seen_upright(model, pictures, orientation):
    def on_its_side(picture: Image.Image) -> bytes:
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        return encoded(picture.transpose(TURNED_TO_BE_RIGHTED[orientation]), exif=exif)

    assert min(cosines(model, pictures, on_its_side)) > 0.999


def test_alpha_and_a_rich_palette_change_next_to_nothing(model, pictures):
    assert min(cosines(model, pictures, lambda picture: encoded(picture.convert("RGBA")))) > 0.999
    assert np.mean(cosines(model, pictures, lambda picture: encoded(picture.quantize(256)))) > 0.95


def test_grey_is_the_same_in_8_and_in_16_bits(model, pictures):
    for picture in pictures:
        grey = picture.convert("L")
        deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
        assert deep.mode == "I;16"
        assert row(model, encoded(grey)) @ row(model, encoded(deep)) > 0.99


def test_a_copy_stays_close_to_its_original(model, pictures):
    def cropped(picture: Image.Image) -> Image.Image:
        return picture.crop((4, 3, picture.width - 4, picture.height - 3))

    assert np.mean(cosines(model, pictures, lambda picture: encoded(picture, "JPEG", quality=60))) > 0.95
    assert np.mean(cosines(model, pictures, lambda picture: encoded(picture.resize((160, 120))))) > 0.95
    assert np.mean(cosines(model, pictures, lambda picture: encoded(cropped(picture)))) > 0.9
    rows = np.stack([row(model, encoded(picture)) for picture in pictures])
    assert (rows @ rows.T - np.eye(4)).max() < 0.9
