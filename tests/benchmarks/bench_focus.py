"""What counts in a picture, measured: margins, subjects on other backgrounds, and what *subject* costs elsewhere.

    python tests/benchmarks/bench_focus.py [--model M] [--sets objects,clothing,grocery] [--foci F,...] [--out JSON]

- *margins*: things on white from `../shared/images/objects`, cut out to their edges, with equal margins (4%) against
  every second one with a margin of 60% and of 150%; seen by the model, trimmed and untrimmed.
- *pasted*: about 100 cut-outs of ten classes, their longer side half of the picture's, pasted anywhere onto ten
  backgrounds from `../shared/images/photos`: `scenes` are ten places, `things` ten pictures drawn by chance, each of
  which shows a thing of its own. Every class meets every background. Scored against the classes, and for *background*
  against the backgrounds.
- *whole sets*: each focus on the pictures as they are.

k-NN accuracy of 5 and NMI of k-means told k (mean of three seeds). Needs `../shared`.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from unittest import mock

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from tests.benchmarks.labelled_sets import SHARED

from shoal.domain.extension_points import USUAL_MODEL, EmbeddingBackend, LoadOptions
from shoal.domain.focus import FOCI, Focus
from shoal.imaging import decoding
from shoal.looking.catalogue import find_backend
from shoal.looking.focusing import FocusedModel, Locator, focused
from shoal_training.scoring import score

SCENES = ("bakery", "barbershop", "barn.", "bathtub", "bookshop", "castle", "church", "brain_coral", "confectionery",
          "sidewinder")  # fmt: skip
CLASSES, SIDE = 10, 400
Files = list[tuple[str, bytes]]
"""Label and content."""


def cut_out(picture: Image.Image) -> Image.Image | None:
    """The largest thing on a ground of nearly one colour, with the rest transparent; None where that is not so."""
    pixels = np.asarray(picture).astype(int)
    edge = np.concatenate([lines.reshape(-1, 3) for lines in (pixels[:2], pixels[-2:], pixels[:, :2], pixels[:, -2:])])
    ground = np.median(edge, axis=0)
    if (np.abs(edge - ground).max(axis=1) < 28).mean() < 0.9:
        return None
    thing = ndimage.binary_fill_holes(ndimage.binary_closing(np.abs(pixels - ground).max(axis=2) > 24, iterations=2))
    areas, count = ndimage.label(ndimage.binary_opening(thing, iterations=2))
    if not count:
        return None
    mask = areas == 1 + int(np.argmax(ndimage.sum(areas > 0, areas, range(1, count + 1))))
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not 0.08 < mask.mean() < 0.75 or min(np.ptp(rows), np.ptp(columns)) < 60:
        return None
    rgba = np.dstack([pixels.astype(np.uint8), mask.astype(np.uint8) * 255])
    return Image.fromarray(rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def cut_outs() -> dict[str, list[tuple[Image.Image, bytes]]]:
    """Cut-outs, with the files they are from, of the ten classes that have the most of them."""
    found: dict[str, list[tuple[Image.Image, bytes]]] = {}
    for path in sorted((SHARED / "images" / "objects").rglob("*.*")):
        data = path.read_bytes()
        cut = cut_out(Image.open(io.BytesIO(data)).convert("RGB"))
        if cut is not None:
            found.setdefault(path.parent.name, []).append((cut, data))
    best = sorted(found, key=lambda label: -len(found[label]))[:CLASSES]
    return {label: found[label] for label in best}


def background(path: Path) -> Image.Image:
    picture = Image.open(path).convert("RGB")
    scale = SIDE / min(picture.size)
    picture = picture.resize((max(SIDE, round(picture.width * scale)), max(SIDE, round(picture.height * scale))))
    left, top = (picture.width - SIDE) // 2, (picture.height - SIDE) // 2
    return picture.crop((left, top, left + SIDE, top + SIDE))


def pasted(things: dict[str, list[tuple[Image.Image, bytes]]], grounds: Sequence[Image.Image]) -> tuple[Files, Files]:
    """By class, and the same pictures by background."""
    random, by_class, by_ground = np.random.default_rng(1), [], []
    flat = [(label, cut) for label, cuts in things.items() for cut, _data in cuts]
    for number, (label, cut) in enumerate(flat):
        scale = SIDE / 2 / max(cut.size)
        small = cut.resize((max(1, round(cut.width * scale)), max(1, round(cut.height * scale))))
        picture = grounds[number % len(grounds)].copy()
        place = int(random.integers(0, SIDE + 1 - small.width)), int(random.integers(0, SIDE + 1 - small.height))
        picture.paste(small, place, small.getchannel("A"))
        by_class.append((label, _jpeg(picture)))
        by_ground.append((str(number % len(grounds)), by_class[-1][1]))
    return by_class, by_ground


def on_white(margins: Sequence[float]) -> Files:
    """Things on white, six of a class at most, with these margins in turn, as shares of their longer sides."""
    files: Files = []
    for folder in sorted((SHARED / "images" / "objects").iterdir()):
        cuts = list(_white_ones(folder))[:6]
        for number, thing in enumerate(cuts if len(cuts) >= 4 else ()):
            side = round(max(thing.size) * margins[number % len(margins)])
            paper = Image.new("RGB", (thing.width + 2 * side, thing.height + 2 * side), (255, 255, 255))
            paper.paste(thing, (side, side))
            files.append((folder.name, _jpeg(paper)))
    return files


def _white_ones(folder: Path) -> Iterator[Image.Image]:
    for path in sorted(folder.iterdir()):
        picture = Image.open(path).convert("RGB")
        pixels = np.asarray(picture).astype(int)
        edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        if (255 - edge.min(axis=1) < 12).mean() >= 0.97:
            differs = 255 - pixels.min(axis=2) > 14
            rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
            yield picture.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def vector(model: EmbeddingBackend, data: bytes) -> NDArray[np.float32]:
    decoded = decoding.decode_image(data, "", model.geometry)
    if not isinstance(model, FocusedModel):
        return model.embed([decoded.pixels])[0]
    left, top, right, bottom = decoded.looked_at or (0, 0, decoded.facts.width, decoded.facts.height)
    return model.focus_on([decoded.pixels], [(right - left, bottom - top)]).vectors[0]


def figures(model: EmbeddingBackend, files: Files) -> tuple[float, float]:
    labels = np.unique([label for label, _ in files], return_inverse=True)[1].astype(np.int64)
    vectors = np.stack([vector(model, data) for _, data in files])
    scores = [score(vectors, labels, seed) for seed in range(3)]
    return round(scores[0].knn5_accuracy, 4), round(float(np.mean([one.nmi for one in scores])), 4)


def untrimmed(measure: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """As it was when margins counted."""
    with mock.patch.object(decoding, "inside_border", return_value=None):
        return measure()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=USUAL_MODEL)
    parser.add_argument("--sets", default="objects,clothing,grocery")
    parser.add_argument("--foci", default=",".join(FOCI), help="for the whole sets and what is pasted")
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    spec, source = find_backend(said.model)
    inner, locator = spec.load(LoadOptions(source=source)), find_backend(USUAL_MODEL)[0].load(LoadOptions())
    assert isinstance(locator, Locator), "the usual network says where it looks"
    foci: list[Focus] = [focus for focus in FOCI if focus in said.foci.split(",")]
    models: dict[Focus, EmbeddingBackend] = {focus: focused(inner, locator, focus) for focus in foci}
    results: list[dict[str, object]] = []

    def note(test: str, way: str, found: tuple[float, float]) -> None:
        results.append({"test": test, "way": way, "knn5": found[0], "nmi": found[1]})
        print(f"{test:28}{way:22}{found[0]:8.3f}{found[1]:8.3f}", flush=True)

    for wide in (0.04, 0.6, 1.5):
        files = on_white((0.04, wide))
        note(f"margins 4% and {wide:.0%}", "trimmed", figures(inner, files))
        note(f"margins 4% and {wide:.0%}", "untrimmed", untrimmed(partial(figures, inner, files)))
    measure_pasted(models, note)
    for name in filter(None, said.sets.split(",")):
        files = [(p.parent.name, p.read_bytes()) for p in sorted((SHARED / "images" / name).rglob("*.*"))]
        for focus, model in models.items():
            note(name, focus, figures(model, files))
    print(json.dumps({"benchmark": "focus", "model": inner.key.model, "results": results}))
    if said.out:
        said.out.write_text(json.dumps(results))


def measure_pasted(
    models: dict[Focus, EmbeddingBackend], note: Callable[[str, str, tuple[float, float]], None]
) -> None:
    things, photos = cut_outs(), sorted((SHARED / "images" / "photos").iterdir())
    plain = [(label, data) for label, cuts in things.items() for _cut, data in cuts]
    for focus, model in models.items():
        note("as they were", focus, figures(model, plain))
    drawn = np.random.default_rng(5).permutation(len(photos))[:CLASSES]
    places = [next(path for path in photos if scene in path.name) for scene in SCENES]
    for name, paths in (("scenes", places), ("things", [photos[at] for at in drawn])):
        by_class, by_ground = pasted(things, [background(path) for path in paths])
        for focus, model in models.items():
            note(f"pasted on {name}", focus, figures(model, by_class))
        for focus in models.keys() & {"whole", "background"}:
            note(f"the {name} themselves", focus, figures(models[focus], by_ground))


if __name__ == "__main__":
    main()
