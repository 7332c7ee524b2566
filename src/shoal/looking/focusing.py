"""A model that looks at a part of the picture: at what it is of, or at what is behind that.

Where that is says the usual network, whatever model then looks. Both see the same decoded square, so a file is
unpacked once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.domain.extension_points import AttentiveBackend, ClassifyingBackend, EmbeddingBackend
from shoal.domain.focus import SUBJECT, Focus
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, ImageFacts, Region, RgbImage
from shoal.domain.input_geometry import InputGeometry, letterbox_place
from shoal.domain.seen_classes import joined, likeliest, nothing_seen
from shoal.domain.sentence import Sentence
from shoal.imaging.resampling import Resampler
from shoal.looking.colours import colours_of
from shoal.looking.seen_objects import Seen
from shoal.looking.where_it_looks import Attention, Shares, attention

Box = tuple[int, int, int, int]
VIEW: Final = InputGeometry(512, 512, "letterbox")
"""What is decoded: enough for a part of half the picture's sides."""
RECIPE: Final = 5
"""Goes into the key: raise it when another part would be looked at, or otherwise."""
_LONG_SIDE, _STEP = 320, 32
_WEIGHTS_PER: Final = 8
"""Pixels of a picture, each way, that share a weight: the network itself sees 32 as one place."""
_MARGIN: Final = 0.08
_LEAST_SIDE: Final = 0.5
"""Of the longer side of the picture: how small the square around the subject may be. Nearer is too near."""
_AROUND: Final = 0.3
"""How much of the vector of the whole is taken from that of a clear part: what is around it is in both."""
_AT_EDGE: Final = 0.2
"""Likewise of the vector of the picture's edge, where the model looks within the part only where the subject is."""
_MOST_AREA: Final = 0.5
"""Of the picture, in the square around a subject: of more, the whole picture says as much, and the same as that of
others in which nothing stands out."""
_ALL_ALIKE: Final = 1.5
"""How much each place of a whole picture counts, besides how much the network looks there (1 on average)."""


