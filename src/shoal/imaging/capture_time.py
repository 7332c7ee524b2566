"""When a picture was taken, out of all that its file and its sidecar say; they seldom say the same.

The moment of exposure counts before that of scanning, and this before that of the last change, as the Metadata
Working Group has it (Guidelines for Handling Image Metadata 2.0, section 5): EXIF DateTimeOriginal; XMP
exif:DateTimeOriginal and photoshop:DateCreated; IPTC 2:55 and 2:60; DateTimeDigitized, xmp:CreateDate and the Creation
Time of a PNG; and only where there is nothing else EXIF DateTime, which every program that saves a picture sets anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shoal.domain.capture_time import capture_time, completed
from shoal.imaging.iptc_records import iptc_records
from shoal.imaging.tiff_tags import TiffTags
from shoal.imaging.xmp_packets import Embedded
from shoal.imaging.xmp_properties import EXIF, PHOTOSHOP, XMP, properties

_DETAILS: Final = 0x8769  # where EXIF keeps the moment: ExifIFDPointer
_ORIGINAL, _DIGITIZED, _CHANGED = (0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012), (0x0132, 0x9290, 0x9010)
"""In EXIF: a moment, the fraction of its second, and its offset from UTC."""
_CREATED, _SCANNED = (55, 60), (62, 63)
"""In IPTC: a day, and the hour."""
_XMP_ORIGINAL: Final = (f"{EXIF} DateTimeOriginal", f"{PHOTOSHOP} DateCreated")
_XMP_MADE: Final = (f"{EXIF} DateTimeDigitized", f"{XMP} CreateDate")


@dataclass(frozen=True, slots=True)
class SidecarTime:
    """`taken`: when the picture was, as somebody edited it; `made`: when its file was, which may be a scan's."""

    taken: str | None = None
    made: str | None = None


def time_in_sidecar(packet: bytes) -> SidecarTime:
    """Nothing for what is no XMP."""
    texts = properties(packet, (*_XMP_ORIGINAL, *_XMP_MADE))
    return SidecarTime(next(_xmp_times(texts, _XMP_ORIGINAL), None), next(_xmp_times(texts, _XMP_MADE), None))


def time_in(embedded: Embedded, sidecar: SidecarTime | None = None) -> str | None:
    """By the order above, each time the sidecar first. Of a day alone, what comes after it may know the hour, and of
    a second its fraction."""
    told = _told(embedded, sidecar or SidecarTime())
    first = next(told, None)
    if first is None:
        return next(_exif_times(embedded.exif, _CHANGED), None)
    return completed(first, told)


def _told(embedded: Embedded, sidecar: SidecarTime) -> Iterator[str]:
    if sidecar.taken:
        yield sidecar.taken
    yield from _exif_times(embedded.exif, _ORIGINAL)
    packet = properties(embedded.packet, (*_XMP_ORIGINAL, *_XMP_MADE)) if embedded.packet else {}
    yield from _xmp_times(packet, _XMP_ORIGINAL)
    yield from _iptc_times(embedded.iptc, _CREATED)
    if sidecar.made:
        yield sidecar.made
    yield from _exif_times(embedded.exif, _DIGITIZED)
    yield from _iptc_times(embedded.iptc, _SCANNED)
    yield from _xmp_times(packet, _XMP_MADE)
    yield from _told_in_words(embedded.created)


def _exif_times(exif: Sequence[TiffTags], tags: tuple[int, int, int]) -> Iterator[str]:
    """In the folder of details, where EXIF has them, or in the main one, as in files of Canon and of TIFF/EP."""
    for main in exif:
        folders = [folder for folder in (main.folder(_DETAILS), main) if folder]
        moment, fraction, offset = (
            next((text for folder in folders if (text := folder.text(tag))), "") for tag in tags
        )
        taken = capture_time(moment, fraction, offset)
        if taken:
            yield taken


def _xmp_times(packet: Mapping[str, str], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        taken = capture_time(packet.get(name, ""))
        if taken:
            yield taken


def _told_in_words(created: str) -> Iterator[str]:
    """`Fri, 31 May 2024 14:03:59 +0200`, as PNG recommends it, or as programs that take screenshots write it."""
    from email.utils import parsedate_tz  # costs the start of the window more than PNG's few such texts

    try:
        parts = parsedate_tz(created)
    except (ValueError, IndexError, TypeError):
        parts = None
    numbers = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*parts[:6]) if parts else created
    ahead = parts[9] if parts else None
    hours, minutes = divmod(abs(ahead or 0) // 60, 60)
    offset = "" if ahead is None else f"{'-' if ahead < 0 else '+'}{hours:02}:{minutes:02}"
    taken = capture_time(numbers, offset=offset)
    if taken:
        yield taken


def _iptc_times(block: bytes, datasets: tuple[int, int]) -> Iterator[str]:
    """20240531 and 140359+0200."""
    day, clock = (_first_record(block, dataset).replace(":", "") for dataset in datasets)
    day = day.replace("-", "")
    hour = f" {clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:]}" if clock else ""
    taken = capture_time(f"{day[:4]}-{day[4:6]}-{day[6:8]}{hour}")
    if taken:
        yield taken


def _first_record(block: bytes, number: int) -> str:
    values = (value for record, dataset, value in iptc_records(block) if (record, dataset) == (2, number))
    return next(values, b"").decode("ascii", "replace")
