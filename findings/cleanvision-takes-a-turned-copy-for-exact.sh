#!/usr/bin/env bash
# cleanvision 0.3.7: "exact duplicates" are pictures with equal stored numbers, also if viewers show one of them turned.
# Expected: two files that every viewer shows differently (one lies on its side by its EXIF direction) are not exact copies.
# Seen: they are listed as exact duplicates; deleting "the copy" may delete the one that was turned upright by hand.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "cleanvision==0.3.7" "pillow==12.3.0"
mkdir "$work/pictures"
cd "$work" && "$work/env/bin/python" - <<'PY'
import contextlib
import io
from importlib.metadata import version
from pathlib import Path

import numpy as np
from cleanvision import Imagelab
from PIL import Image, ImageOps

print("cleanvision", version("cleanvision"))
noise = np.random.default_rng(4).integers(0, 256, (12, 16, 3), np.uint8)
picture = Image.fromarray(noise).resize((320, 240))
turned = Image.Exif()
turned[0x0112] = 6  # a quarter turn to the right
picture.save("pictures/lying.png")
picture.save("pictures/upright.png", exif=turned)
sizes = [ImageOps.exif_transpose(Image.open(path)).size for path in sorted(Path("pictures").iterdir())]
print("as shown:", sizes)
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    lab = Imagelab(data_path="pictures")
    lab.find_issues({"exact_duplicates": {}}, n_jobs=1)
sets = [sorted(Path(path).name for path in group) for group in lab.info["exact_duplicates"]["sets"]]
print("exact duplicates:", sets)
raise SystemExit(0 if sizes[0] != sizes[1] and sets == [["lying.png", "upright.png"]] else "the direction counts now")
PY
