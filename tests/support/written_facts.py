"""What programs write about a picture, made by hand, byte by byte: EXIF, XMP and IPTC, and the parts that hold them."""

import struct
import zlib
from collections.abc import Mapping, Sequence

DETAILS = 0x8769
ORIGINAL, ORIGINAL_FRACTION, ORIGINAL_OFFSET = 0x9003, 0x9291, 0x9011
DIGITIZED, DIGITIZED_FRACTION, DIGITIZED_OFFSET = 0x9004, 0x9292, 0x9012
CHANGED, CHANGED_FRACTION, CHANGED_OFFSET = 0x0132, 0x9290, 0x9010
ORIENTATION, MAKE, MODEL, RATING = 0x0112, 0x010F, 0x0110, 0x4746
SHORT, LONG, SIGNED_LONG, FOLDER = 3, 4, 9, 13

Value = str | int | bytes | tuple[int, int]
"""A text, a SHORT, bytes, or a kind and a number of that kind."""

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def exif(
    main: Mapping[int, Value] | None = None,
    details: Mapping[int, Value] | None = None,
    order: str = "<",
    pointer: int = LONG,
) -> bytes:
    """A TIFF structure; `pointer`: of what kind the way to `details` is."""
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    entries = dict(main or {})
    if not details:
        return head + folder(entries, 8, order)
    at = 8 + len(folder({**entries, DETAILS: (pointer, 0)}, 8, order))
    return head + folder({**entries, DETAILS: (pointer, at)}, 8, order) + folder(details, at, order)


def folder(entries: Mapping[int, Value], at: int, order: str) -> bytes:
    """Its entries, no folder after it, and what did not fit into them. `at`: where it will stand."""
    body, tail = struct.pack(order + "H", len(entries)), b""
    start = at + 2 + 12 * len(entries) + 4
    for tag, value in sorted(entries.items()):
        kind, count, content = _packed(value, order)
        if len(content) > 4:
            content, tail = struct.pack(order + "I", start + len(tail)), tail + content + b"\0" * (len(content) % 2)
        body += struct.pack(order + "HHI", tag, kind, count) + content.ljust(4, b"\0")
    return body + bytes(4) + tail


def _packed(value: Value, order: str) -> tuple[int, int, bytes]:
    if isinstance(value, str):
        return 2, len(value) + 1, value.encode() + b"\0"
    if isinstance(value, bytes):
        return 7, len(value), value
    kind, number = value if isinstance(value, tuple) else (SHORT, value)
    return kind, 1, struct.pack(order + ("H" if kind == SHORT else "I"), number)


def xmp(properties: Mapping[str, str] | None = None, inside: str = "", elements: bool = False) -> bytes:
    """`properties`: {"xmp:Rating": "3"}, as attributes or as elements; `inside`: more elements as they are."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items())
    written = dict(properties or {})
    attributes = "" if elements else "".join(f' {name}="{text}"' for name, text in written.items())
    children = "".join(f"<{name}>{text}</{name}>" for name, text in written.items()) if elements else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}{attributes}>{children}'
        f'{inside}</rdf:Description></rdf:RDF></x:xmpmeta>{" " * 40}<?xpacket end="w"?>'
    ).encode()


def keywords(words: Sequence[str], kind: str = "Bag") -> str:
    """dc:subject, to be put inside of a packet."""
    listed = "".join(f"<rdf:li>{word}</rdf:li>" for word in words)
    return f"<dc:subject><rdf:{kind}>{listed}</rdf:{kind}></dc:subject>"


def iptc(*records: tuple[int, bytes], utf8: bool = False) -> bytes:
    """Of the second record: (25, b"harbour")."""
    block = b"\x1c\x01\x5a\0\x03\x1b%G" if utf8 else b""
    return block + b"".join(b"\x1c\x02" + struct.pack(">BH", number, len(value)) + value for number, value in records)


def resources(block: bytes) -> bytes:
    """Photoshop's, with IPTC's block among them."""
    other = b"8BIM" + struct.pack(">HBxI", 0x0425, 0, 3) + b"abc\0"
    return other + b"8BIM" + struct.pack(">HBxI", 0x0404, 0, len(block)) + block + b"\0" * (len(block) % 2)


def jpeg_with(jpeg: bytes, *, exif: bytes = b"", xmp: bytes = b"", iptc: bytes = b"") -> bytes:
    segments = [(0xE1, b"Exif\0\0" + exif)] if exif else []
    segments += [(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)] if xmp else []
    segments += [(0xED, b"Photoshop 3.0\0" + resources(iptc))] if iptc else []
    written = (struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in segments)
    return jpeg[:2] + b"".join(written) + jpeg[2:]


def png_with(png: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """Right after its head."""
    return png[:33] + b"".join(chunk(kind, body) for kind, body in chunks) + png[33:]


def chunk(kind: bytes, body: bytes) -> bytes:
    """Of a PNG: its length, what it is, and a sum to check it by."""
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))


def international_text(packet: bytes) -> tuple[bytes, bytes]:
    return b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet


def raw_profile(name: str, content: bytes, behind: bytes = b"", packed: bool = True) -> tuple[bytes, bytes]:
    """As ImageMagick writes it; `behind`: bytes after those that were announced."""
    digits = content.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    text = f"\n{name}\n{len(content):8}\n{lines}\n".encode() + behind
    key = f"Raw profile type {name}\0".encode()
    return (b"zTXt", key + b"\0" + zlib.compress(text)) if packed else (b"tEXt", key + text)


def gif_with(gif: bytes, packet: bytes) -> bytes:
    """XMP between the head of a GIF and what follows it, with its tail that leads back into the blocks."""
    flags = gif[10]
    head = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    tail = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return gif[:head] + b"\x21\xff\x0bXMP DataXMP" + packet + tail + gif[head:]


def tiff_with(
    tiff: bytes,
    main: Mapping[int, Value] | None = None,
    details: Mapping[int, Value] | None = None,
    pointer: int = LONG,
) -> bytes:
    """The same file with its first folder written anew at its end, and more in it; others stay as they are."""
    order = "<" if tiff[:2] == b"II" else ">"
    start = struct.unpack_from(order + "I", tiff, 4)[0]
    (count,) = struct.unpack_from(order + "H", tiff, start)
    old = [tiff[at : at + 12] for at in range(start + 2, start + 2 + 12 * count, 12)]
    behind = tiff[start + 2 + 12 * count :][:4]
    out = tiff + b"\0" * (len(tiff) % 2)
    new: list[bytes] = []
    if details:
        new.append(struct.pack(order + "HHII", DETAILS, pointer, 1, len(out)))
        out += folder(details, len(out), order)
    for tag, value in (main or {}).items():
        kind, length, content = _packed(value, order)
        if len(content) > 4:
            content, out = struct.pack(order + "I", len(out)), out + content + b"\0" * (len(content) % 2)
        new.append(struct.pack(order + "HHI", tag, kind, length) + content.ljust(4, b"\0"))
    ours = {entry[:2] for entry in new}
    kept = [entry for entry in old if entry[:2] not in ours]
    entries = sorted([*new, *kept], key=lambda entry: struct.unpack_from(order + "H", entry))
    head = tiff[:4] + struct.pack(order + "I", len(out))
    return head + out[8:] + struct.pack(order + "H", len(entries)) + b"".join(entries) + behind
