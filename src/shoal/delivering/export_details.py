"""What an export says about each image besides the file itself: the rows of its tables."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.domain.export_plan import UNSORTED_NAME, ExportPlan
from shoal.domain.focus import SUBJECT
from shoal.domain.geometry import EmbeddingMatrix, MapLayout, Outliers, Proposal
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ContentHash, ImageId, ImageRecord, Region
from shoal.domain.objects import ObjectChoice
from shoal.domain.recipe import Recipe
from shoal.exports.contact_sheet import SheetCluster, SheetPicture, shown_per_cluster
from shoal.exports.tables import TableRow, path_text
from shoal.looking.content_names import sureness
from shoal.looking.known_words import known_words


@dataclass(frozen=True, slots=True, eq=False)
class SortedImages:
    """Images and what is known about them. The arrays may be missing, or lack some of the images.

    `facts` go into clusters.json (model, algorithm ...); `recipe`: how all of it was made, where that is known.
    """

    grouping: Grouping
    records: Sequence[ImageRecord]
    embeddings: EmbeddingMatrix | None = None
    layout: MapLayout | None = None
    proposal: Proposal | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    outliers: Outliers | None = None
    recipe: Recipe | None = None

    def cluster_of(self, image: ImageId) -> ClusterId:
        return ClusterId(int(self.grouping.home[image]))

    def name_of(self, cluster: ClusterId) -> str:
        return UNSORTED_NAME if cluster == UNSORTED else self.grouping.clusters[cluster].name


def whole_pictures(records: Sequence[ImageRecord]) -> list[ImageRecord]:
    """Of a picture with several objects one record, of its main object, which stands for the whole file."""
    if not any(record.region for record in records):
        return list(records)
    by_path: dict[Path, list[ImageRecord]] = {}
    for record in records:
        by_path.setdefault(record.path, []).append(record)
    return [_as_whole(_main_of(those)) for those in by_path.values()]


def objects_of(records: Sequence[ImageRecord]) -> list[ImageRecord]:
    """What can be cut out: each object; of a picture that was sorted by its main object, that; else the whole."""
    return [
        replace(record, content_hash=region.content_hash, region=region) if (region := object_of(record)) else record
        for record in records
    ]


def object_of(record: ImageRecord) -> Region | None:
    """The object that a detector found and the image goes by. Where a network looks (`SUBJECT`) is none."""
    region = record.region or record.main
    return None if region is None or region.kind == SUBJECT else region


def shown_by(records: Sequence[ImageRecord], crops: bool) -> dict[ImageId, tuple[ContentHash, ...]]:
    """Whose small pictures show what is exported, the best first: of an object too small for one, the picture's."""
    if not crops:
        return {record.id: (record.content_hash,) for record in records}
    return {record.id: (record.content_hash, record.file_hash) for record in objects_of(records)}


class SmallPictures(Protocol):
    """Where thumbnails come from: kept ones by content, or made anew."""

    def thumbnail_of(self, content: ContentHash) -> bytes | None: ...

    def small_jpeg(self, record: ImageRecord) -> bytes | None: ...


def sheet_thumbnails(images: SortedImages, pictures: SmallPictures, crops: bool) -> Callable[[ImageId], bytes | None]:
    """The small picture of each image for a contact sheet; one that was thrown out is made again."""
    hashes = shown_by(images.records, crops)
    records = {record.id: record for record in (objects_of if crops else whole_pictures)(images.records)}

    def thumbnail(image: ImageId) -> bytes | None:
        cached = next(filter(None, map(pictures.thumbnail_of, hashes[image])), None)
        return cached or (pictures.small_jpeg(records[image]) if image in records else None)

    return thumbnail


def _main_of(records: Sequence[ImageRecord]) -> ImageRecord:
    facts, by_region = records[0].facts, {record.region: record for record in records if record.region}
    main = ObjectChoice(confidence=0.0).main(list(by_region), facts.width, facts.height)
    return by_region[main] if main else records[0]


def _as_whole(record: ImageRecord) -> ImageRecord:
    return replace(record, content_hash=record.file_hash, region=None) if record.region else record


