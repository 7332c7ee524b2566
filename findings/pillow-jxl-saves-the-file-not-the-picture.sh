#!/usr/bin/env bash
# pillow-jxl-plugin 1.3.8: a JPEG that was opened, changed in place and saved as JPEG XL is saved as it was before.
# Expected: `image.thumbnail((160, 160)); image.save("small.jxl")` writes a small picture, as for every other format.
# Seen: the untouched original of 2,000 x 1,500 is read from the disk once more and packed; painting over it is lost, too. A
# warning speaks of keeping the JPEG without loss. What returns a new picture (`resize`, `crop`) is saved as it is.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "pillow-jxl-plugin==1.3.8" "pillow==13.0.0"
cd "$work"
"$work/env/bin/python" - <<'PY'
import warnings
from importlib.metadata import version

import pillow_jxl  # noqa: F401
from PIL import Image

warnings.simplefilter("ignore")
print("pillow-jxl-plugin", version("pillow-jxl-plugin"), "pillow", version("pillow"))
Image.effect_noise((2000, 1500), 60).convert("RGB").save("photograph.jpg")
small = Image.open("photograph.jpg")
small.thumbnail((160, 160))
small.save("small.jxl")
black = Image.open("photograph.jpg")
black.paste("black", (0, 0, *black.size))
black.save("black.jxl")
size = Image.open("small.jxl").size
brightest = Image.open("black.jxl").convert("L").getextrema()[1]
print(f"thumbnail of {small.size} is saved as {size}; a picture painted black has pixels up to {brightest}")
raise SystemExit(0 if size == (2000, 1500) and brightest > 100 else "what was changed is saved now")
PY
