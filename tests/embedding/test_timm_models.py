"""DINOv3 and SigLIP 2 with seeded weights, in every form they are published in, against timm's own networks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import timm
import torch
from PIL import Image
from safetensors.torch import save_file
from timm.data import create_transform, resolve_data_config

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.task import HereCaller
from shoal.embedding import timm_models
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.torch_engine import sample_pictures
from shoal.imaging.decoding import decode_image
from shoal.looking.catalogue import find_backend

DEPTH = 2
"""Blocks; the networks have twelve, each the same code."""


def seeded(architecture: str, **more: Any) -> Any:
    """Every weight drawn, for what begins at one or at nothing would hide what is left out."""
    torch.manual_seed(0)
    network = timm.create_model(architecture, pretrained=False, num_classes=0, depth=DEPTH, **more).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return network


def named_by_meta(tensors: dict[str, Any]) -> dict[str, Any]:
    """As DINOv3's own files have them, with what they hold besides."""
    told = {"mask_token": torch.zeros(1, 384), "rope_embed.periods": torch.ones(16)}
    for name, tensor in tensors.items():
        if name.endswith("v_bias"):
            continue
        if name.endswith("q_bias"):
            block = name.removesuffix("q_bias")
            parts = [tensor, torch.full_like(tensor, 7.0), tensors[f"{block}v_bias"]]  # that of the keys is masked out
            told[f"{block}qkv.bias"] = torch.cat(parts)
            told[f"{block}qkv.bias_mask"] = torch.ones(3 * len(tensor))
            continue
        for short, long in (("gamma_1", "ls1.gamma"), ("gamma_2", "ls2.gamma"), ("reg_token", "storage_tokens")):
            name = name.replace(short, long)  # noqa: PLW2901
        told[name] = tensor
    return told


def of_open_clip(tensors: dict[str, Any]) -> dict[str, Any]:
    return {f"visual.trunk.{name}": tensor for name, tensor in tensors.items()} | {"logit_scale": torch.zeros(())}


def loaded(model: str, folder: Path, **options: Any) -> EmbeddingBackend:
    spec, source = find_backend(model)
    lent = {"engine": HereCaller(), "export_folder": folder / "exported", "device": "cpu"}
    return spec.load(LoadOptions(source=source, **{**lent, **options}))


def unit(rows: Any) -> np.ndarray:
    numbers = rows.numpy()
    return numbers / np.linalg.norm(numbers, axis=1, keepdims=True)


def picture(folder: Path) -> Path:
    random = np.random.default_rng(3)
    coarse = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8))
    coarse.resize((500, 380), Image.Resampling.BICUBIC).save(folder / "picture.png")
    return folder / "picture.png"


@pytest.mark.parametrize("row", timm_models.ROWS, ids=lambda row: row.name)
def test_vectors_are_those_of_timm_from_the_picture_on(row, tmp_path):
    biased = "_qkvb" * (row.layers == timm_models.TOKENS)
    theirs = seeded(row.built_as + biased)
    save_file(theirs.state_dict(), tmp_path / "model.safetensors")
    ours = loaded(row.name, tmp_path, weights=tmp_path / "model.safetensors")
    assert isinstance(ours, OnnxModel)
    assert (ours.dimension, ours.remark) == (row.width, "")
    prepare: Callable[[Any], Any] = create_transform(**resolve_data_config({}, model=theirs))
    if row.layers == timm_models.TOKENS:  # timm cuts the middle out, too, and has no other name for the class token
        theirs.global_pool = "token"
    else:
        prepare = squashed(theirs)
    path = picture(tmp_path)
    with torch.inference_mode():
        expected = unit(theirs(prepare(Image.open(path))[None]))
    rows = ours.embed(
        [decode_image(path.read_bytes(), ".png", ours.geometry).pixels, sample_pictures(row.way.geometry.size)[2]]
    )
    assert (rows[:1] * expected).sum() >= 0.9999
    assert rows[0] @ rows[1] < 0.99  # so that this says something


def squashed(network: Any) -> Any:
    """SigLIP sees the whole picture, bent to a square: its makers' own way, which timm knows under this name."""
    return create_transform(**{**resolve_data_config({}, model=network), "crop_mode": "squash", "crop_pct": 1.0})


@pytest.mark.parametrize(
    ("architecture", "model", "saved"),
    [
        ("vit_small_patch16_dinov3_qkvb", "dinov3_vits16", named_by_meta),
        ("vit_small_patch16_dinov3", "dinov3_vits16", dict),
        ("vit_base_patch16_siglip_224", "siglip2_vitb16", of_open_clip),
    ],
)
def test_every_form_of_a_file_is_known_by_itself(architecture, model, saved, tmp_path):
    theirs = seeded(architecture, **({"global_pool": "token"} if "dinov3" in architecture else {}))
    torch.save(saved(theirs.state_dict()), tmp_path / "mine.pth")
    ours = loaded(str(tmp_path / "mine.pth"), tmp_path)
    assert ours.key.model == model
    values = torch.from_numpy(timm_models.BY_NAME[model].way.network_input(sample_pictures(ours.geometry.size)))
    with torch.inference_mode():
        expected = unit(theirs(values))
    assert (ours.embed(list(sample_pictures(ours.geometry.size))) * expected).sum(1).min() >= 0.9999


def test_patches_are_averaged_without_class_and_registers_at_another_size(tmp_path):
    theirs = seeded("vit_small_patch16_dinov3_qkvb")
    save_file(theirs.state_dict(), tmp_path / "s.safetensors")
    ours = loaded("dinov3_vits16", tmp_path, weights=tmp_path / "s.safetensors", layer="both", image_size=64)
    values = torch.from_numpy(timm_models.DINOV3_WAY.network_input(sample_pictures(64)))
    with torch.inference_mode():
        tokens = theirs.forward_features(values)
    expected = unit(torch.cat([tokens[:, 0], tokens[:, 5:].mean(1)], 1))
    assert (ours.embed(list(sample_pictures(64))) * expected).sum(1).min() >= 0.9999


def test_what_cannot_be_is_said_in_a_sentence(tmp_path):
    with pytest.raises(ModelUnavailable, match=r"no checked download for dinov3_vits16.*licence: DINOv3 License"):
        loaded("dinov3_vits16", tmp_path)
    with pytest.raises(ModelUnavailable, match="multiple of 16"):
        loaded("dinov3_vits16", tmp_path, image_size=100)
    with pytest.raises(ModelUnavailable, match=r"no layer 'class'.*pooled"):
        loaded("siglip2_vitb16", tmp_path, layer="class")
    weights = tmp_path / "s.safetensors"
    save_file(seeded("vit_small_patch16_dinov3_qkvb").state_dict(), weights)
    with pytest.raises(ModelUnavailable, match="weights of another network"):
        loaded("dinov3_vitb16", tmp_path, weights=weights)
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(ModelUnavailable, match="holds no weights"):
        loaded("dinov3_vits16", tmp_path, weights=weights)
