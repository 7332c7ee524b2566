"""When a picture was taken: whose word counts, in every format, and what no word makes of it."""

import io
import random
import struct
import zlib

import pillow_heif
import pytest
from tests.imaging.test_decoding import CROP
from tests.support.picture_files import digital_negative, rendered, saved, tiff
from tests.support.written_facts import (
    CHANGED,
    CHANGED_FRACTION,
    CHANGED_OFFSET,
    DETAILS,
    DIGITIZED,
    DIGITIZED_FRACTION,
    DIGITIZED_OFFSET,
    FOLDER,
    LONG,
    MODEL,
    ORIENTATION,
    ORIGINAL,
    ORIGINAL_FRACTION,
    ORIGINAL_OFFSET,
    exif,
    folder,
    gif_with,
    international_text,
    iptc,
    jpeg_with,
    png_with,
    raw_profile,
    resources,
    xmp,
)

from shoal.domain.capture_time import seconds
from shoal.domain.images import ImageFacts
from shoal.imaging.capture_time import SidecarTime, time_in, time_in_sidecar
from shoal.imaging.decoding import decode_image
from shoal.imaging.xmp_packets import embedded_in

JPEG = saved(rendered(), "JPEG")
PNG = saved(rendered(), "PNG")
FULL = "2024-05-31T14:03:59.07+02:00"
FULL_EXIF = {ORIGINAL: "2024:05:31 14:03:59", ORIGINAL_FRACTION: "07", ORIGINAL_OFFSET: "+02:00"}


def facts(data: bytes, suffix: str = "") -> ImageFacts:
    return decode_image(data, suffix, CROP).facts


def taken(data: bytes, suffix: str = "") -> str | None:
    return facts(data, suffix).taken


def test_the_order_of_truth():
    """Each word counts only where those before it say nothing."""
    details = {ORIGINAL: "2001:01:01 01:01:01", DIGITIZED: "2004:01:01 01:01:01"}
    packet = {"exif:DateTimeOriginal": "2002-01-01T01:01:01", "photoshop:DateCreated": "2002-02-02T02:02:02"}
    packet |= {"xmp:CreateDate": "2005-01-01T01:01:01", "xmp:ModifyDate": "2007-01-01T01:01:01"}
    block = [(55, b"20030101"), (60, b"010101+0200")]
    main = {CHANGED: "2006:01:01 01:01:01"}

    def said() -> str | None:
        return taken(jpeg_with(JPEG, exif=exif(main, details), xmp=xmp(packet), iptc=iptc(*block)))

    order = [said()]
    del details[ORIGINAL]
    order.append(said())
    del packet["exif:DateTimeOriginal"]
    order.append(said())
    del packet["photoshop:DateCreated"]
    order.append(said())
    block.clear()
    order.append(said())
    del details[DIGITIZED]
    order.append(said())
    del packet["xmp:CreateDate"]
    order.append(said())
    main.clear()
    order.append(said())
    assert order == [
        "2001-01-01T01:01:01",
        "2002-01-01T01:01:01",
        "2002-02-02T02:02:02",
        "2003-01-01T01:01:01+02:00",
        "2004-01-01T01:01:01",
        "2005-01-01T01:01:01",
        "2006-01-01T01:01:01",
        None,
    ]


def test_fractions_and_offsets_are_kept_of_each_moment():
    digitized = {DIGITIZED: "2024:05:31 14:03:59", DIGITIZED_FRACTION: "07", DIGITIZED_OFFSET: "+02:00"}
    changed = {CHANGED_FRACTION: "07", CHANGED_OFFSET: "+02:00"}
    assert taken(jpeg_with(JPEG, exif=exif({}, FULL_EXIF))) == FULL
    assert taken(jpeg_with(JPEG, exif=exif({}, digitized))) == FULL
    assert taken(jpeg_with(JPEG, exif=exif({CHANGED: "2024:05:31 14:03:59"}, changed))) == FULL
    assert taken(jpeg_with(JPEG, xmp=xmp({"xmp:CreateDate": FULL}, elements=True))) == FULL


