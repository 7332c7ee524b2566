"""Twenty questions about pairs of which the rule is least sure; the answers fit it to this folder."""

import numpy as np

from shoal.analysis.copy_rule import CopyRule, most_telling
from shoal.domain.images import ImageRecord
from shoal.projects.duplicates import DuplicateSearch

QUESTIONS = 20


class CopyQuestions:
    """`rule` is what the answers so far have made of the taught one."""

    def __init__(self, search: DuplicateSearch, taught: CopyRule) -> None:
        self._search, self._taught, self.rule = search, taught, taught
        self._answers: dict[int, bool] = {}
        self._asked = ~np.isfinite(search.compared.signs[:, -1])  # nobody has looked closely at these
        self._pair = -1

    @property
    def answered(self) -> int:
        return len(self._answers)

    def next(self) -> tuple[ImageRecord, ImageRecord] | None:
        """The pair to ask about; None where enough was asked, or nothing is left."""
        compared = self._search.compared
        pair = most_telling(compared.likely(self.rule), self._asked)
        if pair is None or self.answered >= QUESTIONS:
            return None
        self._pair = pair
        first, other = compared.pairs[pair].tolist()
        return self._search.records[first], self._search.records[other]

    def answer(self, same: bool) -> None:
        """About the pair that `next` gave."""
        self._answers[self._pair], self._asked[self._pair] = same, True
        pairs = list(self._answers)
        answers = np.array([self._answers[pair] for pair in pairs])
        self.rule = self._taught.corrected(self._search.compared.signs[pairs], answers)
