"""Cutting objects out of pictures, to be files of their own."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from shoal.domain.crops import Crop, read_crop
from shoal.domain.export_plan import Action, SourceFile
from shoal.domain.images import FileStamp, RgbImage
from shoal.domain.sentence import Sentence, reason_of
from shoal.domain.task import Task
from shoal.exports.disk import RealDisk
from shoal.files.safe_files import SourceTrouble, hash_bytes, read_file
from shoal.imaging.fingerprint import read_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.looking.picture_decoder import Preview, preview_safely

_QUALITY = 92


class Cutter:
    """Keeps the picture that was decoded last: the objects of one picture follow each other."""

    def __init__(self, preview: Preview = preview_safely) -> None:
        self._preview = preview
        self._decoded: tuple[Path, Crop, RgbImage] | None = None

    def jpeg(self, picture: Path, order: bytes) -> bytes:
        """The crop that `order` describes, equal in every byte each time. Raises SourceTrouble with a reason."""
        return self.cut(picture, read_crop(order))

    def cut(self, picture: Path, crop: Crop) -> bytes:
        """As `jpeg`."""
        pixels = self._pixels(picture, crop)
        height, width, _ = pixels.shape
        across, down = width / crop.width, height / crop.height
        rows = slice(round(crop.top * down), max(round(crop.top * down) + 1, round(crop.bottom * down)))
        columns = slice(round(crop.left * across), max(round(crop.left * across) + 1, round(crop.right * across)))
        buffer = io.BytesIO()
        part = Image.fromarray(np.ascontiguousarray(pixels[rows, columns]))
        part.save(buffer, "JPEG", quality=_QUALITY, subsampling="4:4:4")
        return buffer.getvalue()

    def _pixels(self, picture: Path, crop: Crop) -> RgbImage:
        if self._decoded is not None:
            path, last, pixels = self._decoded
            if (path, last.picture) == (picture, crop.picture):
                return pixels
        self._decoded = None  # before the next is decoded: two large pictures need not fit into the memory
        try:
            data = read_image_file(picture)
            if hash_bytes(data) != crop.picture:
                raise SourceTrouble(Sentence("it has changed since it was looked at"))
            pixels = self._preview(data, picture.suffix, max(crop.width, crop.height))
        except UnreadableImage as error:
            raise SourceTrouble(reason_of(error)) from error
        self._decoded = picture, crop, pixels
        return pixels


class CropDisk(RealDisk):
    """Knows the crops that an earlier export wrote: they are cut again, and compared."""

    def __init__(self, preview: Preview, task: Task) -> None:
        """`task` may be cancelled while a plan is made: each question looks."""
        self._cutter, self._task = Cutter(preview), task

    def find(self, path: Path) -> tuple[Path, FileStamp] | None:
        self._task.check()
        return super().find(path)

    def is_exported(self, source: SourceFile, target: Path, action: Action) -> bool:
        if source.crop is None:
            return super().is_exported(source, target, action)
        try:
            inside = self._cutter.cut(source.path, source.crop)
            return read_file(target, len(inside)) == inside
        except SourceTrouble:
            return False
