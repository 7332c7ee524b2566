"""Decoding that no file can crash the program with.

libheif, dav1d, LibRaw, libtiff and libwebp are large C and C++ libraries with a record of memory errors that a file
can provoke: they unpack in processes of their own, which may die. JPEG, PNG, GIF and BMP stay in the process: their
decoders are small, old and the most attacked of all, took every damaged file of tests/faults/fuzz_decoding.py
without a crash, and most folders hold nothing else. What the detour costs says tests/benchmarks/bench_decoder.py.
"""

import atexit
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import HelperProcessDied
from shoal.domain.images import DecodedImage, RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.decoding import decode_image, decode_preview
from shoal.imaging.file_formats import recognise
from shoal.imaging.limits import DecodeLimits, NotToday
from shoal.imaging.picture_kinds import PICTURE_KINDS
from shoal.processes.helper_pool import HelperPool, TookTooLong
from shoal.processes.maths_environment import usable_cores

T = TypeVar("T")
MOST_SECONDS: Final = 120.0
_BYTES_PER_SECOND: Final = 250_000
"""So slow may unpacking be on a machine with a lot to do, beyond `MOST_SECONDS` for any file."""
_BESIDE_THE_PICTURE: Final = 512 << 20
"""What a decoding process needs besides the unpacked picture: the interpreter, libraries, the file, small copies."""

FileBytes = NDArray[np.uint8]
"""A whole file. As an array it crosses to another process without being copied into a pickle."""


class Decode(Protocol):
    """How a picture is looked at: as `decode_image`, and may be cancelled."""

    def __call__(
        self,
        data: bytes,
        suffix: str,
        geometry: InputGeometry,
        limits: DecodeLimits,
        task: Task,
        orientation: int | None = None,
    ) -> DecodedImage: ...


Preview = Callable[[bytes, str, int], RgbImage]
"""A file, its suffix, and how long the longer side may be: as `decode_preview`."""


def preview_safely(data: bytes, suffix: str, longest_side: int) -> RgbImage:
    """For whoever is not given a decoder: with one that all of those share, and the usual limits."""
    return _shared_decoder().preview(data, suffix, longest_side, DecodeLimits())


def decode_safely(
    data: bytes,
    suffix: str,
    geometry: InputGeometry,
    limits: DecodeLimits,
    task: Task,
    orientation: int | None = None,
) -> DecodedImage:
    """As `preview_safely`."""
    return _shared_decoder().image(data, suffix, geometry, limits, task, orientation)


@cache
def _shared_decoder() -> "PictureDecoder":
    decoder = PictureDecoder(usable_cores())
    atexit.register(decoder.close)
    return decoder


def decode_over_there(
    data: FileBytes,
    suffix: str,
    geometry: InputGeometry,
    limits: DecodeLimits,
    orientation: int | None,
    _task: Task,
) -> DecodedImage:
    """Runs in a helper process."""
    limit_memory(limits)
    return decode_image(data.tobytes(), suffix, geometry, limits, orientation)


def preview_over_there(
    data: FileBytes, suffix: str, longest_side: int, limits: DecodeLimits, orientation: int | None, _task: Task
) -> RgbImage:
    """Runs in a helper process."""
    limit_memory(limits)
    return decode_preview(data.tobytes(), suffix, longest_side, limits, orientation)


class PictureDecoder:
    """Any thread may call it. `count` processes at most; none starts before the first file that needs one.

    `decode` and `unpack` are what they do with a file, importable functions.
    """

    def __init__(
        self,
        count: int,
        decode: Callable[..., DecodedImage] = decode_over_there,
        unpack: Callable[..., RgbImage] = preview_over_there,
    ) -> None:
        self._pool = HelperPool("decoder", count, MOST_SECONDS)
        self._decode, self._unpack = decode, unpack

    def image(
        self,
        data: bytes,
        suffix: str,
        geometry: InputGeometry,
        limits: DecodeLimits,
        task: Task,
        orientation: int | None = None,
    ) -> DecodedImage:
        """As `decode_image`."""
        if _may_be_unpacked_here(data, suffix):
            return decode_image(data, suffix, geometry, limits, orientation)
        more = more_seconds(len(data))
        arguments = suffix, geometry, limits, orientation
        with _DeathIsOneFile(MOST_SECONDS + more):
            return self._pool.call(self._decode, _as_array(data), *arguments, task=task, more_seconds=more)

    def preview(
        self, data: bytes, suffix: str, longest_side: int, limits: DecodeLimits, orientation: int | None = None
    ) -> RgbImage:
        """As `decode_preview`."""
        if _may_be_unpacked_here(data, suffix):
            return decode_preview(data, suffix, longest_side, limits, orientation)
        more = more_seconds(len(data))
        arguments = suffix, longest_side, limits, orientation
        with _DeathIsOneFile(MOST_SECONDS + more):
            return self._pool.call(self._unpack, _as_array(data), *arguments, task=Task(), more_seconds=more)

    def ask(self, decode: Callable[..., T], path: Path, *arguments: object) -> T:
        """What another function makes of a file: it runs over there, whatever the kind, and reads the file there."""
        more = more_seconds(path.stat().st_size) if path.is_file() else 0.0
        with _DeathIsOneFile(MOST_SECONDS + more):
            return self._pool.call(decode, path, *arguments, task=Task(), more_seconds=more)

    def preview_within(self, limits: DecodeLimits) -> Preview:
        """`preview` with these limits, for whoever need not know of any."""
        return lambda data, suffix, longest_side: self.preview(data, suffix, longest_side, limits)

    def close(self) -> None:
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


class _DeathIsOneFile:
    """The death of a decoder in this block makes the file unreadable, and nothing else."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None: ...

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, TookTooLong):
            raise NotToday(
                Sentence("decoding it took longer than {seconds} seconds", seconds=f"{self._seconds:.0f}")
            ) from error
        if isinstance(error, HelperProcessDied):
            raise NotToday(Sentence("its decoder crashed on it, twice")) from error


def _may_be_unpacked_here(data: bytes, suffix: str) -> bool:
    """Also what is no picture at all, for nothing will be unpacked."""
    format = recognise(data, suffix)
    kind = PICTURE_KINDS.named(format or "")
    return format is None or (kind is not None and kind.safe_here)


def more_seconds(bytes_: int) -> float:
    """Large files may take longer: a picture of 200 megapixels has some 30 million bytes."""
    return bytes_ / _BYTES_PER_SECOND


def _as_array(data: bytes) -> FileBytes:
    return np.frombuffer(data, np.uint8)


def limit_memory(limits: DecodeLimits) -> None:
    """So that a file which unpacks to more than it said ends in an error, not in a machine without memory."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # does not exist on Windows

        most = limits.max_memory_bytes + limits.max_file_bytes + _BESIDE_THE_PICTURE
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
