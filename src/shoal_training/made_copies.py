"""Copies of pictures as people make them: saved again, resized, cropped, turned, framed, written on.

What is drawn is drawn from a generator that is given, so that the same seed makes the same copies.
"""

import io
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

Draw = np.random.Generator
Change = Callable[[Image.Image, Draw], Image.Image]


def _scaled(by: float) -> Change:
    def change(image: Image.Image, _draw: Draw) -> Image.Image:
        size = max(16, round(image.width * by)), max(16, round(image.height * by))
        return image.resize(size, Image.Resampling.LANCZOS)

    return change


def _cropped(share: float) -> Change:
    """`share` of the width and of the height goes; where the rest lies is drawn."""

    def change(image: Image.Image, draw: Draw) -> Image.Image:
        width, height = round(image.width * (1 - share)), round(image.height * (1 - share))
        left = int(draw.integers(0, image.width - width + 1))
        top = int(draw.integers(0, image.height - height + 1))
        return image.crop((left, top, left + width, top + height))

    return change


def _turned(image: Image.Image, draw: Draw) -> Image.Image:
    return image.transpose((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)[int(draw.integers(2))])


def _mirrored(image: Image.Image, _draw: Draw) -> Image.Image:
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _bordered(image: Image.Image, draw: Draw) -> Image.Image:
    wide = max(2, round(min(image.size) * draw.uniform(0.03, 0.1)))
    framed = Image.new("RGB", (image.width + 2 * wide, image.height + 2 * wide), _grey(draw))
    framed.paste(image, (wide, wide))
    return framed


def _grey(draw: Draw) -> tuple[int, int, int]:
    level = (0, 255, 128, 32, 235)[int(draw.integers(5))]
    return level, level, level


def _written_on(image: Image.Image, draw: Draw) -> Image.Image:
    """A line of text across the picture, half of it see-through."""
    layer = Image.new("RGBA", image.size)
    size = max(10, round(min(image.size) * draw.uniform(0.09, 0.16)))
    words = ("SAMPLE", "(c) 2026 Studio", "PREVIEW ONLY", "www.example.org")[int(draw.integers(4))]
    place = draw.uniform(0, 0.5) * image.width, draw.uniform(0, 0.85) * image.height
    ink = (255, 255, 255, 190) if draw.integers(2) else (0, 0, 0, 190)
    ImageDraw.Draw(layer).text(place, words, fill=ink, font=ImageFont.load_default(size))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _brightened(image: Image.Image, draw: Draw) -> Image.Image:
    factor = draw.uniform(1.2, 1.4) if draw.integers(2) else draw.uniform(0.6, 0.8)
    return ImageEnhance.Brightness(image).enhance(float(factor))


def _recoloured(image: Image.Image, draw: Draw) -> Image.Image:
    if draw.integers(4) == 0:
        return image.convert("L").convert("RGB")
    saturated = ImageEnhance.Color(image).enhance(float(draw.uniform(0.3, 1.8)))
    gains = draw.uniform(0.85, 1.15, 3)
    return Image.fromarray(np.clip(np.asarray(saturated) * gains, 0, 255).astype(np.uint8))


def _kept(image: Image.Image, _draw: Draw) -> Image.Image:
    return image


@dataclass(frozen=True, slots=True)
class Kind:
    """`family`: of two changes to one picture each is of another one. `quality`: how the result is saved."""

    name: str
    family: str
    change: Change
    quality: int = 92


KINDS: tuple[Kind, ...] = (
    *(Kind(f"jpeg {quality}", "jpeg", _kept, quality) for quality in (95, 90, 60, 30)),
    *(Kind(f"scale {by:g}", "scale", _scaled(by)) for by in (2, 0.5, 0.25)),
    *(Kind(f"crop {share:.0%}", "crop", _cropped(share)) for share in (0.02, 0.05, 0.1, 0.15)),
    Kind("turn", "turn", _turned),
    Kind("mirror", "mirror", _mirrored),
    Kind("border", "border", _bordered),
    Kind("text", "text", _written_on),
    Kind("bright", "bright", _brightened),
    Kind("colour", "colour", _recoloured),
)
PAIRS = tuple(pair for pair in combinations(KINDS, 2) if pair[0].family != pair[1].family)


@dataclass(frozen=True, slots=True)
class Copy:
    """`kind`: what was done to it, in words; `changes`: how many things."""

    kind: str
    changes: int
    jpeg: bytes


