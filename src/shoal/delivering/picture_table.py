"""What conditions ask about pictures, read where and when they ask."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.delivering.picture_marks import look_at_shot
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import ImageRecord, RgbImage
from shoal.domain.label_colours import COLOURS
from shoal.domain.verdict_marks import verdict_of
from shoal.domain.verdicts import COLOUR, FLAG, STARS, Verdicts, in_effect
from shoal.imaging.exposure import Exposure, exposure_of, exposure_of_jpeg
from shoal.imaging.shooting import Shooting, shooting_of
from shoal.looking.snapshot import Entry

SAID: Final = frozenset({"stars", "pick", "label"})
"""The fields for which verdicts are needed."""

ExposureOf = Callable[[ImageRecord], Exposure | None]
_FLAGS: Final = ("none", "rejected", "pending", "picked")
"""As digiKam counts them."""

_LABELS: Final = ("none", *(colour.lower() for colour in COLOURS))
_TEXTS: Final = ("name", "folder", "camera", "lens", "cluster", "keyword")


class Thumbnails(Protocol):
    def thumbnail(self, entry: Entry) -> bytes | RgbImage | None: ...


def exposures_of(pictures: Thumbnails) -> ExposureOf:
    """By the small pictures that were made when they were looked at."""

    def exposure(record: ImageRecord) -> Exposure | None:
        small = pictures.thumbnail(record)
        return exposure_of_jpeg(small) if isinstance(small, bytes) else None if small is None else exposure_of(small)

    return exposure


class Readings:
    """What was read of files and thumbnails, once for each picture while it is the same. For one thread at a time."""

    def __init__(self, exposure: ExposureOf) -> None:
        self.exposure = cache(exposure)
        self.shooting = cache(_shooting)
        self.keywords = cache(_keywords)


def _shooting(record: ImageRecord) -> Shooting:
    return shooting_of(record.path)


def _keywords(record: ImageRecord) -> str:
    marks = look_at_shot(record.path, record.companions).marks
    return ", ".join((*marks.keywords, *marks.trees))


class PictureTable:
    """`records` in their order, `verdicts` those in effect of each. Clusters by `grouping`."""

    def __init__(
        self, records: Sequence[ImageRecord], verdicts: Verdicts, grouping: Grouping, readings: Readings
    ) -> None:
        self._records, self._verdicts, self._grouping, self._readings = records, verdicts, grouping, readings
        self.numbers = cache(self._numbers)
        self.texts = cache(self._texts)

    def __len__(self) -> int:
        return len(self._records)

    def _numbers(self, field: str) -> NDArray[np.float64]:
        if field == "stars":
            return self._verdicts[:, STARS].astype(np.float64)
        values = (_NUMBER_OF[field](record, self._readings) for record in self._records)
        return np.fromiter((np.inf if value is None else value for value in values), np.float64, len(self))

    def _texts(self, field: str) -> Sequence[str]:
        if field in ("pick", "label"):
            column, words = (FLAG, _FLAGS) if field == "pick" else (COLOUR, _LABELS)
            return [words[value] for value in self._verdicts[:, column].tolist()]
        if field == "text":
            columns = [self.texts(name) for name in _TEXTS]
            return [" ".join(filter(None, texts)) for texts in zip(*columns, strict=True)]
        read: dict[str, Callable[[ImageRecord], str]] = {
            "lens": lambda record: self._readings.shooting(record).lens,
            "keyword": self._readings.keywords,
            "cluster": self._cluster_of,
        }
        of = {**_TEXT_OF, **read}[field]
        return [of(record).casefold() for record in self._records]

    def _cluster_of(self, record: ImageRecord) -> str:
        cluster = self._grouping.clusters.get(ClusterId(int(self._grouping.home[record.id])))
        return cluster.name if cluster else UNSORTED_NAME


_NUMBER_OF: Final[dict[str, Callable[[ImageRecord, Readings], float | None]]] = {
    "sharpness": lambda record, _: None if record.facts.sharpness is None else 100 * record.facts.sharpness,
    "brightness": lambda record, readings: (exposure := readings.exposure(record)) and exposure.brightness,
    "clipped": lambda record, readings: (exposure := readings.exposure(record)) and exposure.clipped,
    "width": lambda record, _: record.facts.width,
    "height": lambda record, _: record.facts.height,
    "megapixels": lambda record, _: record.facts.width * record.facts.height / 1e6,
    "size": lambda record, _: record.stamp.size / 1e6,
    "shape": lambda record, _: record.facts.width / max(record.facts.height, 1),
}
_TEXT_OF: Final[dict[str, Callable[[ImageRecord], str]]] = {
    "camera": lambda record: record.facts.camera or "",
    "folder": lambda record: record.label,
    "name": lambda record: record.path.name,
    "date": lambda record: record.facts.taken or "",
}


def verdicts_in_effect(records: Sequence[ImageRecord], grouping: Grouping) -> Verdicts:
    """Of each record, with what its files say. Reads parts of all of them."""
    said = grouping.verdicts[[record.id for record in records]].reshape(-1, 3)
    files = [verdict_of(look_at_shot(record.path, record.companions).marks) for record in records]
    return in_effect(said, np.array(files, np.int8).reshape(-1, 3))
