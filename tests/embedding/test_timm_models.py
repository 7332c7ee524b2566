"""DINOv3 and SigLIP 2 with seeded weights, in every form they are published in, against timm's own networks."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import timm
import torch
from PIL import Image
from safetensors.torch import save_file

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.task import HereCaller, Task
from shoal.embedding import timm_models
from shoal.embedding.onnx_models import OnnxModel
from shoal.embedding.preprocessing import with_side
from shoal.embedding.state_dict_files import recognise
from shoal.embedding.torch_engine import sample_pictures
from shoal.embedding.torch_network import TorchNetwork
from shoal.imaging.decoding import decode_image
from shoal.looking.catalogue import find_backend

TIMM_DATA: Any = import_module("timm.data")  # it does not say what it exports
DEPTH = 2
"""Blocks; the networks have twelve, each the same code."""


def seeded(architecture: str) -> Any:
    """Every weight drawn, for what begins at one or at nothing would hide what is left out."""
    torch.manual_seed(0)
    network = timm.create_model(architecture, pretrained=False, num_classes=0, depth=DEPTH).eval()
    for name, parameter in network.named_parameters():
        torch.nn.init.normal_(parameter, mean=float("norm" in name and name.endswith("weight")), std=0.1)
    return network


def named_by_meta(tensors: dict[str, Any]) -> dict[str, Any]:
    """As DINOv3's own files have them, with what they hold besides."""
    told = {"mask_token": torch.zeros(1, 1), "rope_embed.periods": torch.ones(16)}
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


def built(model: str, weights: Path, layer: str = "", side: int = 0) -> Any:
    """As the engine builds it, without turning it into ONNX."""
    row = timm_models.BY_NAME[model]
    how = with_side(row.way, side or row.way.geometry.size)
    return timm_models.build(TorchNetwork(timm_models.build, model, layer or row.layers[0], weights, "", how)).eval()


def least_cosine(ours: Any, theirs: Any) -> float:
    return float(torch.nn.functional.cosine_similarity(ours, theirs).min())


def seen(network: Any, model: str, side: int = 0) -> Any:
    """Three pictures' answers."""
    row = timm_models.BY_NAME[model]
    values = torch.from_numpy(row.way.network_input(sample_pictures(side or row.way.geometry.size)))
    with torch.inference_mode():
        return network(values)


@pytest.mark.parametrize(
    ("architecture", "model"),
    [("vit_small_patch16_dinov3_qkvb", "dinov3_vits16"), ("vit_base_patch16_siglip_224", "siglip2_vitb16")],
)
def test_on_a_processor_onnx_gives_the_vectors_of_timm(architecture, model, tmp_path):
    theirs = seeded(architecture)
    if "dinov3" in architecture:
        theirs.global_pool = "token"
    save_file(theirs.state_dict(), tmp_path / "model.safetensors")
    ours = loaded(model, tmp_path, weights=tmp_path / "model.safetensors")
    assert isinstance(ours, OnnxModel)
    assert (ours.dimension, ours.remark) == (timm_models.BY_NAME[model].width, "")
    rows = ours.embed(list(sample_pictures(ours.geometry.size)))
    assert least_cosine(torch.from_numpy(rows), seen(theirs, model)) >= 0.9999
    assert rows[0] @ rows[1] < 0.999  # so that this says something


@pytest.mark.parametrize(
    ("architecture", "model", "saved"),
    [
        ("vit_small_patch16_dinov3_qkvb", "dinov3_vits16", named_by_meta),
        ("vit_small_patch16_dinov3", "dinov3_vits16", dict),
        ("vit_base_patch16_dinov3_qkvb", "dinov3_vitb16", named_by_meta),
        ("vit_base_patch16_siglip_224", "siglip2_vitb16", of_open_clip),
    ],
)
def test_a_file_is_known_by_itself_whoever_named_its_weights(architecture, model, saved, tmp_path):
    theirs = seeded(architecture)
    torch.save(saved(theirs.state_dict()), tmp_path / "mine.pth")
    assert recognise(tmp_path / "mine.pth", False, Task()) == model
    if "dinov3" in architecture:
        theirs.global_pool = "token"
    assert least_cosine(seen(built(model, tmp_path / "mine.pth"), model), seen(theirs, model)) >= 0.9999


def test_patches_are_averaged_without_class_and_registers_at_another_size(tmp_path):
    theirs = seeded("vit_small_patch16_dinov3_qkvb")
    save_file(theirs.state_dict(), tmp_path / "s.safetensors")
    ours = seen(built("dinov3_vits16", tmp_path / "s.safetensors", "both", 64), "dinov3_vits16", 64)
    tokens = seen(theirs.forward_features, "dinov3_vits16", 64)
    assert least_cosine(ours, torch.cat([tokens[:, 0], tokens[:, 5:].mean(1)], 1)) >= 0.9999


@pytest.mark.parametrize(
    ("published", "model"),
    [
        ("vit_small_patch16_dinov3.lvd1689m", "dinov3_vits16"),
        ("vit_base_patch16_siglip_224.v2_webli", "siglip2_vitb16"),
    ],
)
def test_pictures_are_prepared_as_timm_says(published, model, tmp_path):
    """SigLIP's makers bend the whole picture to a square, which timm knows under a name of its own."""
    row = timm_models.BY_NAME[model]
    told = TIMM_DATA.resolve_data_config({}, pretrained_cfg=timm.get_pretrained_cfg(published).to_dict())
    bent = {"crop_mode": "squash", "crop_pct": 1.0} if row.layers == timm_models.POOLED else {}
    path = picture(tmp_path)
    theirs = TIMM_DATA.create_transform(**{**told, **bent})(Image.open(path)).numpy()
    pixels = decode_image(path.read_bytes(), ".png", row.way.geometry).pixels
    assert np.abs(row.way.network_input(pixels[None])[0] - theirs).mean() < 0.02  # a level of 255 is 0.008 to 0.018


def picture(folder: Path) -> Path:
    random = np.random.default_rng(3)
    coarse = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8))
    coarse.resize((500, 380), Image.Resampling.BICUBIC).save(folder / "picture.png")
    return folder / "picture.png"


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
        built("dinov3_vitb16", weights)
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(ModelUnavailable, match="holds no weights"):
        built("dinov3_vits16", weights)
