"""CLIP all the way: weights in their folder, pictures through ONNX, words through the engine, results in the window.

With random weights nothing it says is true; that it says something, about the right pictures, is what counts here.
"""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.support.sample_folder import make_folder
from tests.support.seeded_clip import write_clip_weights
from tests.support.whole_desk import KINDS, open_dialog

from shoal.desktop.main import WindowController
from shoal.looking.catalogue import find_backend

pytestmark = pytest.mark.timeout(900)
MODEL = "clip-vit-b-32-laion2b"


def lay_weights(folder: Path) -> None:
    """As if they had been downloaded and seen before, which is when the whole hash is written down."""
    folder.mkdir(parents=True, exist_ok=True)
    file = write_clip_weights(MODEL, folder / find_backend(MODEL)[0].download.file_name)
    file.with_name(f"{file.name}.sha256").write_text(hashlib.sha256(file.read_bytes()).hexdigest())


@pytest.fixture
def seen_by_clip(desk: WindowController, wait, tmp_path: Path) -> WindowController:
    lay_weights(desk.workplace.locations.weights)
    desk.window.model_picker.choose(MODEL)
    desk.opening.open_paths([make_folder(tmp_path / "pictures", KINDS, range(5))])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    return desk


def test_words_find_pictures_and_name_clusters(seen_by_clip: WindowController, wait) -> None:
    window, session = seen_by_clip.window, seen_by_clip.session
    assert window.tools.searches_content
    window.search.setText("a red ball")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    wait(lambda: "a red ball" in window.job_panel.message)
    section = window.grid.page.layout.sections[0]
    assert section.title.startswith("a red ball")
    assert 0 < len(section.images) <= 10
    window.search.clear()
    seen_by_clip.window.actions_by_name["actionNameClusters"].trigger()
    dialog = open_dialog("wordListDialog")
    dialog.words_chosen.emit("ball\nchair")
    wait(lambda: window.job_panel.message.startswith("Named"))
    assert session.grouping is not None
    named = [cluster.name for cluster in session.grouping.clusters.values() if cluster.name.startswith(KINDS)]
    assert f"Named {len(named)} cluster" in window.job_panel.message
