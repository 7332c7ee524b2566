"""Clusters from a table that was written here and edited elsewhere: which picture does each row mean?"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shoal.domain.cluster_import import assign_clusters
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.grouping import Grouping, Patch
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.exports.tables import ReadRow, path_text, read_clusters_table

IMPORTING = Sentence("Clusters from a table")
_LONGEST_ENDING = 8
_FEWEST = 4
"""Of so many rows, or pictures where there are fewer, at least one must meet."""


@dataclass(frozen=True, slots=True)
class ImportedClusters:
    """What a table calls the clusters of images, and the paths in it that belong to no image."""

    names: Mapping[ImageId, str]
    unknown: tuple[str, ...]

    def patch(self, grouping: Grouping, pin: bool = False) -> Patch:
        """As an edit of the clusters as they are now."""
        return assign_clusters(grouping, self.names, UNSORTED_NAME, pin)


def read_table(table: Path) -> list[ReadRow]:
    """The rows of a clusters.csv or clusters.json, as written or edited since. Raises UserFacingError."""
    try:
        return read_clusters_table(table.read_bytes())
    except OSError as error:
        raise UserFacingError(
            Sentence("{table} cannot be read ({reason}).", table=table, reason=error.strerror),
            Sentence("Choose a clusters.csv."),
        ) from error


def import_clusters(table: Path, records: Sequence[ImageRecord]) -> ImportedClusters:
    """Read a clusters.csv or clusters.json, edited or not.

    Raises UserFacingError, which says what was looked for, where no row or hardly any means a picture.
    """
    rows = read_table(table)
    finder = _ImageFinder(records, table.absolute().parent)
    images = finder.find(rows)
    if len(images) * _FEWEST < min(len(rows), len(records)) or not images:
        raise _no_table_of_these(table, rows, images)
    mend = _mended if finder.has_mended else str
    names = {image: mend(rows[row].cluster) for row, image in images.items()}
    said_twice = {(row.source or row.path, row.cluster) for number, row in enumerate(rows) if number in images}
    missing = (row for number, row in enumerate(rows) if number not in images)
    unknown = [name for row in missing if ((name := row.source or row.path), row.cluster) not in said_twice]
    return ImportedClusters(names, tuple(unknown))


def _no_table_of_these(table: Path, rows: Sequence[ReadRow], images: Mapping[int, ImageId]) -> UserFacingError:
    missing = next((row.source or row.path for number, row in enumerate(rows) if number not in images), "")
    counts = {"table": table, "found": len(images), "rows": len(rows)}
    looked_for = Sentence(
        "Looked for {path} and so on: for the whole path, then for how it ends, at least {name}.",
        path=missing,
        name=missing.replace("\\", "/").rpartition("/")[2],
    )
    return UserFacingError(
        Sentence("{found} of the {rows} rows of {table} belong to pictures of this folder.", **counts),
        Sentence(
            "{looked_for} Choose the table of these pictures, or the folder of this table.", looked_for=looked_for
        ),
    )


class _ImageFinder:
    """Finds the images that rows mean: by their original, by the exported file, or by how these end.

    The longest common ending counts, so that a folder may have been renamed or moved; what is not unique is not found.
    """

    def __init__(self, records: Sequence[ImageRecord], folder: Path) -> None:
        self._folder = folder
        self._by_path = {path_text(record.path): record.id for record in records}
        self.has_mended = False

    def find(self, rows: Sequence[ReadRow]) -> dict[int, ImageId]:
        """Row number -> image."""
        images = {}
        for number, row in enumerate(rows):
            image = self._exactly(row)
            if image is not None:
                images[number] = image
        if len(images) < len(rows):
            images |= self._by_ending(_waiting(rows, images), set(images.values()))
        mended = {number: after for number, row in _waiting(rows, images).items() if (after := _as_meant(row)) != row}
        if mended:
            more = self._by_ending(mended, set(images.values()))
            images, self.has_mended = images | more, bool(more)
        return images

    def _exactly(self, row: ReadRow) -> ImageId | None:
        texts = row.source, row.path, path_text(self._folder / row.path)
        return next((self._by_path[text] for text in texts if text in self._by_path), None)

    def _by_ending(self, rows: Mapping[int, ReadRow], taken: set[ImageId]) -> dict[int, ImageId]:
        """Rows whose endings agree in more parts come first; what two rows say differently belongs to neither."""
        endings = self._endings(taken)
        candidates: dict[ImageId, list[tuple[int, int]]] = {}
        for number, row in rows.items():
            met = next((met for text in (row.source, row.path) if text and (met := _met(text, endings))), None)
            if met is not None:
                image, parts = met
                candidates.setdefault(image, []).append((parts, number))
        nearest = ((image, _the_nearest(those, rows)) for image, those in candidates.items())
        return {number: image for image, number in nearest if number is not None}

    def _endings(self, taken: set[ImageId]) -> dict[str, list[tuple[str, ImageId]]]:
        """Ending, without case -> the images whose paths end so, with the path as it is."""
        endings: dict[str, list[tuple[str, ImageId]]] = {}
        for path, image in self._by_path.items():
            if image not in taken:
                for ending in _endings_of(path):
                    endings.setdefault(_key(ending), []).append((path, image))
        return endings


def _met(text: str, endings: Mapping[str, Sequence[tuple[str, ImageId]]]) -> tuple[ImageId, int] | None:
    """The image that the longest ending leads to, and how many parts that has; None if it leads to several."""
    for ending in reversed(list(_endings_of(text))):
        met = endings.get(_key(ending), ())
        if len(met) > 1:
            met = [(path, image) for path, image in met if path.endswith(ending)]
        if met:
            return (met[0][1], ending.count("/")) if len(met) == 1 else None
    return None


def _the_nearest(candidates: Sequence[tuple[int, int]], rows: Mapping[int, ReadRow]) -> int | None:
    """Tables that were put together say a thing twice."""
    most = max(parts for parts, _number in candidates)
    numbers = [number for parts, number in candidates if parts == most]
    return numbers[0] if len({rows[number].cluster for number in numbers}) == 1 else None


def _endings_of(path: str) -> Iterator[str]:
    """`/IMG_1.JPG`, `/a/IMG_1.JPG` ..., the shortest first."""
    parts = path.replace("\\", "/").strip("/").split("/")
    for count in range(1, min(len(parts), _LONGEST_ENDING) + 1):
        yield "/" + "/".join(parts[-count:])


def _key(ending: str) -> str:
    return unicodedata.normalize("NFC", ending).casefold()


def _waiting(rows: Sequence[ReadRow], images: Mapping[int, ImageId]) -> dict[int, ReadRow]:
    return {number: row for number, row in enumerate(rows) if number not in images}


def _as_meant(row: ReadRow) -> ReadRow:
    """Of a table that was taken for another encoding and saved anew: "MÃ¼ller" means "Müller"."""
    return replace(row, path=_mended(row.path), source=_mended(row.source))


def _mended(text: str) -> str:
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text