def table_rows(images: SortedImages, plan: ExportPlan) -> list[TableRow]:
    """One row per image of the plan, in its order. A picture that then has to be left out keeps its row."""
    positions = _figures(images.layout, None if images.layout is None else images.layout.positions)
    silhouettes = _figures(images.proposal, None if images.proposal is None else images.proposal.silhouette)
    isolations = _figures(images.outliers, None if images.outliers is None else images.outliers.isolation)
    distances = {image: value for _, of in _clusters_described(images).values() for image, value in of.items()}
    sources = {record.id: record.path for record in images.records}
    sure = {} if images.embeddings is None else sureness(images.grouping, images.embeddings, known_words())
    rows = []
    for image, path in _pictures(plan).items():
        x, y, *_ = positions.get(image, (None, None))
        (silhouette,), (isolation,) = silhouettes.get(image, (None,)), isolations.get(image, (None,))
        cluster, source = images.cluster_of(image), path_text(sources[image])
        figures = x, y, silhouette, distances.get(image)
        rows.append(TableRow(path, images.name_of(cluster), *figures, source, sure.get(cluster), isolation))
    return rows


def _pictures(plan: ExportPlan) -> dict[ImageId, str]:
    """Image -> path of its exported file below the root; the picture itself is the first of its family."""
    pictures: dict[ImageId, str] = {}
    for file in plan.files:
        pictures.setdefault(file.image, path_text(file.target.relative_to(plan.root)))
    return pictures


def _figures(
    of: MapLayout | Proposal | Outliers | None, values: NDArray[np.float32] | None
) -> dict[ImageId, tuple[float | None, ...]]:
    if of is None or values is None:
        return {}
    rows = np.asarray(values, np.float64).reshape(len(values), -1).tolist()
    figures = [tuple(value if isfinite(value) else None for value in row) for row in rows]
    return dict(zip(map(ImageId, of.rows.ids.tolist()), figures, strict=True))


def _clusters_described(images: SortedImages) -> dict[ClusterId, tuple[ImageId, dict[ImageId, float]]]:
    """Cluster -> (typical image, distance to it of every member). Nothing is typical of Unsorted."""
    embeddings = images.embeddings
    if embeddings is None:
        return {}
    homes = images.grouping.homes.of(embeddings.rows)
    described = {}
    for cluster in np.unique(homes[homes > UNSORTED]).tolist():
        rows = np.flatnonzero(homes == cluster)
        members = embeddings.vectors[rows]
        # With unit rows, the smallest sum of distances to the others is the largest product with their sum.
        typical = int((members @ members.sum(axis=0)).argmax())
        distances = np.clip(1.0 - members @ members[typical], 0.0, 2.0)
        ids = [ImageId(image) for image in embeddings.rows.ids[rows].tolist()]
        described[ClusterId(cluster)] = (ids[typical], dict(zip(ids, distances.tolist(), strict=True)))
    return described


def keyword_of(images: SortedImages, record: ImageRecord) -> str:
    """What a sidecar says of the cluster of an image. Belonging nowhere is no keyword."""
    cluster = images.cluster_of(record.id)
    return "" if cluster == UNSORTED else images.name_of(cluster)


def sheet_clusters(
    rows: Sequence[TableRow], plan: ExportPlan, thumbnail: Callable[[ImageId], bytes | None]
) -> list[SheetCluster]:
    """The clusters in the order of their folders, each with its most typical pictures first."""
    by_cluster: dict[str, list[tuple[TableRow, ImageId]]] = defaultdict(list)
    for row, image in zip(rows, _pictures(plan), strict=True):
        by_cluster[row.cluster].append((row, image))
    names = sorted(by_cluster, key=lambda name: (name == UNSORTED_NAME, -len(by_cluster[name])))
    members = [sorted(by_cluster[name], key=lambda member: member[0].distance or 0.0) for name in names]
    shown = shown_per_cluster([len(cluster) for cluster in members])
    clusters = []
    for name, cluster, count in zip(names, members, shown, strict=True):
        pictures = [_picture(row, thumbnail(image)) for row, image in cluster[:count]]
        clusters.append(SheetCluster(name, pictures + [_picture(row, None) for row, _ in cluster[count:]]))
    return clusters


def _picture(row: TableRow, thumbnail: bytes | None) -> SheetPicture:
    position = None if row.x is None or row.y is None else (row.x, row.y)
    return SheetPicture(row.path, thumbnail, position)
