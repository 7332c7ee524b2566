from dataclasses import replace

import numpy as np
from tests.store.some_records import record

from shoal.domain import edits
from shoal.domain.adoption import adopt_proposal
from shoal.domain.geometry import Proposal, Rows, StageKey
from shoal.domain.grouping import ClusterId, Grouping
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.looking.content_names import NameStyle
from shoal.looking.plain_names import named_clusters, proposed_clusters
from shoal.projects.project import Project


def proposal(labels, images=None) -> Proposal:
    labels = np.array(labels, np.int32)
    count = int(labels.max()) + 1
    ids = np.arange(len(labels)) if images is None else np.array(images)
    typical = np.array([np.flatnonzero(labels == n)[0] for n in range(count)], np.int32)
    numbers = np.zeros(count, np.float32)
    return Proposal(StageKey("k"), Rows(ids), labels, typical, numbers, np.zeros(len(labels), np.float32), "auto")


def shots(folders, days=None):
    days = days or [None] * len(folders)
    made = []
    for number, (folder, day) in enumerate(zip(folders, days, strict=True)):
        one = record(number)
        made.append(replace(one, label=folder, facts=replace(one.facts, taken=day)))
    return made


def names(labels, folders, days=None):
    return list(proposed_clusters(proposal(labels), shots(folders, days)).names)


def test_a_cluster_that_is_a_folder_takes_its_name():
    assert names([0, 0, 0, 1, 1, -1], ["all/birds"] * 3 + ["cats"] * 3) == ["birds", "cats"]


def test_a_folder_that_is_several_clusters_names_none_of_them():
    assert names([0, 0, 1, 1, 2, 2], ["birds"] * 4 + ["cats"] * 2) == ["", "", "cats"]
    assert names([0, 0, 1], ["birds"] * 3) == ["", ""]


def test_a_cut_of_the_tree_gets_names_like_any_other_clustering_and_the_word_of_the_user():
    labels = np.array([1, 1, 1, 0, 0, 0], np.int32)
    named = named_clusters(
        Rows(np.arange(6)), labels, shots(["birds", "cats", "dogs"] + ["owls"] * 3), NameStyle("\u805a\u7c7b")
    )
    project = Project(Grouping(home=np.zeros(6, np.int32), pinned=np.zeros(6, np.bool_)))
    project.apply(Sentence("cut"), adopt_proposal(project.grouping, named))
    assert [cluster.name for cluster in project.grouping.clusters.values()] == ["owls", "\u805a\u7c7b 01"]


def test_folders_that_cameras_made_up_name_nothing():
    assert names([0, 0, 1, 1], ["DCIM/100CANON"] * 2 + ["2024"] * 2) == ["", ""]


def test_a_day_is_a_name_where_no_folder_is():
    days = ["2024-05-01T10:00:00"] * 2 + ["2024-05-02T10:00:00", "2024-05-02T12:00:00"]
    assert names([0, 0, 1, 1], [""] * 4, days) == ["2024-05-01", "2024-05-02"]
    assert names([0, 0, 1, 1], ["wedding"] * 2 + [""] * 2, days) == ["wedding", "2024-05-02"]


def adopt(project: Project, found: Proposal, pictures: list[ImageRecord]) -> None:
    project.apply(Sentence("Sort"), adopt_proposal(project.grouping, proposed_clusters(found, pictures)))


def test_sorting_again_keeps_what_the_user_did():
    project = Project(Grouping().grown_to(6))
    pictures = shots(["birds"] * 3 + ["cats"] * 3)
    adopt(project, proposal([0, 0, 0, 1, 1, 1]), pictures)
    assert [cluster.name for cluster in project.grouping.clusters.values()] == ["birds", "cats"]
    project.apply(Sentence("move"), edits.move_images(project.grouping, [ImageId(0)], ClusterId(2)))
    project.apply(Sentence("rename"), edits.rename_cluster(project.grouping, ClusterId(1), "Finches"))
    adopt(project, proposal([0, 0, 0, 0, 1, 1]), pictures)
    assert project.grouping.home.tolist() == [2, 1, 1, 1, 2, 2]
    assert project.grouping.clusters[ClusterId(1)].name == "Finches"
    assert project.undo_label == "Sort"
    project.undo()
    project.undo()
    assert project.grouping.clusters[ClusterId(1)].name == "birds"


def test_images_that_have_no_record_any_more_are_no_trouble():
    some = proposed_clusters(proposal([0, 0, 1], images=[1, 5, 9]), shots(["a", "birds"]))
    assert list(some.names) == ["", ""]
