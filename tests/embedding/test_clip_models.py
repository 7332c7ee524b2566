"""Against open_clip's own encode_image and encode_text, with seeded weights as a user's own file."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.seeded_clip import clip_network, write_clip_program, write_clip_weights

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import LoadOptions
from shoal.domain.task import HereCaller, Task
from shoal.embedding.engine_model import EngineModel
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.torch_engine import Place, sample_pictures
from shoal.looking.catalogue import find_backend

torch: Any = pytest.importorskip("torch", reason="the test extra brings it")

TEXTS = ["red shoes on white", "a photo of a dog", "\u00e9t\u00e9 & <b>rain</b>", "word " * 200, ""]


def options(weights: Path, **more: Any) -> LoadOptions:
    lent = {"engine": HereCaller(), "export_folder": weights.parent / "exported", "device": "cpu"}
    return LoadOptions(weights=weights, **{**lent, **more})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip_weights("clip-vit-b-32", tmp_path_factory.mktemp("weights") / "mine.pt")


def least_cosine(rows: np.ndarray, expected: Any) -> float:
    theirs = expected.numpy()
    return float((rows * theirs / np.linalg.norm(theirs, axis=1, keepdims=True)).sum(1).min())


def their_input(pictures: np.ndarray) -> Any:
    """What open_clip's own transform makes of pictures that have the right size already."""
    from open_clip.transform import image_transform  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    transform = image_transform(224, is_train=False)
    return torch.stack([transform(Image.fromarray(picture)) for picture in pictures])


@pytest.mark.parametrize(
    ("name", "is_small"), [("clip-vit-b-32", False), ("clip-vit-b-16", True), ("clip-vit-b-32-laion2b", True)]
)
def test_pictures_and_texts_are_seen_as_open_clip_sees_them(tmp_path, name, is_small):
    from open_clip import tokenize  # noqa: PLC0415

    spec, _ = find_backend(name)
    how = options(write_clip_weights(name, tmp_path / "mine.pt", small=is_small))
    theirs, pictures = clip_network(name, small=is_small), sample_pictures(224)
    with torch.inference_mode():
        seen, read = theirs.encode_image(their_input(pictures)), theirs.encode_text(tokenize(TEXTS))
    backend = spec.load(how)
    assert isinstance(backend, OnnxModel)
    assert backend.dimension == spec.dimension == 512
    assert least_cosine(backend.embed(list(pictures)), seen) > 0.9999
    assert least_cosine(spec.load_texts(how).encode(TEXTS, Task()), read) > 0.9999


def test_torch_in_the_engine_says_the_same_as_onnx(small):
    spec, _ = find_backend("clip-vit-b-32")
    exported = spec.load(options(small))
    texts: Any = spec.load_texts(options(small))
    on_torch = EngineModel(HereCaller(), texts._network, Place("cpu"), Task())
    pictures = sample_pictures(224)
    assert (exported.embed(list(pictures)) * on_torch.embed(list(pictures))).sum(1).min() > 0.9999
    assert on_torch.key == exported.key


def test_texts_are_read_in_any_company(small):
    read = find_backend("clip-vit-b-32")[0].load_texts(options(small))
    many = read.encode([f"number {n}" for n in range(130)], Task())
    assert many.shape == (130, 512)
    np.testing.assert_allclose(many[77], read.encode(["number 77"], Task())[0], atol=1e-5)
    assert read.encode([], Task()).shape == (0, 512)


def test_a_program_of_torchscript_is_opened_only_for_who_trusts_it(small):
    program = write_clip_program("clip-vit-b-32", small.with_name("program.pt"))
    spec, _ = find_backend("clip-vit-b-32")
    with pytest.raises(ModelUnavailable, match="TorchScript"):
        spec.load(options(program))
    pictures = sample_pictures(224)
    trusted = spec.load(options(program, trust_weights=True))
    np.testing.assert_allclose(
        trusted.embed(list(pictures)), spec.load(options(small)).embed(list(pictures)), atol=1e-5
    )


@pytest.mark.parametrize(
    ("name", "more", "why"),
    [
        ("clip-vit-b-16", {}, "patches have 32 pixels and not 16"),
        ("clip-vit-b-32", {"layer": "fc1"}, "no layer 'fc1'"),
        ("clip-vit-b-32", {"image_size": 96}, "does not fit clip-vit-b-32"),
    ],
)
def test_what_does_not_fit_is_refused(small, name, more, why):
    with pytest.raises(ModelUnavailable, match=why):
        find_backend(name)[0].load(options(small, **more))


def test_weights_of_another_kind_are_refused(small):
    torch.save({"fc.weight": torch.zeros(3, 3)}, small.with_name("other.pt"))
    with pytest.raises(ModelUnavailable, match=r"does not fit clip-vit-b-32: visual\.conv1\.weight is missing"):
        find_backend("clip-vit-b-32")[0].load(options(small.with_name("other.pt")))
