"""HEIC and HEIF: by libheif, and where that does not reach, by what the boxes say.

Large pictures of cameras are grids of tiles. Those are unpacked one by one, several at once, and shrunk as they come:
a picture of 200 megapixels never stands in memory as a whole. Of a sequence without a still picture the first is shown,
and pictures that are not packed at all (ISO/IEC 23001-17) are read here.
"""

import io
import os
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

import numpy as np
from PIL import Image, ImageFile
from pillow_heif.as_plugin import HeifImageFile

from shoal.imaging.heif_boxes import HeifBoxes, Item, Property, boxes, heif_file
from shoal.imaging.limits import not_readable_kind
from shoal.imaging.sizes import Box, Wanted, before_turn

_FOR_TILES: Final = (b"hvcC", b"ispe", b"colr", b"pixi")
_MOST_TILES: Final = 16_384
_LARGEST_TILE: Final = 16 << 20
_MOST_THREADS: Final = 4
_OTHER_CODECS: Final = {b"avc1": "H.264", b"vvc1": "H.266", b"evc1": "EVC", b"j2k1": "JPEG 2000", b"av01": "AV1"}
_TURNS: Final = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
_MIRRORS: Final = {0: Image.Transpose.FLIP_TOP_BOTTOM, 1: Image.Transpose.FLIP_LEFT_RIGHT}


def open_heif(file: io.BytesIO) -> ImageFile.ImageFile:
    """Raises `UnreadableImage` for codecs that nobody here knows."""
    data = file.getvalue()
    try:
        boxes = HeifBoxes(data)
        primary = boxes.primary
        kind = boxes.kinds[primary]
    except (ValueError, KeyError, IndexError, struct.error):
        # No still picture inside: of a film the first one is shown, written anew as a still.
        still = first_of_sequence(data)
        return _by_libheif(io.BytesIO(data if still is None else still))
    if kind in _OTHER_CODECS:
        raise not_readable_kind("HEIF", _OTHER_CODECS[kind])
    if kind == b"unci":
        return UnpackedHeif(boxes)
    grid = _grid_of(boxes)
    return _by_libheif(file) if grid is None else TiledHeif(file, grid)


def _by_libheif(file: io.BytesIO) -> ImageFile.ImageFile:
    return HeifImageFile(file)  # type: ignore[no-untyped-call]


class Grid:
    """The tiles of a picture, row by row; `properties`: what is to be done with it as a whole."""

    def __init__(self, boxes: HeifBoxes, tiles: list[int], columns: int, size: tuple[int, int]) -> None:
        self.found, self.tiles, self.columns, self.size = boxes, tiles, columns, size
        self.properties = boxes.properties(boxes.primary)
        self.tile_size = boxes.size_of(tiles[0]) or (0, 0)

    def tile(self, number: int, factor: int) -> Image.Image:
        """Shrunk by `factor`."""
        item = self.tiles[number]
        properties = [property_ for property_ in self.found.properties(item) if property_[0] in _FOR_TILES]
        # Cameras say once, of the grid, how colours are coded; a tile alone would be unpacked by another matrix.
        if all(kind != b"colr" for kind, _ in properties):
            properties += [property_ for property_ in self.properties if property_[0] == b"colr"]
        # As a file of its own, for pillow-heif offers no single tile: whole, all of them would stand at full size.
        file = _by_libheif(io.BytesIO(heif_file([Item(b"hvc1", self.found.content(item), properties)])))
        if file.size != self.tile_size:
            raise ValueError("a tile of another size")
        file.load()
        return (file.reduce(factor) if factor > 1 else file).convert("RGB")


def _grid_of(boxes: HeifBoxes) -> Grid | None:
    """None for what libheif had better do: other pictures than a camera's grid."""
    try:
        item = boxes.primary
        tiles, about = boxes.references.get((b"dimg", item), []), boxes.content(item)
        if boxes.kinds[item] != b"grid" or len(about) < 8 or any(boxes.kinds[tile] != b"hvc1" for tile in tiles):
            return None
        rows, columns = about[2] + 1, about[3] + 1
        size = struct.unpack_from(">II" if about[1] & 1 else ">HH", about, 4)
        grid = Grid(boxes, tiles, columns, size)
        # A cut, a size that is not the grid's, transparency: rare, and libheif does all of it.
        is_odd = any(kind == b"clap" for kind, _ in grid.properties) or boxes.size_of(item) != size
        extra = any(
            kind == b"auxl" and item in to and _is_alpha(boxes, of) for (kind, of), to in boxes.references.items()
        )
    except (ValueError, KeyError, IndexError, struct.error):
        return None
    wide, high = grid.tile_size
    fits = len(tiles) == rows * columns <= _MOST_TILES and 0 < wide * high <= _LARGEST_TILE
    return grid if fits and not is_odd and not extra and wide * columns >= size[0] and high * rows >= size[1] else None


