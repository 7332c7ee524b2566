"""Weights for networks of torch, random but always the same, in a file as a user would have it."""

from pathlib import Path


def write_torchvision_weights(name: str, path: Path, classes: int = 1000) -> Path:
    """The state dict of torchvision's network `name`."""
    import torch  # noqa: PLC0415  # slow to import
    import torchvision  # noqa: PLC0415

    torch.manual_seed(0)
    torch.save(torchvision.models.get_model(name, weights=None, num_classes=classes).state_dict(), path)
    return path
