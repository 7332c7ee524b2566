"""CLIP with random weights, always the same: whole ones of the published size, and small ones that are quick to run."""

import warnings
from pathlib import Path
from typing import Any

from shoal.domain.task import Task

PATCHES = {"clip-vit-b-32": 32, "clip-vit-b-16": 16, "clip-vit-b-32-laion2b": 32, "clip-vit-b-16-laion400m": 16}


def clip_network(name: str, small: bool = True) -> Any:
    """As open_clip builds it. `small`: eyes of two layers of 128 numbers instead of twelve of 768. It reads little."""
    import torch  # noqa: PLC0415  # slow to import
    from open_clip.model import CLIP, CLIPTextCfg, CLIPVisionCfg  # noqa: PLC0415

    torch.manual_seed(0)
    layers, width = (2, 128) if small else (12, 768)
    vision = CLIPVisionCfg(layers=layers, width=width, patch_size=PATCHES[name], image_size=224)
    text = CLIPTextCfg(width=128, heads=2, layers=2)
    network = CLIP(512, vision, text, quick_gelu="laion" not in name)
    with torch.no_grad():  # as it is made, everything looks the same to it
        for parameter in network.parameters():
            if parameter.ndim > 1:
                parameter.normal_(std=parameter.shape[-1] ** -0.5)
    return network.eval()


def write_clip_weights(name: str, path: Path, _task: Task | None = None, small: bool = True) -> Path:
    """An engine process may call it, too."""
    import torch  # noqa: PLC0415

    torch.save(clip_network(name, small).state_dict(), path)
    return path


def write_clip_program(name: str, path: Path) -> Path:
    """The same weights inside a TorchScript program, which is how OpenAI published its own."""
    import torch  # noqa: PLC0415

    class Program(torch.nn.Module):
        def __init__(self, inside: torch.nn.Module) -> None:
            super().__init__()
            for part, module in inside.named_children():
                self.add_module(part, module)
            for part, parameter in inside.named_parameters(recurse=False):
                self.register_parameter(part, parameter)

        def forward(self, number: torch.Tensor) -> torch.Tensor:
            return number + 1

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # torch would rather have another format
        torch.jit.save(torch.jit.trace(Program(clip_network(name)), torch.zeros(1)), path)
    return path