def _is_alpha(boxes: HeifBoxes, item: int) -> bool:
    said = boxes.property_of(item, b"auxC") or b""
    return b"alpha" in said or b"auxid:1" in said


class TiledHeif(HeifImageFile):
    """libheif tells of it; its pixels come from the tiles."""

    def __init__(self, file: io.BytesIO, grid: Grid) -> None:
        self._grid, self._factor, self._assembled, self._by_libheif = grid, 1, False, False
        super().__init__(file)  # type: ignore[no-untyped-call]

    def draft(self, mode: str | None, size: tuple[int, int] | None) -> Any:
        """Take the small copy in the file, if there is one that is large enough."""
        taken = super().draft(mode, size)
        self._by_libheif = taken is not None
        return taken

    def shrink(self, wanted: Wanted) -> None:
        """To no less than `wanted`, while it is unpacked."""
        # Averages of blocks are less sharp than the resampling that follows: it is left half as much again to do.
        most = wanted.factor(*self.size) * 2 // 3
        wide, high = self._grid.tile_size
        # Only what divides the tile: otherwise blocks would reach across the seam and a line be seen there.
        even = [step for step in (2, 4, 8, 16) if step <= most and not (wide % step or high % step)]
        self._factor = max([1, *even])
        width, height = self.size
        self._size = -(-width // self._factor), -(-height // self._factor)

    def load(self) -> Any:
        if self._by_libheif:
            return super().load()  # type: ignore[no-untyped-call]
        if not self._assembled:
            image = self._put_together()
            self._mode, self._size, self.im, self._assembled = image.mode, image.size, image.im, True
            # The whole file is held by it as well; from here on nobody asks for it.
            self._heif_file = None
        return Image.Image.load(self)

    def unpacked_part(self, part: Box) -> Image.Image:
        """At full size, from the tiles that it touches; `part` of the picture as it is shown."""
        grid = self._grid
        left, top, right, bottom = _before_transformed(part, grid.properties, grid.size)
        wide, high = grid.tile_size
        columns = range(left // wide, -(-right // wide))
        rows = range(top // high, -(-bottom // high))
        canvas = Image.new("RGB", (right - left, bottom - top))
        places = [(row * grid.columns + column, (column * wide - left, row * high - top))
                  for row in rows for column in columns]  # fmt: skip
        with ThreadPoolExecutor(_threads()) as pool:
            tiles = pool.map(partial(grid.tile, factor=1), [number for number, _place in places])
            for tile, (_number, place) in zip(tiles, places, strict=True):
                canvas.paste(tile, place)
        return _transformed(canvas, grid.properties)

    def _put_together(self) -> Image.Image:
        grid, factor = self._grid, self._factor
        wide, high = (side // factor for side in grid.tile_size)
        canvas = Image.new("RGB", (-(-grid.size[0] // factor), -(-grid.size[1] // factor)))
        with ThreadPoolExecutor(_threads()) as pool:
            for number, tile in enumerate(pool.map(partial(grid.tile, factor=factor), range(len(grid.tiles)))):
                row, column = divmod(number, grid.columns)
                canvas.paste(tile, (column * wide, row * high))
        return _transformed(canvas, grid.properties)


def _threads() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST_THREADS, cores)


def _transformed(image: Image.Image, properties: list[Property]) -> Image.Image:
    """Turned and mirrored in the order in which it is written."""
    for method in _methods(properties):
        image = image.transpose(method)
    return image


def _methods(properties: list[Property]) -> list[Image.Transpose]:
    said = (
        {b"irot": _TURNS, b"imir": _MIRRORS}.get(kind, {}).get(content[0] & 3 if content else 0)
        for kind, content in properties
    )
    return [method for method in said if method is not None]


def _before_transformed(part: Box, properties: list[Property], size: tuple[int, int]) -> Box:
    """Where a part of the picture as it is shown is in the one that is stored, which has that size."""
    methods, sizes = _methods(properties), [size]
    for method in methods:
        on_its_side = method in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
        sizes.append(sizes[-1][::-1] if on_its_side else sizes[-1])
    for method, before in zip(reversed(methods), reversed(sizes[:-1]), strict=True):
        part = before_turn(part, method, before)
    return part


class UnpackedHeif(ImageFile.ImageFile):
    """Pixels as they are, of 8 bits and 1 to 4 channels, in planes or one pixel after the other, in tiles or not."""

    format = "HEIF"

    def __init__(self, boxes: HeifBoxes) -> None:
        self._found, self._unpacked = boxes, False
        super().__init__(io.BytesIO())

    def _open(self) -> None:
        item = self._found.primary
        size = self._found.size_of(item)
        about = self._found.property_of(item, b"uncC")
        if size is None or about is None:
            raise not_readable_kind("HEIF", "uncompressed, without a description")
        self._size, self._mode = size, "RGB"
        self._layout = _Layout(about, self._found.property_of(item, b"cmpd") or b"")

    def load(self) -> Any:
        if not self._unpacked:
            pixels = self._layout.pixels(self._found.content(self._found.primary), *self.size)
            image = _transformed(pixels, self._found.properties(self._found.primary))
            self._mode, self._size, self.im, self._unpacked = image.mode, image.size, image.im, True
        return Image.Image.load(self)


class _Layout:
    """The box uncC. Raises `UnreadableImage` for what is not read."""

    _NAMES: Final = {0: "L", 4: "R", 5: "G", 6: "B", 7: "A"}
    _PROFILES: Final = {b"rgb3": (4, 5, 6), b"rgba": (4, 5, 6, 7), b"abgr": (7, 6, 5, 4)}

    def __init__(self, about: bytes, components: bytes) -> None:
        profile = about[4:8]
        self.across = self.down = 1
        self.interleave = 1
        if about[0] == 1:
            self.kinds = list(self._PROFILES.get(profile, ()))
        else:
            types = [kind for (kind,) in struct.iter_unpack(">H", components[4 : len(components) // 2 * 2])]
            (count,) = struct.unpack_from(">I", about, 8)
            entries = [struct.unpack_from(">HBBB", about, 12 + 5 * n) for n in range(min(count, 16))]
            self.kinds = [types[index] if index < len(types) else 99 for index, *_ in entries]
            at = 12 + 5 * count
            sampling, self.interleave, block = struct.unpack_from(">BBB", about, at)
            row_align, tile_align = struct.unpack_from(">II", about, at + 8)
            self.across, self.down = (n + 1 for n in struct.unpack_from(">II", about, at + 16))
            odd = sampling or block or row_align or tile_align or self.interleave > 1
            if odd or any(entry[1] != 7 or entry[2] or entry[3] for entry in entries):
                raise not_readable_kind("HEIF", "uncompressed, laid out in a way of its own")
        names = "".join(self._NAMES.get(kind, "?") for kind in self.kinds)
        if "".join(sorted(names)) not in ("L", "BGR", "ABGR", "AL"):
            raise not_readable_kind("HEIF", "uncompressed, other colours than RGB")
        self.names = names

    def pixels(self, content: bytes, width: int, height: int) -> Image.Image:
        count, wide, high = len(self.names), width // self.across, height // self.down
        values = np.frombuffer(content, np.uint8, width * height * count)
        by_tile = (self.down, self.across)
        if self.interleave:
            shaped = values.reshape(*by_tile, high, wide, count).transpose(0, 2, 1, 3, 4)
        else:
            shaped = values.reshape(*by_tile, count, high, wide).transpose(0, 3, 1, 4, 2)
        seen = shaped.reshape(height, width, count)
        mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[count]
        order = [self.names.index(name) for name in mode]
        return Image.frombytes(mode, (width, height), np.ascontiguousarray(seen[..., order]).tobytes())


def first_of_sequence(data: bytes) -> bytes | None:
    """The first picture of a file that is a film, as a still one; None if it is none, or of another codec."""
    try:
        said = dict(_described(data))
        (start,), (length,) = (said[b"place"], said[b"length"])
        sample, entry = data[start : start + length], said[b"hvc1"]
    except (KeyError, ValueError, struct.error):
        return None
    width, height = struct.unpack_from(">HH", entry, 24)
    config = next((entry[begin:end] for kind, begin, end in boxes(entry, 78) if kind == b"hvcC"), None)
    if config is None or not sample:
        return None
    return heif_file([Item(b"hvc1", sample, [(b"hvcC", config), (b"ispe", struct.pack(">III", 0, width, height))])])


_INSIDE: Final = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


def _described(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, Any]]:
    """Of the first track: the entry of its codec, and the place and the length of its first sample."""
    for kind, begin, stop in boxes(data, start, end):
        if kind in _INSIDE:
            yield from _described(data, begin, stop)
            if kind == b"trak":
                return
        elif kind == b"stsd":
            for name, inner, last in boxes(data, begin + 8, stop):
                yield (b"hvc1" if name in (b"hvc1", b"hev1") else name), data[inner:last]
                break
        elif kind == b"stsz":
            (same,) = struct.unpack_from(">I", data, begin + 4)
            yield b"length", (same,) if same else struct.unpack_from(">I", data, begin + 12)
        elif kind in (b"stco", b"co64"):
            yield b"place", struct.unpack_from(">I" if kind == b"stco" else ">Q", data, begin + 8)
