"""The last map, proposal and model key of a project, so that it reopens at once. If they are lost they are remade."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from numpy.typing import NDArray

from shoal.domain.geometry import EmbeddingKey, MapLayout, Proposal, Rows, StageKey
from shoal.store.patch_codec import pack, unpack
from shoal.store.project_database import ProjectDatabase
from shoal.store.sqlite_files import DatabaseDamaged

T = TypeVar("T")
Arrays = dict[str, NDArray[Any]]
log = logging.getLogger(__name__)


class DerivedValues:
    """Loading gives None for what is not there, and for what cannot be read (with a warning in the log).

    Whether a value is stale is for the caller to see, by its key.
    """

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def save_map(self, layout: MapLayout) -> None:
        arrays: Arrays = {"image_ids": layout.rows.ids, "positions": layout.positions}
        self._save("map", {"key": layout.key, "rows": layout.rows.key, "method": layout.method}, arrays)

    def load_map(self) -> MapLayout | None:
        return self._load("map", _as_map)

    def save_proposal(self, proposal: Proposal) -> None:
        arrays = {"image_ids": proposal.rows.ids} | {name: getattr(proposal, name) for name in _PROPOSAL_ARRAYS}
        head = {"key": proposal.key, "rows": proposal.rows.key, "algorithm": proposal.algorithm}
        self._save("proposal", head, arrays)

    def load_proposal(self) -> Proposal | None:
        return self._load("proposal", _as_proposal)

    def save_embedding_key(self, key: EmbeddingKey) -> None:
        self._save("embedding", asdict(key), {})

    def load_embedding_key(self) -> EmbeddingKey | None:
        return self._load("embedding", lambda head, _arrays: EmbeddingKey(**head))

    def save_choices(self, choices: dict[str, Any]) -> None:
        """What the user chose for this project (model, number of clusters ...): anything that JSON can say."""
        self._save("choices", json.loads(json.dumps(choices)), {})

    def load_choices(self) -> dict[str, Any]:
        return self._load("choices", lambda head, _arrays: head) or {}

    def _save(self, kind: str, head: dict[str, Any], arrays: Arrays) -> None:
        data = pack(head, arrays)
        statement = "INSERT OR REPLACE INTO derived (kind, value) VALUES (?, ?)"
        self._database.write(lambda db: db.execute(statement, [kind, data]))

    def _load(self, kind: str, build: Callable[[dict[str, Any], Arrays], T]) -> T | None:
        rows = self._database.read("SELECT value FROM derived WHERE kind = ?", [kind])
        if not rows:
            return None
        try:
            return build(*unpack(rows[0][0]))
        except (DatabaseDamaged, ValueError, TypeError, KeyError) as error:
            log.warning("The %s kept in %s cannot be read and is made anew: %s", kind, self._database.path, error)
            return None


_PROPOSAL_ARRAYS = ("labels", "typical", "tightness", "silhouette")


def _as_map(head: dict[str, Any], arrays: Arrays) -> MapLayout:
    ids, positions = _columns(arrays, image_ids="i8", positions="f4")
    if positions.ndim != 2 or head["method"] not in ("pca", "umap"):
        raise ValueError("it is no map")
    return MapLayout(StageKey(str(head["key"])), _rows(head, ids), positions, head["method"])


def _as_proposal(head: dict[str, Any], arrays: Arrays) -> Proposal:
    kinds = dict(zip(_PROPOSAL_ARRAYS, ("i4", "i4", "f4", "f4"), strict=True))
    ids, labels, typical, tightness, silhouette = _columns(arrays, image_ids="i8", **kinds)
    if labels.min(initial=-1) < -1 or labels.max(initial=-1) >= len(typical):
        raise ValueError("it has labels without a cluster")
    if typical.min(initial=0) < 0 or typical.max(initial=-1) >= len(ids):
        raise ValueError("a typical image is not there")
    rows, key = _rows(head, ids), StageKey(str(head["key"]))
    return Proposal(key, rows, labels, typical, tightness, silhouette, str(head["algorithm"]))


def _rows(head: dict[str, Any], ids: NDArray[Any]) -> Rows:
    """Files of earlier versions do not say what the rows were made from."""
    return Rows(ids, StageKey(str(head.get("rows", ""))))


def _columns(arrays: Arrays, **kinds: str) -> list[NDArray[Any]]:
    if any(arrays[name].dtype.str[1:] != kind for name, kind in kinds.items()):
        raise ValueError("its columns are of the wrong kind")
    return [arrays[name] for name in kinds]
