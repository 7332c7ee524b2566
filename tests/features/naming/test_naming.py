"""Clusters named from a list of words: a dialog, a job, one step of undo."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from tests.support.sorted_session import CATS, DOGS
from tests.support.whole_desk import open_dialog

from shoal.domain.errors import UserFacingError
from shoal.domain.grouping import Grouping, Patch
from shoal.domain.images import ImageRecord
from shoal.domain.task import Task
from shoal.features.naming.naming import Naming
from shoal.projects.naming import NameOffer, words_of


class Namer:
    """Finds the first word for every cluster, and is sure of those with an even number."""

    def offer_names(
        self, text: str, records: Sequence[ImageRecord], grouping: Grouping, model: str, task: Task
    ) -> tuple[NameOffer, ...]:
        word = words_of(text)[0]
        free = [id_ for id_, cluster in grouping.clusters.items() if not cluster.named]
        return tuple(NameOffer(id_, word, id_ % 2 == 0, 0.9, 0.1) for id_ in free)


@pytest.fixture
def naming(session, window, jobs):
    return Naming(window, session, jobs, window.model_picker, Namer())


def name_by(qtbot, jobs, naming, words: str) -> None:
    naming.ask()
    dialog = open_dialog("wordListDialog")
    dialog.findChild(QPlainTextEdit, "wordList").setPlainText(words)
    with qtbot.waitSignal(jobs.ended, timeout=60_000):
        QTest.mouseClick(dialog.findChild(QPushButton, "wordListGo"), Qt.MouseButton.LeftButton)


def names(project) -> list[str]:
    return [project.grouping.clusters[id_].name for id_ in (CATS, DOGS)]


def test_what_is_sure_is_one_step_and_names_of_the_user_stay(qtbot, window, project, jobs, naming):
    for cluster, name in ((CATS, "Cats"), (DOGS, "Dogs")):
        assert project.grouping.clusters[cluster].name == name
    name_by(qtbot, jobs, naming, "puppy\nkitten")
    assert names(project) == ["Cats", "Dogs"]  # both were named by hand
    project.apply("free", Patch(clusters={
        DOGS: (project.grouping.clusters[DOGS], machine_named(project.grouping.clusters[DOGS])),
        CATS: (project.grouping.clusters[CATS], machine_named(project.grouping.clusters[CATS])),
    }))  # fmt: skip
    name_by(qtbot, jobs, naming, "puppy\nkitten")
    assert names(project) == ["Cats", "puppy"]
    assert "Named 1 cluster" in window.job_panel.message
    assert "Unsure about 1" in window.job_panel.message
    project.undo()
    assert names(project) == ["Cats", "Dogs"]


def machine_named(cluster):
    return type(cluster)(cluster.id, cluster.name, cluster.colour, named=False)


def test_a_list_comes_from_a_file_and_nonsense_is_refused(qtbot, naming, jobs, tmp_path):
    (tmp_path / "words.txt").write_text("shoe\n\nbag\n")
    naming.ask()
    dialog = open_dialog("wordListDialog")
    go = dialog.findChild(QPushButton, "wordListGo")
    assert not go.isEnabled()
    dialog.read_file(tmp_path / "words.txt")
    assert dialog.findChild(QPlainTextEdit, "wordList").toPlainText() == "shoe\nbag"
    dialog.findChild(QPlainTextEdit, "wordList").setPlainText("# only a remark")
    with qtbot.waitSignal(jobs.failed, timeout=60_000) as told:
        QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    assert isinstance(told.args[0], UserFacingError)
