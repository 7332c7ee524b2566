"""Sorts folders of pictures by what is in them. In Python: `shoal.embed(paths)`, `shoal.search(folder, "dogs")`."""

import os
from typing import TYPE_CHECKING

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""onnxruntime (1.29 and later) reports what it runs to its makers, unless told so before it is first loaded; children
inherit it."""

if TYPE_CHECKING:
    from shoal.command_line.library import embed, search

__all__ = ["embed", "search"]


def __getattr__(name: str) -> object:
    """`import shoal` stays instant: what stands behind a name is loaded when the name is used."""
    if name in __all__:
        from shoal.command_line import library

        return getattr(library, name)
    raise AttributeError(f"module 'shoal' has no attribute {name!r}")
