"""Parts of very large pictures, decoded in the decoder process. JPEGs by Qt's decoder, which keeps single lines only.

Measured on 20,000 x 10,000 pixels, the last tenth of them: 63 MB and 1.6 s, where Pillow takes 1.4 GB and 1.3 s.
"""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from shoal.domain.images import RgbImage
from shoal.domain.task import Task
from shoal.imaging.fingerprint import read_image_file
from shoal.imaging.limits import DecodeLimits
from shoal.imaging.picture_parts import decode_part
from shoal.imaging.sizes import Box
from shoal.looking.picture_decoder import limit_memory

_MEGABYTE: Final = 1 << 20


def part_over_there(path: Path, box: Box, limits: DecodeLimits, orientation: int | None, _task: Task) -> RgbImage:
    """A `DecodePart`, for a helper process."""
    from PySide6.QtGui import QImageReader  # noqa: PLC0415 - not in the window's process, where one thread makes types

    limit_memory(limits)
    QImageReader.setAllocationLimit(limits.max_memory_bytes // _MEGABYTE)  # progressive ones are unpacked in memory
    return decode_part(read_image_file(path, limits), path.suffix, box, limits, orientation, jpeg_part)


def jpeg_part(data: bytes, box: Box) -> Image.Image | None:
    """An `UnpackJpeg`."""
    from PySide6.QtCore import QBuffer, QByteArray, QRect  # noqa: PLC0415 - as above
    from PySide6.QtGui import QImage, QImageReader  # noqa: PLC0415

    held = QByteArray(data)
    buffer = QBuffer(held)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    left, top, right, bottom = box
    reader.setClipRect(QRect(left, top, right - left, bottom - top))
    read = reader.read()
    if read.isNull() or (read.width(), read.height()) != (right - left, bottom - top):
        return None
    grey = read.format() == QImage.Format.Format_Grayscale8
    plain = read if grey else read.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    if grey:
        return Image.fromarray(np.ascontiguousarray(lines[:, : plain.width()]))
    rows = lines[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3)
    return Image.fromarray(np.ascontiguousarray(rows))
