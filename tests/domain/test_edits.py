import random
import time

import numpy as np
import pytest
from tests.domain.random_edits import EDITS, random_patch, some_grouping

from shoal.domain import edits
from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId, Grouping, Patch, Rejection
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project


def grouping_of(homes, pinned=(), named=()) -> Grouping:
    home = np.array(homes, np.int32)
    pins = np.zeros(len(home), np.bool_)
    pins[list(pinned)] = True
    ids = sorted({int(id_) for id_ in home} - {0} | set(named))
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}", n, n in named) for n in ids}
    return Grouping(clusters, home, pins)


def proposal(labels, images=None, names=None) -> ProposedClusters:
    labels = np.array(labels, np.int32)
    images = np.arange(len(labels)) if images is None else np.array(images)
    return ProposedClusters(images, labels, names or [""] * (int(labels.max(initial=-1)) + 1))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("seed", range(40))
def test_every_edit_can_be_taken_back(edit, seed):
    before = some_grouping(seed)
    patch = edit(before, random.Random(seed))
    after = before.patched(patch)
    assert after.patched(patch.inverse) == before
    assert bool(patch) == (after != before)


def test_every_edit_is_in_the_random_test():
    source = "".join(edit.__code__.co_names.__str__() for edit in EDITS)
    offered = [
        name for name, thing in vars(edits).items() if getattr(thing, "__annotations__", {}).get("return") is Patch
    ]
    assert [name for name in offered if not name.startswith("_") and name not in source] == []


@pytest.mark.parametrize("seed", range(30))
def test_undo_all_then_redo_all_is_the_identity(seed):
    rng = random.Random(seed)
    project = Project(some_grouping(seed))
    states = [project.grouping]
    for number in range(40):
        project.apply(Sentence(f"edit {number}"), random_patch(project.grouping, rng))
        if project.grouping != states[-1]:
            states.append(project.grouping)
    for state in reversed(states[:-1]):
        project.undo()
        assert project.grouping == state
    assert project.undo_label is None
    for state in states[1:]:
        project.redo()
        assert project.grouping == state
    assert project.redo_label is None


def test_what_the_user_moves_is_pinned():
    before = grouping_of([1, 1, 2, 0])
    after = before.patched(edits.move_images(before, [ImageId(3), ImageId(0)], ClusterId(2)))
    assert after.home.tolist() == [2, 1, 2, 2]
    assert after.pinned.tolist() == [True, False, False, True]
    accepted = after.patched(edits.accept_images(after, np.array([2, 1])))
    assert accepted.home.tolist() == after.home.tolist()
    assert accepted.pinned.all()
    free = accepted.patched(edits.unpin_images(accepted, np.arange(4)))
    assert not free.pinned.any()


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda g: edits.move_images(g, [ImageId(4)], ClusterId(1)), "image 4 is not among"),
        (lambda g: edits.move_images(g, [ImageId(-1)], ClusterId(1)), "is not among"),
        (lambda g: edits.move_images(g, [ImageId(0)], ClusterId(9)), "no cluster 9"),
        (lambda g: edits.merge_clusters(g, [ClusterId(1)], UNSORTED), "no cluster 0"),
        (lambda g: edits.rename_cluster(g, ClusterId(1), "\n \t\x00"), "needs a name"),
        (lambda g: edits.split_cluster(g, ClusterId(1), np.zeros(5, np.int32)), "5 labels for the 2"),
        (lambda g: edits.place_new_images(g, [ImageId(3)], np.zeros(2, np.int32)), "2 clusters for 1"),
        (lambda g: edits.place_new_images(g, [ImageId(3)], np.array([8], np.int32)), "no cluster 8"),
        (lambda g: adopt_proposal(g, proposal([0, 0], images=[1, 1])), "twice"),
        (lambda g: adopt_proposal(g, proposal([0], images=[4])), "not there"),
        (lambda g: ProposedClusters(np.arange(2), np.array([0], np.int32), ["a"]), "2 images but 1"),
        (lambda g: ProposedClusters(np.arange(1), np.array([1], np.int32), ["a"]), "has no name"),
    ],
)
def test_mistakes_are_refused(mistake, message):
    with pytest.raises(ValueError, match=message):
        mistake(grouping_of([1, 1, 2, 0]))