def test_of_a_day_alone_the_hour_comes_from_who_knows_it():
    packet = xmp({"photoshop:DateCreated": "2011-07-19", "xmp:CreateDate": "2011-07-19T10:11:12"})
    assert taken(jpeg_with(JPEG, xmp=packet)) == "2011-07-19T10:11:12"
    saved_that_day = exif({CHANGED: "2011:07:19 20:00:00"})
    created = xmp({"photoshop:DateCreated": "2011-07-19"})
    assert taken(jpeg_with(JPEG, exif=saved_that_day, xmp=created)) == "2011-07-19"
    assert taken(jpeg_with(JPEG, iptc=iptc((55, b"19850600")))) == "1985-06"


def heif(**said: bytes) -> bytes:
    picture, buffer = pillow_heif.from_pillow(rendered()), io.BytesIO()
    picture.info.update(said)
    picture.save(buffer)
    return buffer.getvalue()


def avif(**said: bytes) -> bytes:
    return saved(rendered(), "AVIF", **said)


def tiff_file(entries: dict, pointer: int = LONG, order: str = "<") -> bytes:
    """A picture of one grey pixel row, whose details stand behind a pointer of that kind."""
    pixels = bytes(range(64)) * 48
    picture = {256: 64, 257: 48, 258: 8, 259: 1, 262: 1, 277: 1, 278: 48, 279: (LONG, len(pixels)), 273: (LONG, 0)}
    main = {**picture, **{tag: value for tag, value in entries.items() if tag < DETAILS}}
    details = {tag: value for tag, value in entries.items() if tag > DETAILS}
    start = len(exif(main, details, order, pointer))
    return exif({**main, 273: (LONG, start)}, details, order, pointer) + pixels


PACKET = xmp({"exif:DateTimeOriginal": FULL})
IPTC = iptc((55, b"20240531"), (60, b"140359+0200"))
IN_EVERY_FORMAT = {
    "JPEG, EXIF": jpeg_with(JPEG, exif=exif({}, FULL_EXIF)),
    "JPEG, EXIF, big endian": jpeg_with(JPEG, exif=exif({}, FULL_EXIF, ">")),
    "JPEG, EXIF behind a pointer of type IFD": jpeg_with(JPEG, exif=exif({}, FULL_EXIF, pointer=FOLDER)),
    "JPEG, XMP": jpeg_with(JPEG, xmp=PACKET),
    "PNG, EXIF": png_with(PNG, (b"eXIf", exif({}, FULL_EXIF))),
    "PNG, XMP": png_with(PNG, international_text(PACKET)),
    "PNG, raw profile": png_with(PNG, raw_profile("exif", exif({}, FULL_EXIF))),
    "PNG, raw profile with a mark": png_with(PNG, raw_profile("APP1", b"Exif\0\0" + exif({}, FULL_EXIF))),
    "PNG, raw profile that is longer than it says": png_with(
        PNG, raw_profile("exif", exif({}, FULL_EXIF), b"\x1d\x91}}")
    ),
    "PNG, raw profile not packed": png_with(PNG, raw_profile("exif", exif({}, FULL_EXIF), packed=False)),
    "PNG, raw profile of XMP": png_with(PNG, raw_profile("xmp", PACKET)),
    "WebP, EXIF": saved(rendered(), "WEBP", exif=b"Exif\0\0" + exif({}, FULL_EXIF)),
    "WebP, XMP": saved(rendered(), "WEBP", xmp=PACKET),
    "TIFF, EXIF": tiff_file(FULL_EXIF),
    "TIFF, EXIF, big endian": tiff_file(FULL_EXIF, order=">"),
    "TIFF, EXIF behind a pointer of type IFD": tiff_file(FULL_EXIF, FOLDER),
    "TIFF, XMP": saved(rendered(), "TIFF", tiffinfo={700: PACKET}),
    "GIF, XMP": gif_with(saved(rendered(), "GIF"), PACKET),
    "HEIC, EXIF": heif(exif=exif({}, FULL_EXIF)),
    "HEIC, XMP": heif(xmp=PACKET),
    "AVIF, EXIF": avif(exif=exif({}, FULL_EXIF)),
    "AVIF, XMP": avif(xmp=PACKET),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(IN_EVERY_FORMAT))
def test_the_moment_of_exposure_is_read_to_its_fraction(kind):
    assert taken(IN_EVERY_FORMAT[kind]) == FULL


