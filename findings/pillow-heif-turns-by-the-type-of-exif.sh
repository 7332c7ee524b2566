#!/usr/bin/env bash
# pillow-heif 1.8.1: whether a picture that lies on its side is written upright depends on the type of `exif`.
# Expected: `save(..., exif=image.getexif())` and `save(..., exif=image.getexif().tobytes())` write the same picture, as
# Pillow's own writers do.
# Seen: both write direction 1 into the file. Given as bytes the pixels are turned for it; given as an object they are not,
# so the direction is gone for good, and the photograph lies on its side everywhere.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "pillow-heif==1.8.1" "pillow==13.0.0"
cd "$work"
"$work/env/bin/python" - <<'PY'
import PIL
import pillow_heif
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()
print("pillow-heif", pillow_heif.__version__, "pillow", PIL.__version__)
picture = Image.new("RGB", (64, 32))
picture.paste("red", (0, 0, 16, 16))
shown = {}
for kind in ("bytes", "object"):
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: shown, it is 32 wide and 64 high
    picture.save(f"{kind}.heic", exif=exif.tobytes() if kind == "bytes" else exif)
    with Image.open(f"{kind}.heic") as written:
        shown[kind] = ImageOps.exif_transpose(written).size
        print(f"exif as {kind}: direction {written.getexif().get(0x0112)}, shown {shown[kind]}")
raise SystemExit(0 if shown == {"bytes": (32, 64), "object": (64, 32)} else "both are shown alike now")
PY
