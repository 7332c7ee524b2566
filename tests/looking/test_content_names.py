"""Names for clusters: one or many, in either language, no two the same; and how surely each says what is there."""

from collections.abc import Sequence

import numpy as np
import pytest
from tests.support.small_words import TREE, pictures_of

from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.looking.content_names import content_names, sureness, word_in

LION, LEMON, BEAGLE = ({"lion": 1.0},), ({"lemon": 0.9},), ({"beagle": 0.95},)
OTHERS = [LEMON * 6, LION * 5, ({"banana": 0.9},) * 6, ({"fox terrier": 0.9},) * 6, ({"tiger": 0.9},) * 6]
"""So many that no word fits the whole folder."""


def named(
    *clusters: tuple[dict[str, float], ...], chinese: bool = False, called_otherwise: Sequence[int] = ()
) -> dict[int, str]:
    labels = np.repeat(np.arange(len(clusters), dtype=np.int32), [len(one) for one in clusters])
    pictures = pictures_of(*[one for cluster in clusters for one in cluster])
    return content_names(pictures, labels, TREE, chinese, called_otherwise)


def test_many_are_called_so_in_english_and_chinese() -> None:
    assert named(LION * 4, LEMON * 5, BEAGLE * 6) == {0: "lions", 1: "lemons", 2: "beagles"}
    assert named(LION * 4, LEMON * 5, chinese=True) == {0: "狮子", 1: "柠檬"}


def test_one_is_called_one() -> None:
    assert named(({"beagle": 1.0},), LEMON * 5)[0] == "dog"


def test_clusters_that_show_the_same_are_numbered_the_largest_first() -> None:
    found = named(BEAGLE * 5, BEAGLE * 7, *OTHERS, *OTHERS[1:2])
    assert (found[0], found[1]) == ("beagles 2", "beagles 1")
    assert len(set(found.values())) == len(found)


def test_who_has_another_name_takes_no_number_from_the_rest() -> None:
    """As clusters do that are called by their sub-folder."""
    found = named(BEAGLE * 7, BEAGLE * 5, *OTHERS, called_otherwise=[0])
    assert (found.get(0), found[1]) == (None, "beagles")


@pytest.mark.parametrize(
    ("name", "word"),
    [("lions", "lion"), ("lions 2", "lion"), ("Lions (3)", "lion"), ("狮子 1", "lion"), ("Cluster 1", None)],
)
def test_a_name_with_a_number_is_still_the_word(name: str, word: str | None) -> None:
    place = word_in(name, TREE)
    assert (None if place is None else TREE.words[place].name) == word


def test_how_sure_a_name_is_counts_for_the_pictures_that_are_there_now() -> None:
    names = {1: ("lions", False), 2: ("lemons", True), 3: ("Cluster 01", False), 4: ("beagles", False)}
    clusters = {ClusterId(id_): Cluster(ClusterId(id_), name, 0, mine) for id_, (name, mine) in names.items()}
    home = np.array([1, 1, 1, 2, 3], np.int32)
    grouping = Grouping(clusters, home, np.zeros(5, np.bool_))
    seen = pictures_of(*LION * 2, *LEMON, *LEMON, *LEMON)
    vectors = np.eye(5, dtype=np.float32)
    embeddings = EmbeddingMatrix(Rows(np.arange(5), StageKey("test")), vectors, seen)
    assert {id_: round(sure, 3) for id_, sure in sureness(grouping, embeddings, TREE).items()} == {1: 0.667}
    assert sureness(grouping, EmbeddingMatrix(embeddings.rows, vectors), TREE) == {}
