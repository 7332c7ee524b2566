#!/usr/bin/env bash
# Pillow 13.0.0 (libjpeg-turbo 3.2): whether a lossless JPEG in colours is read depends on a header that means nothing.
# Expected: red, green and blue coded without a loss (T.81 annex H) are read, be there a JFIF segment or not.
# Seen: with one, "broken data stream when reading image file"; the same bytes without it are read, exact in every pixel.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "pillow==13.0.0" "numpy==2.4.6"
cd "$work" && "$work/env/bin/python" - <<'PY'
import io
import struct

import numpy as np
import PIL
from PIL import Image, features

print("Pillow", PIL.__version__, "libjpeg-turbo", features.version("libjpeg_turbo"))
y, x = np.mgrid[0:16, 0:24]
colours = np.dstack([10 * x, 15 * y, 5 * x + 6 * y]).astype(np.int32)
expected = np.hstack([np.vstack([np.full_like(colours[:1, :1], 128), colours[:-1, :1]]), colours[:, :-1]])
bits = ""
for difference in (colours - expected).ravel().tolist():  # predictor 1; every size has a code of eight bits
    size = abs(difference).bit_length()
    rest = difference if difference >= 0 else difference + (1 << size) - 1
    bits += f"{size:08b}" + (f"{rest:0{size}b}" if size else "")
bits += "1" * (-len(bits) % 8)
scan = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)).replace(b"\xff", b"\xff\0")
frame = struct.pack(">HBHHB", 17, 8, 16, 24, 3) + b"".join(bytes([n, 0x11, 0]) for n in (1, 2, 3))
table = struct.pack(">HB", 31, 0) + bytes([0] * 7 + [12] + [0] * 8) + bytes(range(12))
start = struct.pack(">HB", 12, 3) + b"".join(bytes([n, 0]) for n in (1, 2, 3)) + bytes([1, 0, 0])
rest = b"\xff\xc3" + frame + b"\xff\xc4" + table + b"\xff\xda" + start + scan + b"\xff\xd9"
jfif = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"


def read(data: bytes) -> str:
    try:
        pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.int32)
    except OSError as error:
        return str(error)
    return "exact" if np.array_equal(pixels, colours) else "other colours"


found = {"without JFIF": read(b"\xff\xd8" + rest), "with JFIF": read(b"\xff\xd8" + jfif + rest)}
print(found)
raise SystemExit(0 if found["without JFIF"] == "exact" and found["with JFIF"] != "exact" else "it has changed")
PY
