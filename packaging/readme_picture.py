"""Draws the picture at the top of the README from a folder that Shoal has written.

    shoal demo --to DIR && python packaging/readme_picture.py DIR/sorted resources/readme/clusters.png

A row per cluster, as many pictures in it as fit, those nearest to the typical picture first; numbers at the right say
how many more there are.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

CELL = (92, 69)
GAP = 3
COLUMNS = 9
BESIDE_NAMES = 16
PAPER, INK = (250, 250, 248), (90, 90, 88)


def clusters_of(folder: Path) -> dict[str, list[Path]]:
    """Cluster name -> its pictures, the most typical first; the largest cluster first."""
    rows: list[dict[str, Any]] = json.loads((folder / "clusters.json").read_bytes())["images"]
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["cluster"]].append(row)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return {
        name: [folder / row["path"] for row in sorted(members, key=lambda row: row["distance"] or 0.0)]
        for name, members in ordered
    }


def drawn(clusters: dict[str, list[Path]]) -> Image.Image:
    font = ImageFont.load_default(15)
    margin = BESIDE_NAMES + max(round(font.getlength(name)) for name in clusters)
    width = margin + COLUMNS * (CELL[0] + GAP) + 40
    sheet = Image.new("RGB", (width, GAP + len(clusters) * (CELL[1] + GAP)), PAPER)
    pen = ImageDraw.Draw(sheet)
    for row, (name, members) in enumerate(clusters.items()):
        top = GAP + row * (CELL[1] + GAP)
        pen.text((8, top + CELL[1] / 2), name, INK, font, anchor="lm")
        for column, path in enumerate(members[:COLUMNS]):
            with Image.open(path) as picture:
                small = picture.convert("RGB").resize(CELL, Image.Resampling.LANCZOS)
            sheet.paste(small, (margin + column * (CELL[0] + GAP), top))
        if len(members) > COLUMNS:
            pen.text((width - 36, top + CELL[1] / 2), f"+{len(members) - COLUMNS}", INK, font, anchor="lm")
    return sheet


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    picture = drawn(clusters_of(folder))
    picture.quantize(256, Image.Quantize.MEDIANCUT).save(out, optimize=True)


if __name__ == "__main__":
    main()