@pytest.mark.parametrize(
    "data",
    [
        jpeg_with(JPEG, iptc=IPTC),
        saved(rendered(), "TIFF", tiffinfo={33723: IPTC}),
        saved(rendered(), "TIFF", tiffinfo={34377: resources(IPTC)}),
        png_with(PNG, raw_profile("iptc", resources(IPTC))),
        png_with(PNG, raw_profile("8bim", IPTC)),
    ],
)
def test_the_day_and_the_hour_of_iptc(data):
    assert taken(data) == "2024-05-31T14:03:59+02:00"


def test_iptc_written_as_if_it_were_numbers():
    block = IPTC.ljust(len(IPTC) + -len(IPTC) % 4, b"\0")
    turned = b"".join(block[at : at + 4][::-1] for at in range(0, len(block), 4))
    for written in (block, turned):
        data = bytearray(tiff_file({33723: written}))
        at = data.index(struct.pack("<HHI", 33723, 7, len(written)))
        data[at : at + 8] = struct.pack("<HHI", 33723, 4, len(written) // 4)
        assert taken(bytes(data)) == "2024-05-31T14:03:59+02:00"


def test_a_png_turned_by_a_profile_that_is_longer_than_it_says():
    block = exif({ORIENTATION: 6, MODEL: "X-T5"}, FULL_EXIF)
    found = facts(png_with(PNG, raw_profile("exif", block, b"\x1d\x91}}")))
    assert (found.width, found.height, found.camera) == (72, 96, "X-T5")


def test_a_raw_file_without_a_date_has_none(monkeypatch):
    for zone in ("UTC", "Europe/Berlin", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        assert taken(digital_negative(), ".dng") is None
        assert taken(digital_negative(preview=False), ".dng") is None


def raw_with(main: dict, details: dict) -> bytes:
    """The same DNG with its first folder written anew at its end, and more entries in it."""
    data = bytearray(digital_negative())
    (count,) = struct.unpack_from("<H", data, 8)
    entries = data[10 : 10 + 12 * count]
    (following,) = struct.unpack_from("<I", data, 10 + 12 * count)
    start = len(data)
    at = start + 2 + 12 * (count + len(main) + 1) + 4
    body, tail = bytearray(entries), b""
    below = folder(details, at, "<")
    tail += below
    body += struct.pack("<HHII", DETAILS, 4, 1, at)
    for tag, text in main.items():
        body += struct.pack("<HHII", tag, 2, len(text) + 1, at + len(tail))
        tail += text.encode() + b"\0"
    ordered = b"".join(
        sorted((bytes(body[at : at + 12]) for at in range(0, len(body), 12)), key=lambda entry: bytes(entry)[1::-1])
    )
    data += struct.pack("<H", len(ordered) // 12) + ordered + struct.pack("<I", following) + tail
    data[4:8] = struct.pack("<I", start)
    return bytes(data)


def test_a_raw_file_says_itself_when_it_was_taken(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert taken(raw_with({}, FULL_EXIF), ".dng") == FULL
    assert taken(raw_with({}, {ORIGINAL: "1969:07:20 20:17:40"}), ".dng") == "1969-07-20T20:17:40"
    skipped_at_home = {ORIGINAL: "2024:03:31 02:30:00"}
    assert taken(raw_with({CHANGED: "2025:01:01 00:00:00"}, skipped_at_home), ".dng") == "2024-03-31T02:30:00"
    assert taken(raw_with({CHANGED: "2025:01:01 00:00:00"}, {}), ".dng") == "2025-01-01T00:00:00"


def canon_raw() -> bytes:
    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(content), kind) + content

    folders = box(b"CMT1", exif({CHANGED: "2025:01:01 00:00:00"})) + box(b"CMT2", exif(FULL_EXIF))
    inside = box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + folders)
    return struct.pack(">I", 24) + b"ftypcrx " + b"\0" * 12 + box(b"moov", inside)


def jpeg_xl(before: bytes = bytes(4)) -> bytes:
    """`before`: how much has to be passed over before EXIF, which some programs leave out."""
    content = before + exif({}, FULL_EXIF)
    return b"\0\0\0\x0cJXL \r\n\x87\n" + struct.pack(">I4s", 8 + len(content), b"Exif") + content


@pytest.mark.parametrize(
    "data",
    [
        canon_raw(),
        jpeg_xl(),
        jpeg_xl(b""),
        b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(">I", 88) + jpeg_with(JPEG, exif=exif({}, FULL_EXIF)),
        b"IIRO" + exif({}, FULL_EXIF)[4:],
        tiff([[(0x9003, 2, 20, b"2024:05:31 14:03:59\0"), (0x9291, 2, 3, b"07\0"), (0x9011, 2, 7, b"+02:00\0")]]),
    ],
)
def test_files_of_cameras_that_keep_it_elsewhere(data):
    assert time_in(embedded_in(io.BytesIO(data))) == FULL


def test_what_a_sidecar_says_comes_first_but_the_date_of_a_scan():
    said = embedded_in(io.BytesIO(jpeg_with(JPEG, exif=exif({}, FULL_EXIF))))
    scanned = embedded_in(io.BytesIO(jpeg_with(JPEG, exif=exif({}, {DIGITIZED: "2024:05:31 14:03:59"}))))
    edited = time_in_sidecar(xmp({"exif:DateTimeOriginal": "2011-07-19T10:11:12.5"}))
    made = time_in_sidecar(xmp({"xmp:CreateDate": "2011-07-19T10:11:12"}))
    assert time_in(said, edited) == "2011-07-19T10:11:12.5"
    assert time_in(said, made) == FULL
    assert time_in(scanned, made) == "2011-07-19T10:11:12"
    assert time_in_sidecar(b"no XMP") == SidecarTime()


def test_only_the_picture_itself_counts_not_what_it_was_made_from():
    inside = (
        '<xmp:DerivedFrom rdf:parseType="Resource"><exif:DateTimeOriginal>1999-01-01</exif:DateTimeOriginal>'
        "</xmp:DerivedFrom>"
    )
    assert taken(jpeg_with(JPEG, xmp=xmp(inside=inside))) is None
    unheard_of = b'<?xml version="1.0" encoding="rot13"?>' + PACKET.partition(b"?>")[2]
    assert taken(jpeg_with(JPEG, xmp=unheard_of)) is None
    entity = PACKET.replace(b"<x:xmpmeta", b"<!DOCTYPE x [<!ENTITY e 'e'>]><x:xmpmeta", 1)
    assert taken(jpeg_with(JPEG, xmp=entity)) is None


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
@pytest.mark.parametrize(
    "words", ["Fri, 31 May 2024 14:03:59 +0200", "31 May 2024 14:03:59 +0200", "2024:05:31 14:03:59+02:00"]
)
def test_a_screenshot_says_in_words_when_it_was_made(kind, words):
    assert taken(png_with(PNG, (kind, _text(kind, b"Creation Time", words.encode())))) == "2024-05-31T14:03:59+02:00"
    other = _text(kind, b"XML:com.adobe.xmp", xmp({"xmp:CreateDate": "2023-01-02T03:04:05"}))
    both = png_with(PNG, (kind, _text(kind, b"Creation Time", words.encode())), (kind, other))
    assert taken(both) == "2023-01-02T03:04:05"


def _text(kind: bytes, keyword: bytes, text: bytes) -> bytes:
    if kind == b"iTXt":
        return keyword + b"\0\1\0\0\0" + zlib.compress(text)
    return keyword + b"\0" + (b"\0" + zlib.compress(text) if kind == b"zTXt" else text)


@pytest.mark.parametrize("words", [b"", b"soon", b"99 Foo 2024", b"\xff" * 200, b"31 May"])
def test_a_png_that_says_it_badly_says_nothing(words):
    assert taken(png_with(PNG, (b"tEXt", b"Creation Time\0" + words))) is None


def test_a_sidecar_that_knows_no_fractions_leaves_those_of_the_camera():
    file = io.BytesIO(jpeg_with(JPEG, exif=exif({}, {ORIGINAL: "2024:05:31 14:03:59", ORIGINAL_FRACTION: "07"})))
    sidecar = time_in_sidecar(xmp({"exif:DateTimeOriginal": "2024-05-31T14:03:59+02:00"}))
    assert time_in(embedded_in(file), sidecar) == FULL


@pytest.mark.parametrize("kind", list(IN_EVERY_FORMAT))
def test_damaged_files_have_a_moment_or_none_and_never_raise(kind):
    chance = random.Random(kind)
    for _ in range(100):
        data = bytearray(IN_EVERY_FORMAT[kind])
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(min(len(data), 1_500))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
        del data[chance.choice([len(data), chance.randrange(len(data))]) :]
        said = time_in(embedded_in(io.BytesIO(data)), time_in_sidecar(bytes(data)))
        assert said is None or seconds(said) < float("inf")
