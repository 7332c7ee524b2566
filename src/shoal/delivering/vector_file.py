"""Vectors as a file for other programs: NumPy's, a Parquet table, or what FiftyOne reads."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shoal.delivering.new_file import write_new_file
from shoal.domain.geometry import EmbeddingKey, NeighbourGraph
from shoal.exports.parquet import Values, parquet_table
from shoal.looking.extracted import Extraction

_CHARACTERS_AT_ONCE: Final = 1_000_000  # four megabytes
FIFTYONE: Final = ".json"
"""As FiftyOne's samples are written: see `_samples`."""


@dataclass(frozen=True, slots=True, eq=False)
class VectorTable:
    """`vectors` n x d float32, of unit length unless a recipe has prepared them otherwise. `key`: the model's.

    For objects also `boxes` (n x 4: left, top, right, bottom in pixels of pictures of `sizes`, n x 2), `kinds` and
    `confidences`. `graph`: whose neighbours are written along, as rows of the file; only the first two kinds take them.
    """

    paths: tuple[Path, ...]
    vectors: NDArray[np.float32]
    key: EmbeddingKey
    boxes: NDArray[np.int32] | None = None
    sizes: NDArray[np.int32] | None = None
    kinds: tuple[str, ...] = ()
    confidences: NDArray[np.float32] | None = None
    graph: NeighbourGraph | None = None


def vector_table(extraction: Extraction, key: EmbeddingKey, prepared: NDArray[np.float32] | None = None) -> VectorTable:
    """`prepared`: what a recipe made of the vectors, else they are as they were looked at."""
    vectors = extraction.embeddings.vectors if prepared is None else prepared
    paths = tuple(record.path for record in extraction.records)
    regions = [record.region for record in extraction.records if record.region]
    if not regions:
        return VectorTable(paths, vectors, key)
    boxes = np.array([region.box for region in regions], np.int32)
    sizes = np.array([(record.facts.width, record.facts.height) for record in extraction.records], np.int32)
    kinds = tuple(region.kind for region in regions)
    return VectorTable(
        paths, vectors, key, boxes, sizes, kinds, np.array([region.confidence for region in regions], np.float32)
    )


def write_vectors(path: Path, table: VectorTable) -> None:
    """A new file, of the kind that its ending says; see `write_new_file`. What holds nothing but numbers gets a list
    of the pictures beside it."""
    write_new_file(path, WRITERS[path.suffix.lower()](table))
    for beside in files_beside(path):
        write_new_file(beside, "".join(f"{path}\n" for path in table.paths).encode("utf-8", "backslashreplace"))


def files_beside(path: Path) -> tuple[Path, ...]:
    """What is written besides the file itself."""
    return (path.with_suffix(".txt"),) if path.suffix.lower() == ".npy" else ()


def _npz(table: VectorTable) -> bytes:
    """Arrays `paths` (str) and `vectors` in the same order, and `key` as JSON; `boxes`, `kinds` and `confidences`."""
    arrays: dict[str, NDArray[np.generic]] = {"vectors": table.vectors, "key": np.array(_key(table))}
    if table.boxes is not None and table.confidences is not None:
        arrays["boxes"], arrays["confidences"] = table.boxes, table.confidences
        arrays["kinds"] = np.array(table.kinds, np.str_)
    if table.graph is not None:
        arrays["neighbours"], arrays["distances"] = table.graph.indices, table.graph.distances
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        _add_texts(archive, "paths", [str(path) for path in table.paths])
    return buffer.getvalue()


def _add_texts(archive: zipfile.ZipFile, name: str, texts: Sequence[str]) -> None:
    """As NumPy's array of texts, each as long as the longest: a few at a time, and packed, for one long path among many
    short ones would take gigabytes."""
    width = max(map(len, texts), default=1) or 1
    at_once = max(1, _CHARACTERS_AT_ONCE // width)
    with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
        shape = {"descr": f"<U{width}", "fortran_order": False, "shape": (len(texts),)}
        np.lib.format.write_array_header_1_0(member, shape)
        for start in range(0, len(texts), at_once):
            member.write(np.array(texts[start : start + at_once], f"<U{width}").tobytes())


def _npy(table: VectorTable) -> bytes:
    """Nothing but the vectors, in the order of the paths in the .txt beside it, one a line."""
    buffer = io.BytesIO()
    np.save(buffer, table.vectors, allow_pickle=False)
    return buffer.getvalue()


def _parquet(table: VectorTable) -> bytes:
    """As embedding-atlas and data frames read it: columns `path` and `vector`, and those of objects."""
    columns: dict[str, Values] = {"path": [str(path) for path in table.paths], "vector": table.vectors}
    if table.boxes is not None and table.confidences is not None:
        columns |= {"box": table.boxes, "kind": list(table.kinds), "confidence": table.confidences}
    if table.graph is not None:
        columns |= {"neighbours": table.graph.indices, "distances": table.graph.distances}
    return parquet_table(columns, {"shoal_key": _key(table)})


def _samples(table: VectorTable) -> bytes:
    """For `fiftyone.Dataset.from_json`: `samples` with `filepath` and the field `embedding`; of objects one sample a
    picture, with detections whose `bounding_box` is left, top, width and height in shares of the picture.
    """
    detections = _detections(table)
    fields = {"filepath": "fiftyone.core.fields.StringField"}
    if detections is not None:
        fields["detections"] = "fiftyone.core.fields.EmbeddedDocumentField(fiftyone.core.labels.Detections)"
        samples = [{"filepath": path, "detections": objects} for path, objects in detections.items()]
    else:
        fields["embedding"] = "fiftyone.core.fields.VectorField"
        rows = zip(table.paths, table.vectors.tolist(), strict=True)
        samples = [{"filepath": str(path), "embedding": row} for path, row in rows]
    told = {"name": "shoal", "media_type": "image", "sample_fields": fields, "info": {"shoal_key": asdict(table.key)}}
    text = json.dumps({**told, "samples": samples}, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace")


def _detections(table: VectorTable) -> dict[str, dict[str, object]] | None:
    if table.boxes is None or table.sizes is None or table.confidences is None:
        return None
    objects: dict[str, list[dict[str, object]]] = {}
    shares = table.boxes / np.tile(table.sizes, 2)
    for row, path in enumerate(table.paths):
        left, top, right, bottom = shares[row].tolist()
        detection = {
            "_cls": "Detection",
            "label": table.kinds[row],
            "bounding_box": [left, top, right - left, bottom - top],
            "confidence": float(table.confidences[row]),
            "embedding": table.vectors[row].tolist(),
        }
        objects.setdefault(str(path), []).append(detection)
    return {path: {"_cls": "Detections", "detections": ones} for path, ones in objects.items()}


def _key(table: VectorTable) -> str:
    return json.dumps(asdict(table.key))


WRITERS: Final[Mapping[str, Callable[[VectorTable], bytes]]] = {
    ".npz": _npz,
    ".npy": _npy,
    ".parquet": _parquet,
    FIFTYONE: _samples,
}
SUFFIXES: Final = tuple(WRITERS)
TAKE_NEIGHBOURS: Final = (".npz", ".parquet")
