"""Weights for networks of torch, random but always the same, in a file as a user would have it."""

from pathlib import Path

from shoal.domain.task import Task


def write_torchvision_weights(name: str, path: Path, _task: Task | None = None, classes: int = 1000) -> Path:
    """The state dict of torchvision's network `name`. An engine process may call it, too."""
    import torch  # noqa: PLC0415  # slow to import
    import torchvision  # noqa: PLC0415

    torch.manual_seed(0)
    torch.save(torchvision.models.get_model(name, weights=None, num_classes=classes).state_dict(), path)
    return path


def write_dinov2_weights(name: str, path: Path, side: int = 37) -> Path:
    """A state dict with the official names, of a network trained on pictures of `side` x `side` patches."""
    import torch  # noqa: PLC0415

    width, blocks = {"dinov2_vits14": 384, "dinov2_vitb14": 768}[name], 12
    generator = torch.Generator().manual_seed(0)
    shapes = {"cls_token": (1, 1, width), "mask_token": (1, width), "pos_embed": (1, side * side + 1, width)}
    shapes |= {"patch_embed.proj.weight": (width, 3, 14, 14), "patch_embed.proj.bias": (width,)}
    layers = {"attn.qkv": (3 * width, width), "attn.proj": (width, width), "mlp.fc1": (4 * width, width)}
    for block in [f"blocks.{number}." for number in range(blocks)]:
        for layer, (wide, narrow) in {**layers, "mlp.fc2": (width, 4 * width)}.items():
            shapes |= {f"{block}{layer}.weight": (wide, narrow), f"{block}{layer}.bias": (wide,)}
        shapes |= {f"{block}{part}": (width,) for part in ("norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias")}
        shapes |= {f"{block}{part}.gamma": (width,) for part in ("ls1", "ls2")}
    shapes |= {"norm.weight": (width,), "norm.bias": (width,)}
    torch.save({key: torch.randn(shape, generator=generator) * 0.1 for key, shape in shapes.items()}, path)
    return path
