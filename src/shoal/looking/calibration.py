"""Some of the user's pictures, for fitting a network to them, and some of the program's own."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from shoal.domain.errors import FolderNotReadable
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.imaging.decoding import decode_image
from shoal.imaging.fingerprint import read_image_file
from shoal.imaging.folder_scan import scan_folders
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.looking.picture_decoder import Decode

if TYPE_CHECKING:
    from shoal.samples.demo_pictures import SamplePicture

OWN_SIZE = (320, 240)
TRIED_FOR_EACH = 4
"""How many files are tried, at most, for each picture that is wanted."""


def draw_pictures(
    roots: Sequence[Path], decode: Decode, limits: DecodeLimits, task: Task, geometry: InputGeometry, count: int
) -> list[RgbImage]:
    """Up to `count` readable pictures from all over `roots`, the same for the same files. Raises `Cancelled`."""
    try:
        images = scan_folders(roots, task).images
    except FolderNotReadable:
        return []  # whoever works on the folder next says so
    order = np.random.default_rng(0).permutation(len(images))[: TRIED_FOR_EACH * count]
    pictures: list[RgbImage] = []
    for pixels in _readable([images[place].path for place in order], decode, limits, task, geometry):
        pictures.append(pixels)
        if len(pictures) == count:
            break
    return pictures


def own_pictures(geometry: InputGeometry, count: int) -> list[RgbImage]:
    """Drawn now, the same on every computer."""
    from shoal.samples.demo_pictures import sample_pictures  # noqa: PLC0415 - the window must not wait for it

    every = sample_pictures()
    return [_own(picture, geometry) for picture in every[:: len(every) // count][:count]]


def _own(picture: "SamplePicture", geometry: InputGeometry) -> RgbImage:
    from shoal.samples.demo_pictures import render  # noqa: PLC0415 - as above

    file = io.BytesIO()
    Image.fromarray(render(picture.kind, picture.view, size=OWN_SIZE)).save(file, "PNG")
    return decode_image(file.getvalue(), ".png", geometry).pixels


def _readable(
    paths: Sequence[Path], decode: Decode, limits: DecodeLimits, task: Task, geometry: InputGeometry
) -> Iterator[RgbImage]:
    for path in paths:
        task.check()
        try:
            yield decode(read_image_file(path, limits), path.suffix, geometry, limits, task).pixels
        except UnreadableImage:
            continue