def copies_of(image: Image.Image, pairs: int, draw: Draw, kinds: Sequence[Kind] = KINDS) -> Iterator[Copy]:
    """One of each of `kinds`, and `pairs` with two changes drawn from all pairs of unlike changes."""
    image = image.convert("RGB")
    for kind in kinds:
        yield Copy(kind.name, 1, _saved(kind.change(image, draw), kind.quality))
    for one, other in (PAIRS[int(place)] for place in draw.choice(len(PAIRS), pairs, replace=False)):
        first, second = sorted((one, other), key=lambda kind: kind.family == "jpeg")
        changed = second.change(first.change(image, draw), draw)
        yield Copy(f"{one.name} + {other.name}", 2, _saved(changed, min(one.quality, other.quality)))


def _saved(image: Image.Image, quality: int) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality)
    return data.getvalue()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which pictures of `../shared` are for what: nothing that weights are learnt from is judged by, and none the other
    way round. Names of `images` are paths below it, those of `train` names in its archives."""

    sources: Sequence[str]
    """Of `images`: the benchmark copies them."""
    laboratory: Sequence[str]
    """Of `train`: copied to learn from."""
    unlike: Sequence[str]
    """Of `train`: stand beside the sources, as does what is left of `images`."""
    beside_laboratory: Sequence[str]


SOURCES, LABORATORY, UNLIKE, BESIDE = 160, 150, 18_700, 3_600
TWO_CHANGES = 8
SERIES = 25
"""Neighbours by name are drawn together: many were shot one after the other, and what is nearly a copy teaches most."""


def drawn(images: Sequence[str], train: Sequence[str]) -> Drawn:
    """`images`, `train`: the names there are, sorted; pictures of 64 pixels are none that people have copies of."""
    random = np.random.default_rng(17)
    sources = [images[place] for place in np.sort(random.choice(len(images), SOURCES, replace=False))]
    large = [name for name in train if not name.startswith("tiny")]
    laboratory = [large[place] for place in random.choice(len(large), LABORATORY, replace=False)]
    taken = set(laboratory)
    rest = [name for name in large if name not in taken]
    lots = [rest[start : start + SERIES] for start in range(0, len(rest), SERIES)]
    random.shuffle(lots)
    rest = [name for lot in lots for name in lot]
    again = AGAIN | smaller_ones(train)
    beside = [name for name in rest[UNLIKE : UNLIKE + BESIDE] if name not in again]
    return Drawn(sources, laboratory, rest[:UNLIKE], beside)


AGAIN = frozenset({"objects/Motorbikes/image_0429.webp", "imagenette/n03445777/n03445777_10723.webp"})
"""The same picture stands beside them, found by eye among what was taken for copies: they would teach the contrary."""


def smaller_ones(names: Sequence[str]) -> frozenset[str]:
    """Flowers come from Flickr in two sizes, and some in both."""
    known = set(names)
    return frozenset(name for name in names if name.endswith("_n.webp") and f"{name[:-7]}.webp" in known)


def in_images(shared: Path) -> dict[str, Path]:
    """Name -> file, sorted; `Faces_easy` are cut out of `Faces`."""
    files = (file for file in (shared / "images").rglob("*") if file.is_file() and "Faces_easy" not in file.parts)
    return {file.relative_to(shared / "images").as_posix(): file for file in sorted(files)}


def in_train(shared: Path) -> dict[str, bytes]:
    """Name -> content, sorted."""
    found: dict[str, bytes] = {}
    for archive in sorted((shared / "train").glob("*.tar")):
        with tarfile.open(archive) as members:
            for member in members:
                stream = members.extractfile(member) if member.isfile() else None
                if stream is not None:
                    found[member.name] = stream.read()
    return dict(sorted(found.items()))


def write_copies(folder: Path, number: int, original: bytes, suffix: str, seed: int) -> None:
    """An original and its copies, under names that say what they are."""
    folder.joinpath(f"{number:05}-original{suffix}").write_bytes(original)
    copies = copies_of(Image.open(io.BytesIO(original)), TWO_CHANGES, np.random.default_rng(seed + number))
    for place, copy in enumerate(copies):
        kind = copy.kind.replace(" ", "_").replace("%", "pc")
        folder.joinpath(f"{number:05}-{place:02}-{kind}.jpg").write_bytes(copy.jpeg)


LABORATORY_SEED, BENCHMARK_SEED = 5000, 1000