def test_names_fit_on_one_line_and_show_what_they_are():
    assert edits.clean_name(" a\n b\t\x07c \u202egnp.exe ") == "a b c gnp.exe"
    assert edits.clean_name("e\u0301te\u0301") == "\u00e9t\u00e9"
    assert edits.clean_name("x" * 500) == "x" * 200
    assert edits.clean_name("lone \ud800 surrogate") == "lone surrogate"
    assert (
        edits.clean_name("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
        == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )
    some = grouping_of([1])
    assert edits.distinct_names(some, ["cluster 1", "Birds", "birds"]) == ["cluster 1 (2)", "Birds", "birds 2"]
    assert edits.distinct_names(some, ["cats", "cats 2", "Cats", "cats 2"])[2:] == ["Cats 3", "cats 4"]


def test_a_merge_keeps_the_name_that_the_user_gave():
    before = grouping_of([1, 2, 2, 3], named=[2])
    after = before.patched(edits.merge_clusters(before, [ClusterId(2), ClusterId(3)], ClusterId(1)))
    assert after.home.tolist() == [1, 1, 1, 1]
    assert after.clusters == {ClusterId(1): Cluster(ClusterId(1), "Cluster 2", 1, named=True)}
    assert after.pinned.tolist() == [False, True, True, True]


def test_a_split_leaves_the_largest_part_as_it_is():
    before = grouping_of([1, 1, 1, 1, 1, 2])
    patch = edits.split_cluster(before, ClusterId(1), np.array([2, 0, 0, 0, 1], np.int32))
    after = before.patched(patch)
    assert edits.created_clusters(patch) == [3, 4]
    assert after.home.tolist() == [4, 1, 1, 1, 3, 2]
    assert [after.clusters[ClusterId(n)].name for n in (1, 3, 4)] == ["Cluster 1", "Cluster 1 2", "Cluster 1 3"]
    assert not edits.split_cluster(before, ClusterId(1), np.zeros(5, np.int32))
    stays = edits.split_cluster(before, ClusterId(1), np.array([-1, -1, 0, 0, -1], np.int32))
    assert before.patched(stays).home.tolist() == [1, 1, 3, 3, 1, 2]


def test_a_dissolved_cluster_sets_its_images_free():
    before = grouping_of([1, 1, 2], pinned=[0])
    after = before.patched(edits.dissolve_cluster(before, ClusterId(1)))
    assert after.home.tolist() == [0, 0, 2]
    assert not after.pinned.any()
    assert list(after.clusters) == [2]


def test_no_id_is_used_for_two_clusters():
    project = Project(grouping_of([1, 2]))
    project.apply(Sentence("dissolve"), edits.dissolve_cluster(project.grouping, ClusterId(2)))
    project.apply(Sentence("new"), edits.create_cluster(project.grouping, "a"))
    project.undo()
    project.undo()
    project.apply(Sentence("new"), edits.create_cluster(project.grouping, "b"))
    assert sorted(project.grouping.clusters) == [1, 2, 4]


def test_colours_differ_as_long_as_they_can():
    grouping = Grouping()
    for number in range(edits.PALETTE_SIZE + 1):
        grouping = grouping.patched(edits.create_cluster(grouping, f"c{number}"))
    colours = [cluster.colour for cluster in grouping.clusters.values()]
    assert colours == [*range(edits.PALETTE_SIZE), 0]


def test_new_images_are_placed_and_nothing_else_moves():
    before = grouping_of([1, 2, 0, 0, 0], pinned=[4])
    before = before.patched(edits.reject_suggestions(before, np.array([3]), np.array([1])))
    homes = np.array([2, 1, 1, 1, 1], np.int32)
    after = before.patched(edits.place_new_images(before, np.arange(5), homes))
    assert after.home.tolist() == [1, 2, 1, 0, 0]
    assert after.pinned.tolist() == before.pinned.tolist()


def test_refusals_are_kept_in_either_order():
    some = grouping_of([1, 2])
    after = some.patched(edits.reject_merge(some, ClusterId(2), ClusterId(1)))
    assert after.rejections == {Rejection("merge", 1, 2)}
    assert not edits.reject_merge(after, ClusterId(1), ClusterId(2))


class TestAdopting:
    def test_the_first_proposal_makes_clusters_in_its_order(self):
        before = Grouping().grown_to(6)
        after = before.patched(adopt_proposal(before, proposal([0, 0, 0, 1, 1, -1], names=["Beach", ""])))
        assert after.home.tolist() == [1, 1, 1, 2, 2, 0]
        assert [cluster.name for cluster in after.clusters.values()] == ["Beach", "Cluster 01"]
        assert len({cluster.colour for cluster in after.clusters.values()}) == 2
        assert not after.pinned.any()

    def test_clusters_keep_who_they_are(self):
        before = grouping_of([5, 5, 5, 5, 7, 7, 7, 9])
        after = before.patched(adopt_proposal(before, proposal([1, 1, 1, 0, 0, 0, 0, 2])))
        assert after.home.tolist() == [5, 5, 5, 7, 7, 7, 7, 9]
        assert after.clusters == before.clusters

    def test_the_same_proposal_again_changes_nothing(self):
        before = Grouping().grown_to(6)
        wanted = proposal([0, 0, 0, 1, 1, -1])
        after = before.patched(adopt_proposal(before, wanted))
        assert not adopt_proposal(after, wanted)

    def test_one_image_in_common_hands_on_no_name(self):
        before = grouping_of([1] * 10 + [2] * 10)
        labels = [0] + [1] * 9 + [0] * 5 + [2] * 5
        after = before.patched(adopt_proposal(before, proposal(labels)))
        assert after.home[1] == 1
        assert after.home[0] == after.home[10] == 2
        assert after.home[15] == 3

    def test_pins_and_names_outlast_any_proposal(self):
        before = grouping_of([1, 1, 2, 2, 0, 3], pinned=[0, 4], named=[3])
        after = before.patched(adopt_proposal(before, proposal([0] * 6)))
        assert after.home[0] == 1
        assert after.home[4] == UNSORTED
        assert ClusterId(3) in after.clusters
        everything = grouping_of([1, 1, 2], pinned=[0, 1, 2])
        assert not adopt_proposal(everything, proposal([0, 1, 2]))

    def test_images_outside_the_proposal_stay(self):
        before = grouping_of([1, 1, 2])
        after = before.patched(adopt_proposal(before, proposal([0, 0], images=[1, 0])))
        assert after.home.tolist() == [1, 1, 2]

    def test_a_refused_move_is_not_made(self):
        before = grouping_of([1, 1, 1, 2, 2, 2])
        before = before.patched(edits.reject_suggestions(before, np.array([3]), np.array([1])))
        after = before.patched(adopt_proposal(before, proposal([0, 0, 0, 0, 1, 1])))
        assert after.home.tolist() == [1, 1, 1, 2, 2, 2]

    def test_the_lowest_free_numbers_are_used_for_names(self):
        before = grouping_of([1, 1, 3, 3, 3])
        after = before.patched(
            adopt_proposal(
                before,
                proposal(
                    [
                        0,
                        0,
                        1,
                        2,
                        3,
                    ]
                ),
            )
        )
        names = sorted(cluster.name for cluster in after.clusters.values())
        assert names == ["Cluster 02", "Cluster 04", "Cluster 1", "Cluster 3"]


def test_a_million_images_are_no_burden():
    rng = np.random.default_rng(0)
    homes = rng.integers(1, 200, 1_000_000)
    before = grouping_of(homes)
    began = time.process_time()
    patch = adopt_proposal(before, proposal(rng.permutation(homes) - 1))
    after = before.patched(patch)
    assert after.patched(patch.inverse) == before
    moved = edits.move_images(after, np.arange(10), ClusterId(int(after.home[20])))
    assert len(moved.places) <= 10
    assert time.process_time() - began < 60


def test_a_machine_names_only_what_the_user_has_not_named():
    before = grouping_of([1, 2, 3, 4], named=[2])
    names = {ClusterId(1): "shoe", ClusterId(2): "bag", ClusterId(3): "Shoe", ClusterId(4): "cluster 2"}
    after = before.patched(edits.suggest_names(before, names))
    assert [cluster.name for cluster in after.clusters.values()] == ["shoe", "Cluster 2", "Shoe 2", "cluster 2 (2)"]
    assert [cluster.named for cluster in after.clusters.values()] == [False, True, False, False]
    assert not edits.suggest_names(after, {ClusterId(1): "shoe"})


def under(grouping: Grouping) -> dict[int, str]:
    return {int(id_): cluster.parent for id_, cluster in grouping.clusters.items() if cluster.parent}


def test_clusters_are_put_under_a_parent_and_taken_from_it_again():
    grouping = some_grouping(1)
    together = edits.put_under(grouping, [ClusterId(2), ClusterId(4)], "  Animals ")
    grouped = grouping.patched(together)
    assert under(grouped) == {2: "Animals", 4: "Animals"}
    assert edits.parents(grouped) == ["Animals"]
    assert grouped.patched(together.inverse) == grouping
    alone = grouped.patched(edits.put_under(grouped, [ClusterId(2)], ""))
    assert under(alone) == {4: "Animals"}
    assert not edits.put_under(alone, [ClusterId(4)], "ANIMALS")


def test_a_parent_gets_another_name_and_one_that_is_there_makes_them_one():
    grouping = some_grouping(1)
    for ids, name in (([1, 2], "Animals"), ([3], "Things")):
        grouping = grouping.patched(edits.put_under(grouping, map(ClusterId, ids), name))
    renamed = grouping.patched(edits.rename_parent(grouping, "Animals", "Beasts"))
    assert under(renamed) == {1: "Beasts", 2: "Beasts", 3: "Things"}
    one = renamed.patched(edits.rename_parent(renamed, "Beasts", "things"))
    assert under(one) == {1: "Things", 2: "Things", 3: "Things"}
    recased = one.patched(edits.rename_parent(one, "Things", "THINGS"))
    assert under(recased) == {1: "THINGS", 2: "THINGS", 3: "THINGS"}
    with pytest.raises(ValueError, match="name"):
        edits.rename_parent(grouping, "Animals", "  ")


def test_parts_of_a_cluster_stay_under_its_parent():
    grouping = some_grouping(1)
    grouping = grouping.patched(edits.put_under(grouping, [ClusterId(2)], "Animals"))
    labels = np.arange(len(grouping.members(ClusterId(2))), dtype=np.int32) % 3
    split = grouping.patched(edits.split_cluster(grouping, ClusterId(2), labels))
    assert under(split) == {2: "Animals", 7: "Animals", 8: "Animals"}
