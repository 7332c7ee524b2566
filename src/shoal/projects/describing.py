"""What a model that reads text does for an open window."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shoal.domain.extension_points import EmbeddingBackend, LoadOptions, TextEncoder
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import Grouping
from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.task import Task
from shoal.looking.model_loading import ModelLoader, finds_by_words, knows_classes
from shoal.looking.pipeline import Tools, vectors_of
from shoal.looking.seen_vectors import known_embeddings
from shoal.looking.text_search import FoundImages, find_by_text
from shoal.looking.word_search import find_by_word, knows_no_words, require_known
from shoal.projects.naming import NameOffer, offer_names, words_of


class ModelLender(Protocol):
    """What is needed of the workplace: models, and the vectors that they made before."""

    @property
    def models(self) -> ModelLoader: ...

    @property
    def tools(self) -> Tools: ...

    def load_model(self, model: str, task: Task) -> EmbeddingBackend: ...


class Describing:
    """Everything here is for the worker thread, and raises UserFacingError, ModelUnavailable and Cancelled.

    `model` is a name as in the picker; only pictures that it has looked at take part.
    """

    def __init__(self, lender: ModelLender) -> None:
        self._lender = lender

    def find_by_text(self, text: str, records: Sequence[ImageRecord], model: str, task: Task) -> FoundImages:
        """By any text if the model reads it, else by the words for what it knows."""
        if not finds_by_words(model):
            raise knows_no_words(model)
        if knows_classes(model):
            require_known(text)
            backend = self._lender.load_model(model, task)
            return find_by_word(text, known_embeddings(records, backend, self._lender.tools.caches.features), model)
        encoder, embeddings = self._both(records, model, task)
        return find_by_text(text, embeddings, encoder, task)

    def vectors_of_files(self, files: Sequence[FoundImage], model: str, task: Task) -> NDArray[np.float32]:
        """Of pictures that lie anywhere, a unit row each."""
        return vectors_of(files, self._lender.load_model(model, task), self._lender.tools, task)

    def vectors_of_png(self, png: bytes, model: str, task: Task) -> NDArray[np.float32]:
        """Of a picture that is in no file yet."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "picture.png"
            file.write_bytes(png)
            return self.vectors_of_files([FoundImage(file)], model, task)

    def offer_names(
        self, text: str, records: Sequence[ImageRecord], grouping: Grouping, model: str, task: Task
    ) -> tuple[NameOffer, ...]:
        """`text`: a name a line."""
        words = words_of(text)
        encoder, embeddings = self._both(records, model, task)
        return offer_names(grouping, embeddings, words, encoder, task)

    def _both(self, records: Sequence[ImageRecord], model: str, task: Task) -> tuple[TextEncoder, EmbeddingMatrix]:
        """What reads, and what was seen."""
        encoder = self._lender.models.load_texts(model, LoadOptions(), task)
        backend = self._lender.load_model(model, task)
        return encoder, known_embeddings(records, backend, self._lender.tools.caches.features)
