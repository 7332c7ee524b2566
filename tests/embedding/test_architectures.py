"""Every architecture against the plain loop that a tutorial has, with seeded weights as a user's own file."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import timm
import torch
import torchvision
from PIL import Image
from tests.support.seeded_weights import write_dinov2_weights, write_torchvision_weights
from torchvision.transforms import v2

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.task import HereCaller
from shoal.embedding import dinov2_models, torchvision_models
from shoal.embedding.dinov2_models import WAY
from shoal.embedding.torch_engine import sample_pictures
from shoal.embedding.torch_network import TorchNetwork
from shoal.imaging.decoding import decode_image
from shoal.looking.catalogue import find_backend

Plain = Callable[[Any], Any]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Some weigh half a gigabyte, and pytest keeps the folders of three runs."""
    yield tmp_path / "weights.pth"
    for path in tmp_path.iterdir():
        path.unlink()


def headless(model: Any, head: str) -> Any:
    """The network with its classifier taken off, as everybody does it."""
    parent, _, name = head.rpartition(".")
    setattr(model.get_submodule(parent), name, torch.nn.Identity())
    return model


def plain(name: str, weights: Path, head: str) -> Any:
    model = torchvision.models.get_model(name, weights=None)
    model.load_state_dict(torch.load(weights, weights_only=True))
    return headless(model, head).eval()


def rows_of(module: Any, values: Any) -> np.ndarray:
    with torch.inference_mode():
        rows = module(values).flatten(1).numpy()
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1)


def loaded(name: str, weights: Path, **options: Any) -> EmbeddingBackend:
    spec, _ = find_backend(name)
    lent = {"engine": HereCaller(), "export_folder": weights.parent, "device": "cpu"}
    return spec.load(LoadOptions(weights=weights, **{**lent, **options}))


def jpeg_free_picture(width: int, height: int) -> Image.Image:
    """Soft shapes with detail, stored without loss: decoders cannot differ about it."""
    random = np.random.default_rng(3)
    coarse = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    fine = random.normal(0, 12, (height, width, 1))
    return Image.fromarray((np.asarray(coarse) + fine).clip(0, 255).astype(np.uint8))


def as_png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("row", torchvision_models.ROWS, ids=lambda row: row.name)
def test_the_usual_layer_is_what_remains_when_the_classifier_is_taken_off(row, file):
    write_torchvision_weights(row.name, file)
    layer = next(iter(row.layers))
    head = {"vgg16": "classifier.1", "mobilenet_v3_large": "classifier"}.get(row.name, row.head)
    expected = plain(row.name, file, head)
    if row.name == "vgg16":
        expected.classifier = expected.classifier[:1]
    values = torch.from_numpy(row.preprocessing(layer).network_input(sample_pictures(224 if row.tokens else 96)))
    ours = torchvision_models.build(TorchNetwork(torchvision_models.build, row.name, layer, file, "", WAY))
    rows = rows_of(ours.eval(), values)
    assert rows.shape == (3, row.dimension)
    assert cosines(rows, rows_of(expected, values)).min() > 0.9999


@pytest.mark.parametrize("row", torchvision_models.ROWS, ids=lambda row: row.name)
def test_pictures_are_prepared_as_the_official_weights_ask_for(row):
    """Checked against the transforms that come with them: geometry, filter, scaling."""
    official = torchvision.models.get_model_weights(row.name).DEFAULT.transforms()
    if row.name == "vgg16":
        assert torchvision.models.VGG16_Weights.DEFAULT.url.endswith(row.download.file_name)
    picture = jpeg_free_picture(700, 520)
    how = row.preprocessing(next(iter(row.layers)))
    ours = how.network_input(decode_image(as_png(picture), ".png", how.geometry).pixels[None])[0]
    theirs = official(picture).numpy()
    assert np.abs(ours - theirs).mean() < 0.01, "of a standard deviation"
    assert torchvision.models.get_model_weights(row.name).DEFAULT.url == row.download.url


def test_vgg16_fc1_is_that_of_the_tutorial(file):
    write_torchvision_weights("vgg16", file)
    backend = loaded("vgg16", file, layer="fc1")
    assert backend.one_core_per_call, "through onnxruntime"
    expected = plain("vgg16", file, "classifier.6")
    expected.classifier = expected.classifier[:1]
    prepare = v2.Compose([v2.CenterCrop(512), v2.Resize(448), v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True)])
    for size in ((700, 600), (480, 640)):
        picture = jpeg_free_picture(*size)
        ours = backend.embed([decode_image(as_png(picture), ".png", backend.geometry).pixels])
        assert cosines(ours, rows_of(expected, prepare(picture)[None])).min() > 0.9999


@pytest.mark.parametrize("name", ["mobilenet_v3_large", "vit_b_16"])
def test_onnx_says_what_the_plain_loop_says_of_a_picture_in_a_file(name, file):
    write_torchvision_weights(name, file)
    backend = loaded(name, file)
    assert (backend.remark, backend.one_core_per_call) == ("", True)
    picture = jpeg_free_picture(640, 480)
    official = torchvision.models.get_model_weights(name).DEFAULT.transforms()
    head = {"vit_b_16": "heads.head", "mobilenet_v3_large": "classifier"}[name]
    expected = rows_of(plain(name, file, head), official(picture)[None])
    ours = backend.embed([decode_image(as_png(picture), ".png", backend.geometry).pixels])
    assert cosines(ours, expected).min() > 0.9999


@pytest.mark.parametrize("row", dinov2_models.ROWS, ids=lambda row: row.name)
def test_dinov2_agrees_with_another_implementation(row, file):
    write_dinov2_weights(row.name, file, side=4)
    size = {"dinov2_vits14": "small", "dinov2_vitb14": "base"}[row.name]
    theirs: Any = timm.create_model(f"vit_{size}_patch14_dinov2", img_size=56, num_classes=0, pretrained=False).eval()
    theirs.load_state_dict({k: v for k, v in torch.load(file, weights_only=True).items() if k != "mask_token"})
    how = replace(WAY, geometry=replace(WAY.geometry, size=56))
    values = torch.from_numpy(how.network_input(sample_pictures(56)))
    with torch.inference_mode():
        tokens = theirs.forward_features(values)
    wanted = {"class": tokens[:, 0], "patches": tokens[:, 1:].mean(1)}
    wanted["both"] = torch.cat([wanted["class"], wanted["patches"]], 1)
    for layer, expected in wanted.items():
        ours = dinov2_models.build(TorchNetwork(dinov2_models.build, row.name, layer, file, "", how)).eval()
        assert (
            cosines(rows_of(ours, values), expected.numpy() / expected.norm(dim=1, keepdim=True).numpy()).min() > 0.9999
        )


def test_dinov2_looks_at_other_sizes_than_it_was_trained_with(file):
    write_dinov2_weights("dinov2_vits14", file)
    backend = loaded("dinov2_vits14", file, image_size=112)
    assert (backend.remark, backend.dimension, backend.geometry.resize) == ("", 384, 128)
    rows = backend.embed(list(sample_pictures(112)))
    assert (rows @ rows.T - np.eye(3)).max() < 0.999
