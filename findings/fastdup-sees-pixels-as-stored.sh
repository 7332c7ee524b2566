#!/usr/bin/env bash
# fastdup 2.54: it looks at the numbers in a file, neither at the EXIF direction nor at the alpha channel.
# Expected: a photograph held upright by its EXIF direction is the same as the one that was stored upright; a ring and a bar
# on nothing are two pictures.
# Seen: the photograph equals the one that really lies on its side, to the last digit, and is as far from the upright one
# as a strange picture; ring and bar have cosine 1 and are listed as copies.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "fastdup==2.54" "setuptools<81"
mkdir "$work/pictures"
cd "$work" && SENTRY_OPT_OUT=1 "$work/env/bin/python" - <<'PY'
import contextlib
import io
import os
from importlib.metadata import version
from pathlib import Path

import fastdup
import numpy as np
from PIL import Image, ImageDraw

print("fastdup", version("fastdup"))


def scene(seed):
    draw = np.random.default_rng(seed)
    picture = Image.fromarray(draw.integers(0, 256, (6, 9, 3), np.uint8)).resize((480, 320), Image.Resampling.BICUBIC)
    for _ in range(6):
        left, top = int(draw.integers(0, 400)), int(draw.integers(0, 240))
        colour = tuple(int(part) for part in draw.integers(0, 256, 3))
        ImageDraw.Draw(picture).ellipse((left, top, left + 70, top + 60), fill=colour)
    return picture


for seed in range(12):
    scene(seed).save(f"pictures/scene-{seed}.png")
lying = scene(3).transpose(Image.Transpose.ROTATE_90)
direction = Image.Exif()
direction[0x0112] = 6  # shown, it is upright again
lying.save("pictures/lying.png")
lying.save("pictures/upright-by-exif.png", exif=direction)
for name, outline in (("ring", True), ("bar", False)):
    cut_out = Image.new("RGBA", (200, 200))
    if outline:
        ImageDraw.Draw(cut_out).ellipse((20, 20, 180, 180), outline="black", width=20)
    else:
        ImageDraw.Draw(cut_out).rectangle((20, 90, 180, 110), fill="black")
    cut_out.save(f"pictures/{name}.png")
with contextlib.redirect_stdout(io.StringIO()):
    looked = fastdup.create(input_dir="pictures", work_dir="work")
    looked.run(overwrite=True, print_summary=False, num_threads=1)
    names, vectors = looked.embeddings()
rows = {Path(name).stem: row / np.linalg.norm(row) for name, row in zip(names, np.asarray(vectors, np.float64))}
cosine = {
    pair: float(rows[pair[0]] @ rows[pair[1]])
    for pair in (("upright-by-exif", "lying"), ("upright-by-exif", "scene-3"), ("scene-1", "scene-2"), ("ring", "bar"))
}
for pair, value in cosine.items():
    print(f"{' and '.join(pair)}: cosine {value:.4f}")
stored, shown, strange, cut_outs = cosine.values()
raise SystemExit(0 if stored > 0.9999 > 0.99 > shown and cut_outs > 0.9999 else "direction or transparency counts now")
PY
