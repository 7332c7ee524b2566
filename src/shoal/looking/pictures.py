"""Pictures to be shown: small ones from the cache, or made when they are looked at; large ones from the file."""

from collections.abc import Callable
from pathlib import Path

from shoal.domain.images import ContentHash, ImageRecord, RgbImage
from shoal.domain.task import Task
from shoal.imaging.decoding import quick_thumbnail
from shoal.imaging.fingerprint import read_beginning, read_image_file
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.sizes import Box, encode_thumbnail
from shoal.looking.picture_decoder import PictureDecoder
from shoal.looking.region_pictures import cut_out, side_for
from shoal.looking.sidecar_turns import stated_orientation
from shoal.looking.snapshot import Entry
from shoal.store.thumbnail_cache import ThumbnailCache

THUMBNAIL = 256
HEAD_BYTES = 2 * 65536
"""EXIF data take up to 64 KiB, and stand at the very beginning. A card reader needs a tenth of a second for 4 MB."""


DecodePart = Callable[[Path, Box, DecodeLimits, int | None, Task], RgbImage]
"""A file, a part of the upright picture, what is too much, and what a sidecar says of the direction."""


class Pictures:
    """For pool threads. Unpacks where it can do no harm."""

    def __init__(self, thumbnails: ThumbnailCache, decoder: PictureDecoder, limits: DecodeLimits) -> None:
        self._thumbnails, self._decoder, self._limits = thumbnails, decoder, limits

    def thumbnail(self, entry: Entry) -> bytes | RgbImage | None:
        """A JPEG from the cache, or pixels decoded just now; None for what cannot be read."""
        if isinstance(entry, ImageRecord):
            cached = self._thumbnails.get(entry.content_hash)
            if cached is not None:
                return cached
        try:
            if isinstance(entry, ImageRecord) and entry.region:
                return self._preview(entry, THUMBNAIL)
            quick = quick_thumbnail(read_beginning(entry.path, HEAD_BYTES), entry.path.suffix)
            return self._preview(entry, THUMBNAIL) if quick is None else quick
        except UnreadableImage:
            return None

    def thumbnail_of(self, content: ContentHash) -> bytes | None:
        """The JPEG that was made when a picture of these contents was looked at, or a part of one."""
        return self._thumbnails.get(content)

    def small(self, record: ImageRecord) -> RgbImage | None:
        """The same as pixels, or decoded now; None if it cannot be read."""
        cached = self._thumbnails.get(record.content_hash)
        try:
            if cached is None:
                return self._preview(record, THUMBNAIL)
            return self._decoder.preview(cached, ".jpg", THUMBNAIL, self._limits)
        except UnreadableImage:
            return None

    def small_jpeg(self, record: ImageRecord) -> bytes | None:
        """Decoded and encoded now, for a picture whose thumbnail was thrown out; None if it cannot be read."""
        try:
            return encode_thumbnail(self._preview(record, THUMBNAIL))
        except UnreadableImage:
            return None

    def preview(self, entry: Entry, longest_side: int) -> RgbImage | None:
        """The picture itself, as large as that and upright; None if it cannot be read."""
        try:
            return self._preview(entry, longest_side)
        except UnreadableImage:
            return None

    def part(self, record: ImageRecord, box: Box, decode: DecodePart) -> RgbImage | None:
        """All pixels of a part of the upright picture; None if it cannot be read. `decode` runs where it can crash."""
        turn = stated_orientation(record.path, record.companions)
        try:
            return self._decoder.ask(decode, record.path, box, self._limits, turn)
        except UnreadableImage:
            return None

    def _preview(self, entry: Entry, longest_side: int) -> RgbImage:
        """Of a part of a picture that part."""
        data, suffix = read_image_file(entry.path, self._limits), entry.path.suffix
        turn = stated_orientation(entry.path, entry.companions)
        if not isinstance(entry, ImageRecord):
            return self._decoder.preview(data, suffix, longest_side, self._limits, turn)
        return cut_out(self._decoder.preview(data, suffix, side_for(entry, longest_side), self._limits, turn), entry)
