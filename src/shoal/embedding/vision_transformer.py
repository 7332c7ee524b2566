"""A plain vision transformer (Dosovitskiy et al. 2021) as DINOv2 has it (Oquab et al. 2024). Used in the engine only.

Names of the parts are those of the official state dicts: `blocks.3.attn.qkv.weight` and so on. Written here because
these hundred lines are all that is needed of the libraries that have it.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

EPSILON = 1e-6  # the papers' LayerNorm; torch's own is 1e-5, and gives other vectors
MLP_RATIO = 4
OFFSET = 0.1
"""Added to the side in patches when positions are interpolated: the official code does, and 0.1 changes the result."""


class Patches(nn.Module):
    """n x 3 x S x S pictures to n x (S / patch)^2 x width tokens, row by row."""

    def __init__(self, patch: int, width: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, width, patch, patch)

    def forward(self, pictures: Tensor) -> Tensor:
        return self.proj(pictures).flatten(2).transpose(1, 2)  # type: ignore[no-any-return]


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, tokens: Tensor) -> Tensor:
        count, length, width = tokens.shape
        split = self.qkv(tokens).reshape(count, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = functional.scaled_dot_product_attention(query, key, value)
        return self.proj(mixed.transpose(1, 2).reshape(count, length, width))  # type: ignore[no-any-return]


class Scale(nn.Module):
    """What a branch adds, channel by channel (LayerScale, Touvron et al. 2021)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))

    def forward(self, tokens: Tensor) -> Tensor:
        return tokens * self.gamma


class Mlp(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, MLP_RATIO * width)
        self.fc2 = nn.Linear(MLP_RATIO * width, width)

    def forward(self, tokens: Tensor) -> Tensor:
        return self.fc2(functional.gelu(self.fc1(tokens)))  # type: ignore[no-any-return]


class Block(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm1, self.attn, self.ls1 = nn.LayerNorm(width, EPSILON), Attention(width, heads), Scale(width)
        self.norm2, self.mlp, self.ls2 = nn.LayerNorm(width, EPSILON), Mlp(width), Scale(width)

    def forward(self, tokens: Tensor) -> Tensor:
        tokens = tokens + self.ls1(self.attn(self.norm1(tokens)))
        return tokens + self.ls2(self.mlp(self.norm2(tokens)))  # type: ignore[no-any-return]


class VisionTransformer(nn.Module):
    """All tokens after the last norm: n x (1 + patches) x width, the class token first."""

    def __init__(self, patch: int, width: int, depth: int, heads: int, positions: int) -> None:
        super().__init__()
        self.patch = patch
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, positions, width))
        self.patch_embed = Patches(patch, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width, EPSILON)

    def forward(self, pictures: Tensor) -> Tensor:
        tokens = self.patch_embed(pictures)
        tokens = torch.cat([self.cls_token.expand(len(tokens), -1, -1), tokens], 1) + self.pos_embed
        for block in self.blocks:
            tokens = block(tokens)
        return self.norm(tokens)  # type: ignore[no-any-return]

    def look_at(self, size: int) -> None:
        """Interpolate the positions it was trained with to those of a picture of `size` x `size` pixels."""
        side, trained = size // self.patch, math.isqrt(self.pos_embed.shape[1] - 1)
        if side != trained:
            grid = self.pos_embed.detach()[:, 1:].reshape(1, trained, trained, -1).permute(0, 3, 1, 2)
            scale = (side + OFFSET) / trained
            grid = functional.interpolate(grid, scale_factor=(scale, scale), mode="bicubic")
            patches = grid.permute(0, 2, 3, 1).flatten(1, 2)
            self.pos_embed = nn.Parameter(torch.cat([self.pos_embed.detach()[:, :1], patches], 1))
