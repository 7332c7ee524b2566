"""Clusters named from a list of words, with a reader whose vectors are easy to see through."""

from pathlib import Path

import numpy as np
import pytest
from tests.support.wordy_pictures import WordReader, pictures_of

from shoal.domain import edits
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.task import Task
from shoal.projects.naming import offer_names, read_words, sure_names, words_of

WHAT = ["shoe"] * 6 + ["bag"] * 6 + ["shoe", "bag"] * 3 + ["shoe"] * 6 + ["nothing"] * 6
HOMES = [1] * 6 + [2] * 6 + [3] * 6 + [4] * 6 + [5] * 6


def sorted_pictures(named: int) -> tuple[Grouping, EmbeddingMatrix]:
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}", n, n == named) for n in range(1, 6)}
    grouping = Grouping(clusters, np.array(HOMES, np.int32), np.zeros(len(HOMES), np.bool_))
    return grouping, EmbeddingMatrix(Rows(np.arange(len(HOMES)), StageKey("test")), pictures_of(WHAT))


def test_clusters_of_one_kind_are_named_and_others_keep_their_names():
    grouping, embeddings = sorted_pictures(named=4)
    offers = offer_names(grouping, embeddings, ["shoe", "bag", "hat"], WordReader(), Task())
    assert {offer.cluster: (offer.word, offer.sure) for offer in offers if offer.cluster < 3} == {
        1: ("shoe", True),
        2: ("bag", True),
    }
    assert [offer.sure for offer in offers if offer.cluster in (3, 5)] == [False, False]
    after = grouping.patched(edits.suggest_names(grouping, sure_names(offers)))
    names = [cluster.name for cluster in after.clusters.values()]
    assert names == ["shoe", "bag", "Cluster 3", "Cluster 4", "Cluster 5"]


def test_a_list_is_one_name_a_line(tmp_path: Path):
    assert words_of("Shoe\n\n  red bag \n# a remark\nshoe\n\u5e3d\u5b50\r\n") == ("Shoe", "red bag", "\u5e3d\u5b50")
    (tmp_path / "words.txt").write_bytes("\ufeffshoe\nbag".encode())
    assert read_words(tmp_path / "words.txt") == ("shoe", "bag")


@pytest.mark.parametrize("content", [b"", b"# nothing\n\n", b"\xff\xfe\x00", b"x\n" * 600_000], ids=len)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "words.txt").write_bytes(content)
    with pytest.raises(UserFacingError):
        read_words(tmp_path / "words.txt")
    with pytest.raises(UserFacingError):
        read_words(tmp_path / "absent.txt")
