"""The numbers there are about every picture: the map is coloured by them and the grid sorted by them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDateTime, QLocale, QTimeZone

from shoal.domain.marks import PICK_REJECTED
from shoal.domain.stacks import NEAR, Stacks, blur_of
from shoal.domain.verdicts import FLAG, STARS
from shoal.qt.session import Session
from shoal.widgets.grid_stacks import Ranking
from shoal.widgets.translation import QT_TRANSLATE_NOOP

Values = NDArray[np.float64]
"""A number per image id; infinite where nobody knows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: `label` is translated where it is shown. `told`: one of its values in words."""

    key: str
    label: str
    of: Callable[[Session], Values]
    told: Callable[[float], str] = lambda value: QLocale().toString(value, "g", 3)


def as_share(value: float) -> str:
    return f"{value:.0%}"


def as_day(value: float) -> str:
    """Of seconds since 1970 on the clock of the camera."""
    day = QDateTime.fromSecsSinceEpoch(int(value), QTimeZone.utc()).date()
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)


def as_size(value: float) -> str:
    return QLocale().formattedDataSize(int(value), 1)


def as_count(value: float) -> str:
    return QLocale().toString(round(value))


def sharpness(session: Session) -> Values:
    return session.columns.sharpness


def ranking(session: Session, stacks: Stacks) -> Ranking:
    """On top is what the user put there, else the sharpest; of a series, whose pictures are not alike, the first."""
    count = len(stacks.numbers)
    blur = np.full(count, 1.0)
    blur[: len(session.images)] = blur_of(session.columns.sharpness)[:count]
    first = np.where(stacks.kinds == NEAR, blur, stacks.shots / max(count, 1))
    return Ranking(np.where(stacks.chosen, first - 10, first), stacks.shots)


def megapixels(session: Session) -> Values:
    return session.columns.widths * session.columns.heights / 1e6


def tall_to_wide(session: Session) -> Values:
    widths, heights = session.columns.widths, session.columns.heights
    return np.divide(widths, np.maximum(heights, 1), out=widths, where=np.isfinite(widths))


def typicality(session: Session) -> Values:
    values = session.typicality.astype(np.float64)
    return np.where(values > -1, values, np.inf)


def stars(session: Session) -> Values:
    """Those that count; of a rejected picture one less than none."""
    verdicts = session.verdicts
    return np.where(verdicts[:, FLAG] == PICK_REJECTED, -1, verdicts[:, STARS]).astype(np.float64)


def silhouette(session: Session) -> Values:
    """As of the last clustering: what was moved since keeps its figure."""
    proposal = session.snapshot.proposal
    if proposal is None:
        return np.full(len(session.images), np.inf)
    values = np.where(proposal.labels >= 0, proposal.silhouette.astype(np.float64), np.inf)
    return proposal.rows.spread(values, len(session.images), np.inf).values


def loneliness(session: Session) -> Values:
    """Mean cosine distance to the nearest neighbours, whatever the clusters."""
    graph = session.snapshot.graph
    if graph is None or not graph.indices.shape[1]:
        return np.full(len(session.images), np.inf)
    is_known = graph.indices >= 0
    sums = np.where(is_known, graph.distances, 0).sum(axis=1, dtype=np.float64)
    values = np.where(is_known.any(axis=1), sums / np.maximum(is_known.sum(axis=1), 1), np.inf)
    return graph.rows.spread(values, len(session.images), np.inf).values


def isolation(session: Session) -> Values:
    """How few cuts of an isolation forest part it from all others, whatever the clusters."""
    outliers = session.snapshot.outliers
    if outliers is None:
        return np.full(len(session.images), np.inf)
    values = np.where(np.isfinite(outliers.isolation), outliers.isolation.astype(np.float64), np.inf)
    return outliers.rows.spread(values, len(session.images), np.inf).values


FIGURES: tuple[Figure, ...] = (
    Figure("date", QT_TRANSLATE_NOOP("figures", "Date taken"), lambda session: session.columns.dates, as_day),
    Figure("stars", QT_TRANSLATE_NOOP("figures", "Stars"), stars),
    Figure("sharpness", QT_TRANSLATE_NOOP("figures", "Sharpness"), sharpness, as_share),
    Figure("typical", QT_TRANSLATE_NOOP("figures", "How typical of its cluster"), typicality, as_share),
    Figure("silhouette", QT_TRANSLATE_NOOP("figures", "How clearly it belongs (silhouette)"), silhouette, as_share),
    Figure("lonely", QT_TRANSLATE_NOOP("figures", "How unlike all others"), loneliness, as_share),
    Figure("isolation", QT_TRANSLATE_NOOP("figures", "How isolated (outliers)"), isolation, as_share),
    Figure("megapixels", QT_TRANSLATE_NOOP("figures", "Megapixels"), megapixels),
    Figure("width", QT_TRANSLATE_NOOP("figures", "Width"), lambda session: session.columns.widths, as_count),
    Figure("height", QT_TRANSLATE_NOOP("figures", "Height"), lambda session: session.columns.heights, as_count),
    Figure("shape", QT_TRANSLATE_NOOP("figures", "Tall to wide"), tall_to_wide),
    Figure("file size", QT_TRANSLATE_NOOP("figures", "File size"), lambda session: session.columns.file_sizes, as_size),
)  # fmt: skip

FIGURES_BY_KEY = {figure.key: figure for figure in FIGURES}
