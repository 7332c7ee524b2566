"""A learnt metric as a file, and a model that compares by it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import ClassifyingBackend, EmbeddingBackend, LoadOptions
from shoal.domain.folder_metric import FolderMetric
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import RgbImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence

METRIC_SUFFIX: Final = ".shoal-metric"
_LARGEST: Final = 64 << 20
_ARRAYS: Final = ("mean", "directions", "matrix")


def metric_bytes(metric: FolderMetric) -> bytes:
    """Numbers and text only (NumPy's .npz without pickles)."""
    told = json.dumps({"model": metric.model, "look": metric.look})
    buffer = io.BytesIO()
    arrays: dict[str, NDArray[np.generic]] = {name: getattr(metric, name) for name in _ARRAYS}
    np.savez(buffer, allow_pickle=False, metric=np.array(told), **arrays)
    return buffer.getvalue()


def read_metric(path: Path) -> FolderMetric:
    """Raises ModelUnavailable for a file that is none."""
    choose = Sentence("Name a file that shoal metric has written.")
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise ValueError("it is too large")
        with np.load(path, allow_pickle=False) as arrays:
            said = json.loads(str(arrays["metric"]))
            found = {name: np.ascontiguousarray(arrays[name], np.float32) for name in _ARRAYS}
        metric = FolderMetric(str(said["model"]), str(said["look"]), **found)
        if metric.directions.shape != (len(metric.mean), len(metric.matrix)) or metric.matrix.ndim != 2:
            raise ValueError("its arrays do not fit")
        return metric
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelUnavailable(
            Sentence("{path} cannot be read ({reason}).", path=path, reason=reason), choose
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile) as error:
        raise ModelUnavailable(Sentence("{path} is no metric of Shoal.", path=path), choose) from error


@runtime_checkable
class _Classifier(ClassifyingBackend, Protocol): ...


class MeasuredModel:
    """As the model inside, compared by a metric; under a key of its own."""

    def __init__(self, inner: EmbeddingBackend, metric: FolderMetric) -> None:
        self._inner, self._metric = inner, metric
        self.dimension = metric.dimension
        self.geometry: InputGeometry = inner.geometry
        self.one_core_per_call: bool = inner.one_core_per_call
        self.remark: Sentence = inner.remark
        digest = hashlib.sha256(metric.directions.tobytes() + metric.matrix.tobytes()).hexdigest()
        self.key: EmbeddingKey = replace(inner.key, preprocessing=f"{inner.key.preprocessing} metric {digest[:12]}")

    def embed(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        return _unit(self.embed_raw(images))

    def embed_raw(self, images: Sequence[RgbImage]) -> NDArray[np.float32]:
        return self._metric.raw(self._inner.embed(images))


class MeasuredClassifier(MeasuredModel):
    """Likewise, for one that also says what it takes pictures for."""

    def __init__(self, inner: ClassifyingBackend, metric: FolderMetric) -> None:
        super().__init__(inner, metric)
        self._classifier = inner

    def look(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rows, classes = self.look_raw(images)
        return _unit(rows), classes

    def look_raw(self, images: Sequence[RgbImage]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rows, classes = self._classifier.look(images)
        return self._metric.raw(rows), classes


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.where(lengths > 0, rows / np.maximum(lengths, 1e-12), 1 / np.sqrt(rows.shape[1]))
    return unit.astype(np.float32)


def measured(backend: EmbeddingBackend, options: LoadOptions) -> EmbeddingBackend:
    """By the metric that the options name, if they do. Raises ModelUnavailable where another model learnt it."""
    if options.metric is None:
        return backend
    if options.objects or options.focus != "whole":
        raise ModelUnavailable(
            Sentence("A metric is for whole pictures."), Sentence("Leave --focus and --objects out, or --metric.")
        )
    metric = read_metric(options.metric)
    if metric.look != backend.key.digest:
        raise ModelUnavailable(
            Sentence("This metric was learnt with {model}, and another model looks now.", model=metric.model),
            Sentence("Choose that model with the same options, or learn the metric again."),
        )
    kind = MeasuredClassifier if isinstance(backend, _Classifier) else MeasuredModel
    return kind(backend, metric)  # type: ignore[arg-type]  # the one for classifiers has got one
