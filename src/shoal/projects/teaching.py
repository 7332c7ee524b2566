"""What the user's corrections teach: which pictures are doubtful, where else they may belong, how sure the rest is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from shoal.analysis.held_back import Verdict, found_again, held_back_corrections, judge, nearest_agree
from shoal.analysis.learning_space import LearningSpace, learning_space
from shoal.analysis.prototypes import Choices, Knowledge, choose_clusters, learn_prototypes
from shoal.analysis.sureness import FEWEST, learn_sureness, probably_right, share_surely_right, signs
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping
from shoal.domain.images import ImageId

PAGE = 35
"""Doubtful pictures on one page; after each page all is learnt anew."""
SAMPLES = 5
"""Of a page so many are drawn from all that is left: who looks at doubtful ones only learns nothing of the rest."""
SAMPLES_OF_MANY, MANY = 2, 2000
"""Where so many are left there are many pages, and fewer of each are enough."""
ENOUGH = 0.95
"""When so many are probably right the program says that one may stop."""
DOUBTFUL = 0.9
"""A picture that is likelier right than this is none of those that are left to look at."""
_JUDGED_AGAIN = 1.25
"""Whether metric and evening help is asked again when there are so many times more corrections."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A picture, its cluster and up to five where it may belong, the likeliest first; `right`: probably at home."""

    image: ImageId
    home: ClusterId
    choices: tuple[ClusterId, ...]
    right: float


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """What the signs were of pictures that somebody judged, and whether they stayed where they were."""

    signs: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 3)))
    right: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))

    def with_one(self, signs_of_it: NDArray[np.float64], right: bool) -> "Judgements":
        return Judgements(np.vstack([self.signs, signs_of_it[None]]), np.append(self.right, right))


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Values by row. `right`: the probability that it is where it belongs, 1 for what the user put there.

    `share`: of all pictures in clusters at least so many are probably right; None while too few were judged to say.
    """

    known: Knowledge
    choices: Choices
    signs: NDArray[np.float64]
    right: NDArray[np.float64]
    share: float | None
    metric: Verdict
    evened: Verdict

    @property
    def open_rows(self) -> NDArray[np.int64]:
        """What the user has not put anywhere, the most doubtful first."""
        rows = np.flatnonzero(~self.known.pinned & (self.known.homes >= UNSORTED))
        return rows[np.argsort(self.right[rows], kind="stable")]

    @property
    def doubtful(self) -> int:
        """How many are worth a look."""
        return int((self.right[self.open_rows] < DOUBTFUL).sum())

    def page(self, count: int = PAGE) -> list[Doubt]:
        """The most doubtful ones, and among them a few drawn by lot from the others, at the same places each time."""
        rows = self.open_rows
        samples = SAMPLES if len(rows) < MANY else SAMPLES_OF_MANY
        lot = np.random.default_rng(int(self.known.pinned.sum()))
        first, others = rows[: count - samples], rows[count - samples :]
        drawn = lot.permutation(others)[:samples]
        places = np.ceil(np.linspace(0, len(first), len(drawn) + 2)[1:-1]).astype(np.int64)
        return [self._doubt(int(row)) for row in np.insert(first, places, drawn)]

    def again(self, images: Sequence[int]) -> list[Doubt]:
        """The same pictures as far as they are still open, with what is known of them now, in their order."""
        rows = self.known.space.rows.rows_of(np.array(images, np.int64))
        return [self._doubt(int(row)) for row in rows if row >= 0 and not self.known.pinned[row]]

    def signs_of(self, image: int) -> NDArray[np.float64] | None:
        row = self.known.space.rows.row_of(image)
        return None if row is None else self.signs[row]

    def more_like(self, cluster: ClusterId) -> NDArray[np.int32]:
        """Images elsewhere, not put there by the user, whose likeliest cluster is this one; the surest first."""
        knowledge = self.known
        rows = np.flatnonzero(
            (self.choices.clusters[:, 0] == cluster) & (knowledge.homes != cluster) & ~knowledge.pinned
        )
        rows = rows[knowledge.homes[rows] >= UNSORTED]
        rows = rows[np.argsort(-self.choices.lead[rows], kind="stable")]
        return knowledge.space.rows.ids[rows].astype(np.int32)

    def _doubt(self, row: int) -> Doubt:
        clusters = [ClusterId(cluster) for cluster in self.choices.clusters[row].tolist() if cluster > UNSORTED]
        home, image = ClusterId(int(self.known.homes[row])), ImageId(int(self.known.space.rows.ids[row]))
        return Doubt(image, home, tuple(clusters), float(self.right[row]))


class Teacher:
    """Of one set of vectors. For one thread at a time; it remembers what takes long."""

    def __init__(self, embeddings: EmbeddingMatrix, graph: NeighbourGraph | None) -> None:
        self._embeddings = embeddings
        self._graph = graph if graph is not None and graph.rows.are(embeddings.rows) else None
        self._spaces: dict[bool, LearningSpace] = {}
        self._metric, self._evened, self._asked_at = Verdict(True), Verdict(False), 0

    def lesson(self, grouping: Grouping, judged: Judgements) -> Lesson:
        """What there is to say about the grouping; 50 to 100 ms at 10,000 pictures."""
        self._choose_means(grouping)
        knowledge = self._known(grouping, evened=False)
        choices = self._choose(knowledge)
        seen_signs = signs(choices)  # of one space, whatever is chosen in: what was judged is told by them
        if self._evened.used:
            knowledge = self._known(grouping, evened=True)
            likelier = self._choose(knowledge)
            choices = replace(choices, clusters=likelier.clusters, lead=likelier.lead)
        weights = learn_sureness(judged.signs, judged.right)
        right = probably_right(seen_signs, weights)
        right[knowledge.pinned] = 1.0
        clustered, share = knowledge.homes > UNSORTED, None
        if len(judged.right) >= min(FEWEST, int((~knowledge.pinned).sum())) and clustered.any():
            open_signs = seen_signs[clustered & ~knowledge.pinned]
            share = share_surely_right(open_signs, int(clustered.sum()) - len(open_signs), judged.signs, weights)
        return Lesson(knowledge, choices, seen_signs, right, share, self._metric, self._evened)

    def _choose(self, knowledge: Knowledge) -> Choices:
        return choose_clusters(knowledge, learn_prototypes(knowledge, knowledge.weights, metric=self._metric.used))

    def _known(self, grouping: Grouping, *, evened: bool) -> Knowledge:
        space = self._space(evened)
        moves = [(rejection.first, rejection.second) for rejection in grouping.rejections if rejection.kind == "move"]
        refused = np.array(moves, np.int64).reshape(-1, 2)
        rows = space.rows.rows_of(refused[:, 0])
        refused = np.stack([rows, refused[:, 1]], axis=1)[rows >= 0]
        homes, pinned = grouping.homes.of(space.rows), grouping.pinned[space.rows.ids]
        return Knowledge(space, self._graph, homes, pinned, refused)

    def _space(self, evened: bool) -> LearningSpace:
        if evened not in self._spaces:
            self._spaces[evened] = learning_space(self._embeddings, evened)
        return self._spaces[evened]

    def _choose_means(self, grouping: Grouping) -> None:
        """Metric and evening are asked of held-back corrections, now and then."""
        plain = self._known(grouping, evened=False)
        corrections = held_back_corrections(plain.homes, plain.pinned)
        if len(corrections) < _JUDGED_AGAIN * self._asked_at or not len(corrections):
            return
        self._asked_at = len(corrections)
        bare = found_again(plain, corrections, metric=False)
        self._metric = judge(bare, found_again(plain, corrections, metric=True), unless_told=True)
        spaces = self._space(False), self._space(True)
        without, evened = (nearest_agree(space.points, plain.homes, corrections) for space in spaces)
        verdict = judge(without, evened, unless_told=False)
        self._evened = replace(verdict, used=verdict.used and len(plain.homes) <= MANY)  # it takes twice as long