@runtime_checkable
class Locator(Protocol):
    """A network that can be asked where it looks."""

    @property
    def key(self) -> EmbeddingKey: ...

    def maps(self, images: Sequence[RgbImage]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What was looked at, in shares of what was seen, and how much of the network's attention it has."""

    box: Shares
    certainty: float


@dataclass(frozen=True, slots=True, eq=False)
class Focused:
    """`vectors`: unit rows; `classes`: n x 1,000 probabilities, of models that know classes; `parts`: a part each."""

    vectors: NDArray[np.float32]
    classes: NDArray[np.float32] | None
    parts: Sequence[Part]


class FocusedModel:
    """`inner` looks at what `locator` finds. Several threads may use it if they may use both."""

    def __init__(self, inner: EmbeddingBackend, locator: Locator, focus: Focus) -> None:
        self.inner, self._locator, self.focus = inner, locator, focus
        self.geometry = VIEW
        part = f"{focus} {RECIPE} by {locator.key.model} {locator.key.digest[:12]}"
        self.key: EmbeddingKey = replace(inner.key, preprocessing=f"{inner.key.preprocessing}; {part}")
        self.dimension = len(colours_of(np.zeros((2, 2, 3), np.uint8))) if focus == "colour" else inner.dimension
        self.one_core_per_call = inner.one_core_per_call
        self.remark: Sentence = inner.remark

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        """Of pictures that fill their squares."""
        if not len(images):
            return np.empty((0, self.dimension), np.float32)
        return self.focus_on(images, [(VIEW.size, VIEW.size)] * len(images)).vectors

    def focus_on(self, images: Sequence[RgbImage], sizes: Sequence[tuple[int, int]]) -> Focused:
        """What a part of each picture looks like. `sizes`: width and height before the letterbox."""
        pictures, attentions = self._found(images, sizes)
        vectors, classes = self._seen(pictures, attentions)
        parts = [
            Part(_square(attention.box, picture), attention.certainty)
            for picture, attention in zip(pictures, attentions, strict=True)
        ]
        return Focused(vectors, classes, parts)

    def _seen(
        self, pictures: Sequence[Image.Image], attentions: Sequence[Attention]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        """Unit rows, and if the model knows classes, their probabilities."""
        if self.focus == "colour":
            rows = [
                colours_of(_cut(picture, attention)) for picture, attention in zip(pictures, attentions, strict=True)
            ]
            return np.stack(rows), None
        vectors, classes = self._shown(self._inputs(pictures, attentions))
        return (self._apart(vectors, pictures, attentions) if self.focus == SUBJECT else vectors), classes

    def _shown(self, inputs: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        return self.inner.embed(inputs), None

    def _apart(
        self, vectors: NDArray[np.float32], pictures: Sequence[Image.Image], attentions: Sequence[Attention]
    ) -> NDArray[np.float32]:
        """`vectors` of parts, less what is in the whole picture too; where the part is all, as they are."""
        clear = [at for at, attention in enumerate(attentions) if not attention.mask.all()]
        if not clear:
            return vectors
        wholes = [Resampler(pictures[at]).network_input(self.inner.geometry) for at in clear]
        parted = vectors.copy()
        parted[clear] = less_of(vectors[clear], self.inner.embed(wholes))
        return parted

    def _found(
        self, images: Sequence[RgbImage], sizes: Sequence[tuple[int, int]]
    ) -> tuple[list[Image.Image], list[Attention]]:
        pictures = [_without_bars(image, size) for image, size in zip(images, sizes, strict=True)]
        return pictures, [attention(self._locator.maps([_for_locator(picture)])[0]) for picture in pictures]

    def _inputs(self, pictures: Sequence[Image.Image], attentions: Sequence[Attention]) -> list[RgbImage]:
        """What the inner model is shown."""
        shown = [
            _cut(picture, attention)
            if self.focus == SUBJECT or attention.mask.all()
            else _without_subject(picture, attention)
            for picture, attention in zip(pictures, attentions, strict=True)
        ]
        return [Resampler(Image.fromarray(pixels)).network_input(self.inner.geometry) for pixels in shown]


class FocusedClassifier(FocusedModel):
    """`inner` also says what it takes for what the part that it looks at."""

    def __init__(self, inner: ClassifyingBackend, locator: Locator, focus: Focus) -> None:
        super().__init__(inner, locator, focus)
        self._classifier = inner

    def look(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Of pictures that fill their squares."""
        seen = self.focus_on(images, [(VIEW.size, VIEW.size)] * len(images))
        assert seen.classes is not None
        return seen.vectors, seen.classes

    def _shown(self, inputs: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        return self._classifier.look(inputs)


class AttentiveModel(FocusedClassifier):
    """`inner` also looks, within the part around the subject, only where the subject is: one look, and a better one.

    Where nothing stands out it looks at all, and a little more at where the network does.
    """

    def __init__(self, inner: AttentiveBackend, locator: Locator) -> None:
        super().__init__(inner, locator, SUBJECT)
        self._attentive = inner

    def _seen(
        self, pictures: Sequence[Image.Image], attentions: Sequence[Attention]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        weights = [self._weights(picture, attention) for picture, attention in zip(pictures, attentions, strict=True)]
        vectors, classes = self._attentive.look_at(self._inputs(pictures, attentions), weights)
        clear = [at for at, attention in enumerate(attentions) if not attention.mask.all()]
        if clear:
            edges = self._attentive.rows_of(np.stack([attentions[at].edge for at in clear]))
            vectors[clear] = less_of(vectors[clear], edges, _AT_EDGE)
        return vectors, classes

    def _found(
        self, images: Sequence[RgbImage], sizes: Sequence[tuple[int, int]]
    ) -> tuple[list[Image.Image], list[Attention]]:
        pictures, attentions = super()._found(images, sizes)
        return pictures, [
            attention.of_all if _is_most(attention, at) else attention
            for at, attention in zip(pictures, attentions, strict=True)
        ]

    def _weights(self, picture: Image.Image, attention: Attention) -> NDArray[np.float32]:
        if attention.mask.all():
            return _in_all(picture, attention, self.inner.geometry)
        return _within(_square(attention.box, picture), attention)


def less_of(parts: NDArray[np.float32], wholes: NDArray[np.float32], share: float = _AROUND) -> NDArray[np.float32]:
    """Unit rows both; unit rows: a part that is like its whole stays as it is, others move away from their wholes."""
    rows = parts - share * wholes
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def focused(inner: EmbeddingBackend, locator: Locator, focus: Focus) -> EmbeddingBackend:
    """`inner` with its attention on a part of each picture; as it is for the whole."""
    if focus == "whole":
        return inner
    if isinstance(inner, AttentiveBackend) and focus == SUBJECT:
        return AttentiveModel(inner, locator)
    if isinstance(inner, ClassifyingBackend) and focus != "colour":
        return FocusedClassifier(inner, locator, focus)
    return FocusedModel(inner, locator, focus)


def seen_parts(images: Sequence[tuple[ContentHash, Box, ImageFacts]], steps: Sequence[Focused], dimension: int) -> Seen:
    """As the caches keep it. `images`: content, the box of it that was seen, and its facts, in the order of `steps`."""
    parts = [part for step in steps for part in step.parts]
    regions = {
        hash_: [_region(part, box, (facts.width, facts.height), hash_)]
        for (hash_, box, facts), part in zip(images, parts, strict=True)
    }
    vectors = np.concatenate([np.empty((0, dimension), np.float32), *(step.vectors for step in steps)])
    classes = [likeliest(step.classes) for step in steps if step.classes is not None]
    return Seen(
        [image[0] for image in images],
        vectors,
        regions,
        classes=joined([nothing_seen(0), *classes]) if classes else None,
    )


def _region(part: Part, within: Box, size: tuple[int, int], picture: ContentHash) -> Region:
    """In whole pixels of the picture of that `size`; `within`: the box of it that was seen."""
    left, top, right, bottom = within
    width, height = right - left, bottom - top
    x, y = round(left + part.box[0] * width), round(top + part.box[1] * height)
    x2, y2 = round(left + part.box[2] * width), round(top + part.box[3] * height)
    x, y = min(max(x, 0), size[0] - 1), min(max(y, 0), size[1] - 1)
    corner = min(max(x2, x + 1), size[0]), min(max(y2, y + 1), size[1])
    return Region(x, y, *corner, SUBJECT, round(part.certainty, 4), picture)


def _without_bars(square: RgbImage, size: tuple[int, int]) -> Image.Image:
    scale, left, top = letterbox_place(len(square), *size)
    width, height = (max(1, round(side * scale)) for side in size)
    return Image.fromarray(np.ascontiguousarray(square[top : top + height, left : left + width]))


def _for_locator(picture: Image.Image) -> RgbImage:
    """Whole steps of the network each way, two at least; near enough in shape."""
    scale = _LONG_SIDE / max(picture.size)
    width, height = (max(2, round(side * scale / _STEP)) * _STEP for side in picture.size)
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))


def _square(box: Shares, picture: Image.Image) -> Shares:
    """As square as the picture allows, with a margin."""
    width, height = picture.size
    left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    side = max(max(right - left, bottom - top) * (1 + 2 * _MARGIN), max(width, height) * _LEAST_SIDE)
    across, down = min(side, width), min(side, height)
    x = min(max((left + right - across) / 2, 0), width - across)
    y = min(max((top + bottom - down) / 2, 0), height - down)
    return x / width, y / height, (x + across) / width, (y + down) / height


def _cut(picture: Image.Image, attention: Attention) -> RgbImage:
    left, top, right, bottom = _square(attention.box, picture)
    width, height = picture.size
    x, y = int(left * width), int(top * height)
    corner = max(x + 1, round(right * width)), max(y + 1, round(bottom * height))
    return np.asarray(picture.crop((x, y, *corner)))


def _is_most(attention: Attention, picture: Image.Image) -> bool:
    left, top, right, bottom = _square(attention.box, picture)
    return (right - left) * (bottom - top) > _MOST_AREA


def _in_all(picture: Image.Image, attention: Attention, geometry: InputGeometry) -> NDArray[np.float32]:
    """How much each place counts of what the model sees of the whole picture."""
    grey = Image.fromarray((255 * attention.strength).round().astype(np.uint8))
    width, height, size, resize = (
        max(2, side // _WEIGHTS_PER) for side in (*picture.size, geometry.size, geometry.resize)
    )
    spread = grey.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")
    seen = Resampler(spread).network_input(replace(geometry, size=size, resize=resize))[..., 0]
    weights: NDArray[np.float32] = seen.astype(np.float32) / max(float(seen.mean()), 1e-6) + np.float32(_ALL_ALIKE)
    return weights


def _within(box: Shares, attention: Attention) -> NDArray[np.float32]:
    """How much each place within the box counts."""
    rows, columns = attention.strength.shape
    within = (box[0] * columns, box[1] * rows, box[2] * columns, box[3] * rows)
    strength = Image.fromarray(attention.strength).resize((columns, rows), Image.Resampling.BICUBIC, within)
    weights: NDArray[np.float32] = np.maximum(np.asarray(strength), 0)
    return weights


def _without_subject(picture: Image.Image, attention: Attention) -> RgbImage:
    """The subject under a smooth patch of the colours around it."""
    height, width = attention.mask.shape
    small = np.asarray(picture.resize((width * 4, height * 4), Image.Resampling.BOX), np.float32)
    hidden = attention.mask.repeat(4, axis=0).repeat(4, axis=1)
    filled = _filled(small, hidden)
    patch = Image.fromarray(filled.round().astype(np.uint8)).resize(picture.size, Image.Resampling.BICUBIC)
    cover = Image.fromarray(np.uint8(255) * hidden.astype(np.uint8)).resize(picture.size, Image.Resampling.BILINEAR)
    return np.asarray(Image.composite(patch, picture, cover))


def _filled(pixels: NDArray[np.float32], hidden: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Hidden pixels take the mean of their neighbours, over and over; where all is hidden, that of all pixels."""
    seen = ~hidden[..., np.newaxis]
    mean = pixels.mean(axis=(0, 1)) if hidden.all() else pixels[~hidden].mean(axis=0)
    filled = np.where(seen, pixels, mean)
    for _ in range(2 * max(hidden.shape)):
        around = np.pad(filled, ((1, 1), (1, 1), (0, 0)), mode="edge")
        means = (around[:-2, 1:-1] + around[2:, 1:-1] + around[1:-1, :-2] + around[1:-1, 2:]) / 4
        filled = np.where(seen, pixels, means)
    return filled
