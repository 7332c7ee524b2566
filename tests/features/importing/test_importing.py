from PySide6.QtWidgets import QLabel
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.edits import rename_cluster
from shoal.features.importing.importing import Importing


def said(window) -> str:
    return window.job_panel.findChild(QLabel, "jobStage").text()


def test_an_edited_table_becomes_the_clusters_in_one_step(qtbot, session, window, project, jobs, tmp_path):
    table = tmp_path / "clusters.csv"
    rows = ["path,cluster", "/p/IMG_01.jpg,Dogs", "/p/IMG_02.jpg,Lions", "/p/IMG_99.jpg,Dogs"]
    table.write_text("\n".join(rows))
    Importing(window, session, jobs).load(table)
    qtbot.waitUntil(lambda: project.grouping.home[1] == DOGS)
    (lions,) = [one.id for one in project.grouping.clusters.values() if one.name == "Lions"]
    assert project.grouping.home[2] == lions
    assert said(window) == "2 picture(s) moved as the table says.  ·  1 row(s) belong to no picture here."
    project.undo()
    assert project.grouping.home[1] == project.grouping.home[2] == CATS


def test_a_table_is_taken_over_into_the_clusters_as_they_are_by_then(qtbot, session, window, project, jobs, tmp_path):
    table = tmp_path / "clusters.csv"
    table.write_text("path,cluster\n/p/IMG_01.jpg,Dogs")
    Importing(window, session, jobs).load(table)
    project.apply("rename", rename_cluster(project.grouping, CATS, "Kittens"))
    qtbot.waitUntil(lambda: project.grouping.home[1] == DOGS)
    assert project.grouping.clusters[CATS].name == "Kittens"
