#!/usr/bin/env bash
# difPy 4.2.1: differences of pixels are squared in eight bits, so sixteen grey levels apart is no difference at all.
# Expected: `search(similarity="duplicates")` asks for a mean squared error of 0: the same picture.
# Seen: a black picture, a nearly white one (240) and four of coloured noise whose levels are multiples of 16 are all exact
# duplicates of one another, and all but one are listed under `lower_quality`, which its `delete` removes.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "difPy==4.2.1" "pillow==13.0.0" "numpy==2.4.6"
cd "$work"
cat > look.py <<'PY'
from importlib.metadata import version
from pathlib import Path

import difPy
import numpy as np
from PIL import Image

if __name__ == "__main__":
    print("difPy", version("difPy"))
    Path("pictures").mkdir()
    draw = np.random.default_rng(0)
    for number in range(4):
        Image.fromarray((16 * draw.integers(0, 16, (50, 50, 3))).astype(np.uint8)).save(f"pictures/noise {number}.png")
    for grey in (0, 240):
        Image.new("RGB", (50, 50), (grey, grey, grey)).save(f"pictures/grey {grey}.png")
    found = difPy.search(difPy.build("pictures", show_progress=False), similarity="duplicates", show_progress=False)
    groups = {one: sorted(other for other, _error in others) for one, others in found.result.items()}
    for one, others in groups.items():
        print(one, "is the same as", *others, sep="\n    ")
    print(len(found.lower_quality), "of 6 pictures are listed for removal")
    raise SystemExit(0 if len(found.lower_quality) == 5 else "they are told apart now")
PY
"$work/env/bin/python" look.py
