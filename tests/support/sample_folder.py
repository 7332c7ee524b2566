"""A folder of small pictures that the program drew itself, for tests that need real ones."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from tests.support.untouched import watch

from shoal.samples.demo_pictures import render

SMALL = (120, 90)


def make_folder(folder: Path, kinds: tuple[str, ...], views: range) -> Path:
    """One sub-folder per kind, one JPEG per view."""
    for kind in kinds:
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for view in views:
            (folder / kind / f"{kind}-{view}.jpg").write_bytes(_drawn(kind, view))
    return watch(folder)


@cache
def _drawn(kind: str, view: int) -> bytes:
    stream = BytesIO()
    Image.fromarray(render(kind, view, size=SMALL)).save(stream, "JPEG")
    return stream.getvalue()
