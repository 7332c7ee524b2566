"""What was named once is kept as bins, and other pictures fall into them or stay unsorted."""

import io
import pickle
from dataclasses import replace

import numpy as np
import pytest
from tests.support.sorted_session import CATS, project, snapshot

from shoal.delivering.scheme_file import SUFFIX, into_bins, read_scheme, scheme_of, write_scheme
from shoal.domain.edits import accept_images
from shoal.domain.errors import UserFacingError
from shoal.domain.geometry import EmbeddingMatrix, Rows, StageKey
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId, Grouping
from shoal.domain.history import Made
from shoal.domain.images import ImageId

__all__ = ["project"]
MADE = Made("some-model", StageKey("look"))


@pytest.fixture
def seen():
    embeddings = snapshot().embeddings
    assert embeddings is not None
    return embeddings


@pytest.fixture
def scheme(project, seen):
    return scheme_of(project.grouping, seen, MADE)


def other_pictures(seen):
    """Two cats, two dogs, and two of nothing that is known."""
    strange = np.random.default_rng(9).normal(size=(2, seen.vectors.shape[1]))
    vectors = np.vstack([seen.vectors[[1, 2, 30, 31]], strange / np.linalg.norm(strange, axis=1, keepdims=True)])
    return EmbeddingMatrix(Rows(np.arange(6), StageKey("new")), vectors.astype(np.float32))


def test_other_pictures_fall_into_the_bins_and_strangers_stay_unsorted(tmp_path, scheme, seen):
    write_scheme(tmp_path / f"pets{SUFFIX}", scheme)
    read = read_scheme(tmp_path / f"pets{SUFFIX}")
    assert read.names == ("Cats", "Dogs")
    assert read.model == "some-model"
    empty = Grouping(home=np.zeros(6, np.int32), pinned=np.zeros(6, np.bool_))
    after = empty.patched(into_bins(read, empty, other_pictures(seen), MADE))
    names = [after.clusters[ClusterId(int(home))].name if home else "" for home in after.home]
    assert names == ["Cats", "Cats", "Dogs", "Dogs", "", ""]
    assert all(cluster.named for cluster in after.clusters.values())


def test_what_somebody_put_somewhere_stays_and_a_machines_cluster_of_that_name_is_used(scheme, seen):
    clusters = {CATS: Cluster(CATS, "cats"), ClusterId(5): Cluster(ClusterId(5), "Mine", named=True)}
    before = Grouping(clusters, np.array([5, 1, 1, 1, 1, 1], np.int32), np.zeros(6, np.bool_), highest_id=5)
    before = before.patched(accept_images(before, [ImageId(0)]))
    after = before.patched(into_bins(scheme, before, other_pictures(seen), MADE))
    assert after.home[:2].tolist() == [5, CATS]
    assert after.home[4] == UNSORTED
    assert after.clusters[CATS].named


def test_another_models_vectors_are_refused(scheme, seen):
    empty = Grouping(home=np.zeros(6, np.int32), pinned=np.zeros(6, np.bool_))
    with pytest.raises(UserFacingError, match="some-model"):
        into_bins(scheme, empty, other_pictures(seen), replace(MADE, look=StageKey("another")))


def test_without_a_name_of_the_users_there_are_no_bins(seen):
    machine = {CATS: Cluster(CATS, "Cluster 01")}
    with pytest.raises(UserFacingError, match="no bins"):
        scheme_of(Grouping(machine, np.full(40, CATS, np.int32), np.zeros(40, np.bool_)), seen, MADE)


def harmful(of, **instead):
    arrays = {"scheme": np.array('{"model": "m", "look": "l", "names": ["Cats", "Dogs"]}')}
    for name in ("mean", "directions", "metric", "middles", "limits"):
        arrays[name] = getattr(of.bins, name)
    buffer = io.BytesIO()
    np.savez(buffer, **(arrays | instead))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "instead",
    [
        {"scheme": np.array("no json")},
        {"scheme": np.array("[]")},
        {"scheme": np.array('{"model": "m", "look": "l", "names": []}')},
        {"scheme": np.array('{"model": "m", "look": "l", "names": ["Cats"]}')},
        {"limits": np.full(2, np.nan)},
        {"mean": np.zeros(3)},
        {"metric": np.array(["x"])},
        {"middles": np.array([pickle], dtype=object).astype(str)},
    ],
)
def test_what_is_no_scheme_is_said_and_never_run(tmp_path, scheme, instead):
    path = tmp_path / "evil.shoal-scheme"
    path.write_bytes(harmful(scheme, **instead))
    with pytest.raises(UserFacingError, match="no scheme"):
        read_scheme(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"text", pickle.dumps([1])])
def test_neither_is_any_other_file(tmp_path, content):
    path = tmp_path / "other.shoal-scheme"
    path.write_bytes(content)
    with pytest.raises(UserFacingError, match="no scheme"):
        read_scheme(path)
    with pytest.raises(UserFacingError, match="cannot be read"):
        read_scheme(tmp_path / "missing.shoal-scheme")
