#!/usr/bin/env bash
# rawpy 0.28.0 (LibRaw 0.22): the preview taken out of a RAW file brings an EXIF date that is nowhere in the file.
# Expected: the bytes of the preview as they stand in the file, which here hold no EXIF at all.
# Seen: an EXIF block has been put before it; where LibRaw knows no date, DateTime is the beginning of 1970, by the
# clock's zone. Whoever reads dates from previews dates every undated RAW 1970-01-01.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "rawpy==0.28.0" "pillow==13.0.0" "numpy==2.4.6"
cd "$work" && TZ=Europe/Berlin "$work/env/bin/python" - <<'PY'
import io
import re
import struct

import numpy as np
import rawpy
from PIL import Image

preview = io.BytesIO()
Image.linear_gradient("L").resize((480, 320)).convert("RGB").save(preview, "JPEG")
preview = preview.getvalue()
sensor = np.random.default_rng(1).integers(200, 4000, (64, 96)).astype("<u2").tobytes()


def folder(entries, at, last):
    """A folder of a TIFF and what did not fit into its entries; `last`: whether no other follows."""
    body, tail = struct.pack("<H", len(entries)), b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in entries:
        if len(value) > 4 or tag == 273:
            value, tail = struct.pack("<I", behind + len(tail)), tail + value + b"\0" * (len(value) % 2)
        body += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    return body + struct.pack("<I", 0 if last else behind + len(tail)) + tail


def short(*values):
    return struct.pack(f"<{len(values)}H", *values)


def long(value):
    return struct.pack("<I", value)


main = [(254, 4, 1, long(0)), (256, 4, 1, long(96)), (257, 4, 1, long(64)), (258, 3, 1, short(16)), (259, 3, 1, short(1))]
main += [(262, 3, 1, short(32803)), (271, 2, 5, b"Some\0"), (272, 2, 6, b"Model\0"), (273, 4, 1, sensor)]
main += [(277, 3, 1, short(1)), (278, 4, 1, long(64)), (279, 4, 1, long(len(sensor))), (33421, 3, 2, short(2, 2))]
main += [(33422, 1, 4, bytes([0, 1, 1, 2])), (50706, 1, 4, bytes([1, 4, 0, 0])), (50708, 2, 11, b"Some Model\0")]
main += [(50717, 4, 1, long(4095)), (50721, 10, 9, struct.pack("<18i", *[1, 1, 0, 1, 0, 1] * 3))]
small = [(254, 4, 1, long(1)), (256, 4, 1, long(480)), (257, 4, 1, long(320)), (258, 3, 3, short(8, 8, 8))]
small += [(259, 3, 1, short(7)), (262, 3, 1, short(6)), (273, 4, 1, preview), (277, 3, 1, short(3))]
small += [(278, 4, 1, long(320)), (279, 4, 1, long(len(preview)))]
first = folder(main, 8, last=False)
raw = b"II*\0" + long(8) + first + folder(small, 8 + len(first), last=True)
assert preview in raw and b"Exif" not in raw and b"1970" not in raw

with rawpy.imread(io.BytesIO(raw)) as opened:
    taken_out = bytes(opened.extract_thumb().data)
dates = re.findall(rb"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", taken_out)
print("rawpy", rawpy.__version__, "LibRaw", ".".join(map(str, rawpy.libraw_version)))
print("expected: the preview as it is, without a date")
print("seen:", "as it is" if taken_out == preview else f"{len(taken_out) - len(preview)} bytes more, dates {dates}")
raise SystemExit(0 if dates and dates[0].startswith(b"1970") else "the preview carries no invented date any more")
PY
