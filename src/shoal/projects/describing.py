"""What a model that reads text does for an open window."""

from collections.abc import Sequence

from shoal.domain.extension_points import LoadOptions, TextEncoder
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.grouping import Grouping
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.looking.model_loading import finds_by_words, knows_classes
from shoal.looking.text_search import FoundImages, find_by_text, known_embeddings
from shoal.looking.word_search import find_by_word, knows_no_words, require_known
from shoal.projects.naming import NameOffer, offer_names, words_of
from shoal.projects.workplace import Workplace


class Describing:
    """Everything here is for the worker thread, and raises UserFacingError, ModelUnavailable and Cancelled.

    `model` is a name as in the picker; only pictures that it has looked at take part.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def find_by_text(self, text: str, records: Sequence[ImageRecord], model: str, task: Task) -> FoundImages:
        """By any text if the model reads it, else by the words for what it knows."""
        if not finds_by_words(model):
            raise knows_no_words(model)
        if knows_classes(model):
            require_known(text)
            backend, features = self._workplace.load_model(model, task), self._workplace.tools.caches.features
            return find_by_word(text, known_embeddings(records, backend, features), model)
        encoder, known = self._both(records, model, task)
        return find_by_text(text, known, encoder, task)

    def offer_names(
        self, text: str, records: Sequence[ImageRecord], grouping: Grouping, model: str, task: Task
    ) -> tuple[NameOffer, ...]:
        """`text`: a name a line."""
        words = words_of(text)
        encoder, known = self._both(records, model, task)
        return offer_names(grouping, known, words, encoder, task)

    def _both(self, records: Sequence[ImageRecord], model: str, task: Task) -> tuple[TextEncoder, EmbeddingMatrix]:
        """What reads, and what was seen."""
        workplace = self._workplace
        encoder = workplace.models.load_texts(model, LoadOptions(), task)
        backend = workplace.load_model(model, task)
        return encoder, known_embeddings(records, backend, workplace.tools.caches.features)
