#!/usr/bin/env bash
# Pillow 13.0.0: an uncompressed 16-bit RGB TIFF whose channels lie one after the other is read as coloured noise.
# Expected: the picture, or an error. (TIFF 6.0, PlanarConfiguration 2; image editors offer it as "per channel".)
# Seen: no error; the pixels have nothing to do with the picture. The same pixels with zlib compression are read right.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "pillow==13.0.0" "tifffile==2025.10.16" "numpy==2.4.6"
cd "$work" && "$work/env/bin/python" - <<'PY'
import numpy as np
import PIL
import tifffile
from PIL import Image

print("Pillow", PIL.__version__, "tifffile", tifffile.__version__)
across, down = np.meshgrid(np.linspace(0, 1, 96), np.linspace(0, 1, 64))
picture = np.stack([across, down, 1 - across])  # a smooth ramp, three planes
planes = (picture * 65535).astype(np.uint16)
right = np.moveaxis(picture * 255, 0, 2)
errors = {}
for name, options in (("uncompressed", {}), ("zlib", {"compression": "zlib"})):
    tifffile.imwrite(f"{name}.tif", planes, photometric="rgb", planarconfig="separate", **options)
    assert np.array_equal(tifffile.imread(f"{name}.tif"), planes)
    try:
        read = np.asarray(Image.open(f"{name}.tif").convert("RGB"), np.float64)
        errors[name] = float(np.abs(read - right).mean())
        print(f"{name}: mean difference {errors[name]:.1f} of 255")
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
raise SystemExit(0 if errors.get("uncompressed", 0) > 20 else "it is read right, or refused, now")
PY
