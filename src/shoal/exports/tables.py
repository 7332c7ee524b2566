"""The result as tables: clusters.csv for spreadsheets, clusters.json for scripts; and reading an edited table back.

The CSV is UTF-8 without a byte order mark, so that a script reads `path` and not an invisible character before it; a
spreadsheet that asks should be told UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe in
front, and so does one that starts with an apostrophe, so that reading can tell them apart.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence, reason_of

COLUMNS = ("path", "cluster", "x", "y", "silhouette", "distance", "source", "sure", "isolation")
LONGEST_TABLE = 1 << 30  # a list of every picture of the largest library is a tenth of that
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  # full-width forms count too
_APOSTROPHE = "'"
_SEPARATORS = (",", ";", "\t", "|")
_SAYS_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_BEYOND_ASCII, _CHINESE = re.compile(rb"[\x80-\xff]+"), re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe])+")
_AS_WESTERN = "shoal-western"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One image. `path`: of the exported file, below the export folder; `source`: of the original.

    `x`, `y`: on the map; `distance`: cosine distance to the typical image of its cluster; `sure`: how likely an image
    of the cluster shows what the cluster is called; `isolation`: how odd it is among all images, 0.5 for a usual one,
    towards 1 the odder. None where it is not known.
    """

    path: str
    cluster: str
    x: float | None
    y: float | None
    silhouette: float | None
    distance: float | None
    source: str
    sure: float | None = None
    isolation: float | None = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a table says about an image; `source` is empty where the table has no such column."""

    path: str
    cluster: str
    source: str = ""


def path_text(path: Path) -> str:
    """A path as text that every encoding can hold: names that are not text keep their bytes as escapes."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def clusters_csv(rows: Iterable[TableRow]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        figures = [_figure(value) for value in (row.x, row.y, row.silhouette, row.distance)]
        last = harmless(row.source), _figure(row.sure), _figure(row.isolation)
        writer.writerow([harmless(row.path), harmless(row.cluster), *figures, *last])
    return text.getvalue().encode("utf-8", "backslashreplace")


def clusters_json(rows: Sequence[TableRow], facts: Mapping[str, object]) -> bytes:
    """`facts`: what holds for all of it (model, algorithm ...). Numbers as in the CSV."""
    images = [{**asdict(row), **_rounded(row)} for row in rows]
    text = json.dumps({**facts, "images": images}, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def _rounded(row: TableRow) -> dict[str, float | None]:
    figures = {
        "x": row.x, "y": row.y, "silhouette": row.silhouette, "distance": row.distance, "sure": row.sure,
        "isolation": row.isolation,
    }  # fmt: skip
    return {name: None if value is None else float(_figure(value)) for name, value in figures.items()}


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def harmless(text: str) -> str:
    """What no spreadsheet takes for a formula."""
    return _APOSTROPHE + text if text.startswith((*_FORMULA, _APOSTROPHE)) else text


def _as_written(text: str) -> str:
    return text[1:] if text.startswith(_APOSTROPHE) and text[1:].startswith((*_FORMULA, _APOSTROPHE)) else text


def read_clusters_table(data: bytes) -> list[ReadRow]:
    """Read clusters.csv or clusters.json, as written or as a spreadsheet saved it (other separators and encodings).

    A spreadsheet that takes UTF-8 for its own encoding writes back what it read, and what was typed in its own: each
    cell is read by itself. Needs the columns path and cluster; others may be missing or new. Raises UserFacingError.
    """
    if len(data) > LONGEST_TABLE:
        raise _unreadable(Sentence("it is too large"))
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16", "replace")
            return _read_json(text) if text.lstrip().startswith("{") else _read_csv(text, str)
        unmarked = _utf_16_without_mark(data)
        if unmarked:
            return _read_csv(data.decode(unmarked, "replace"), str)
        data = data.removeprefix(b"\xef\xbb\xbf")
        return (
            _read_json(_decoded(data)) if data.lstrip().startswith(b"{") else _read_csv(data.decode("latin-1"), _cell)
        )
    except (csv.Error, json.JSONDecodeError, RecursionError) as error:
        raise _unreadable(reason_of(error)) from error


def _utf_16_without_mark(data: bytes) -> str | None:
    """By the first line, which is in ASCII."""
    first = data[:64].partition(b"\n")[0]
    low, high = first[::2].count(0), first[1::2].count(0)
    return "utf-16-le" if high > len(first) // 4 and not low else "utf-16-be" if low > len(first) // 4 else None


def _cell(bytes_as_text: str) -> str:
    return _decoded(bytes_as_text.encode("latin-1"))


def _decoded(data: bytes) -> str:
    """UTF-8, or what a spreadsheet on Windows writes: in Chinese, or in a language of the West."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        if all(map(_CHINESE.fullmatch, _BEYOND_ASCII.findall(data))):
            return data.decode("gb18030", "replace")
        return data.decode("utf-8", _AS_WESTERN)


def _western(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 amid UTF-8, letter by letter."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_AS_WESTERN, _western)


def _read_csv(text: str, decode: Callable[[str], str]) -> list[ReadRow]:
    first, _, rest = text.partition("\n")
    said = _SAYS_SEPARATOR.fullmatch(first.rstrip("\r"))
    if said:
        text, first = rest, rest.partition("\n")[0]
    separator = said[1] if said else max(_SEPARATORS, key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    reader.fieldnames = [decode(name).strip().lower() for name in reader.fieldnames or ()]
    if not {"path", "cluster"}.issubset(reader.fieldnames):
        raise _unreadable(Sentence("its first line does not name the columns path and cluster"))
    names = "path", "cluster", "source"
    cells = ({name: _as_written(decode(row.get(name) or "")) for name in names} for row in reader)
    return [ReadRow(**row) for row in cells if row["path"] or row["source"]]


def _read_json(text: str) -> list[ReadRow]:
    images = json.loads(text).get("images")
    if not isinstance(images, list):
        raise _unreadable(Sentence("it lists no images"))
    rows = []
    for image in images:
        cells = image if isinstance(image, dict) else {}
        path, cluster, source = (cells.get(name, "") for name in ("path", "cluster", "source"))
        if not all(isinstance(cell, str) for cell in (path, cluster, source)):
            raise _unreadable(Sentence("one of its images has no path and cluster"))
        rows.append(ReadRow(path, cluster, source))
    return rows


def _unreadable(reason: Sentence) -> UserFacingError:
    return UserFacingError(
        Sentence("The table cannot be read: {reason}.", reason=reason),
        Sentence("Choose a clusters.csv or clusters.json."),
    )
