"""Bins for the next shoot: the named clusters of a project as a file, into which other pictures fall.

A file of numbers and text only (NumPy's .npz without pickles), read by a reader that takes nothing else.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.bins import UNSURE, Bins, bins_of, fall_into
from shoal.analysis.learning_space import learning_space
from shoal.analysis.prototypes import Knowledge
from shoal.delivering.new_file import write_new_file
from shoal.domain.cluster_import import assign_and_name
from shoal.domain.edits import clean_name
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import UNSORTED_NAME
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import Grouping, Patch
from shoal.domain.history import Made
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence

SUFFIX = ".shoal-scheme"
SORTING = Sentence("Sort into the bins of a scheme")
LARGEST = 256 << 20
_MOST = 20_000
_ARRAYS = ("mean", "directions", "metric", "middles", "limits")


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """`names`: of the bins, in their order. `model` as after --model; `look`: what else decides about its vectors."""

    model: str
    look: str
    names: tuple[str, ...]
    bins: Bins


def scheme_of(grouping: Grouping, embeddings: EmbeddingMatrix, made: Made) -> Scheme:
    """Of the clusters that the user has named. Raises UserFacingError where there are none."""
    homes = grouping.homes.of(embeddings.rows)
    named = [id_ for id_, cluster in grouping.clusters.items() if cluster.named and (homes == id_).any()]
    if not named:
        raise UserFacingError(
            Sentence("No cluster has a name of yours yet, so there are no bins to keep."),
            Sentence("Name clusters first: those without a name of yours are left out."),
        )
    pinned = grouping.pinned[embeddings.rows.ids]
    known = Knowledge(learning_space(embeddings), None, homes, pinned, np.empty((0, 2), np.int64))
    names = tuple(grouping.clusters[id_].name for id_ in sorted(named))
    return Scheme(made.model, made.look, names, bins_of(known, np.array(sorted(named), np.int32)))


def write_scheme(path: Path, scheme: Scheme) -> None:
    """A new file; see `write_new_file`. Raises UserFacingError."""
    told = json.dumps({"model": scheme.model, "look": scheme.look, "names": scheme.names})
    arrays: dict[str, NDArray[np.generic]] = {name: getattr(scheme.bins, name) for name in _ARRAYS}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, scheme=np.array(told), **arrays)
    write_new_file(path, buffer.getvalue())


def read_scheme(path: Path) -> Scheme:
    """Raises UserFacingError for a file that is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is too large")
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise ValueError("it is too large")
        with np.load(path, allow_pickle=False) as arrays:
            return _scheme(json.loads(str(arrays["scheme"])), {name: arrays[name] for name in _ARRAYS})
    except OSError as error:
        raise UserFacingError(
            Sentence("{path} cannot be read ({reason}).", path=path, reason=error.strerror or error),
            Sentence("Choose a scheme that Shoal has saved."),
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile) as error:
        raise UserFacingError(
            Sentence("{path} is no scheme of Shoal.", path=path), Sentence("Choose a scheme that Shoal has saved.")
        ) from error


def _scheme(told: Mapping[str, object], arrays: Mapping[str, NDArray[np.generic]]) -> Scheme:
    names = told["names"]
    if not isinstance(names, list) or not 0 < len(names) <= _MOST:
        raise ValueError("no names")
    bins = Bins(**{name: np.ascontiguousarray(array, np.float32) for name, array in arrays.items()})
    if len(bins.limits) != len(names):
        raise ValueError("not a name for each bin")
    return Scheme(str(told["model"]), str(told["look"]), tuple(clean_name(str(name)) for name in names), bins)


def into_bins(scheme: Scheme, grouping: Grouping, embeddings: EmbeddingMatrix, made: Made) -> Patch:
    """Every picture that nobody has put somewhere falls into a bin, or into Unsorted where that is not sure.

    Raises UserFacingError where another model has looked at the pictures.
    """
    if scheme.look != made.look:
        raise UserFacingError(
            Sentence("The scheme was made with {model}, and these pictures were not looked at so.", model=scheme.model),
            Sentence("Choose that model, with the same settings, and use the scheme again."),
        )
    free = np.flatnonzero(~grouping.pinned[embeddings.rows.ids])
    fallen = fall_into(scheme.bins, embeddings.vectors[free])
    images = embeddings.rows.ids[free]
    names = {
        ImageId(int(image)): UNSORTED_NAME if place == UNSURE else scheme.names[place]
        for image, place in zip(images, fallen.tolist(), strict=True)
    }
    return assign_and_name(grouping, names, UNSORTED_NAME)
