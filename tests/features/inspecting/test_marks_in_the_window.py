"""Stars and labels that pictures have already: shown in the window, and written out with an export from it."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from tests.support.sample_folder import make_folder
from tests.support.untouched import watch
from tests.support.whole_desk import open_dialog

from shoal.domain.marks import Marks
from shoal.exports.sidecars import new_sidecar
from shoal.exports.xmp_marks import read_marks

pytestmark = pytest.mark.changes_pictures("gives them stars before they are opened")


@pytest.fixture
def rated(desk, wait, tmp_path):
    """Ten pictures, of which one has four stars inside, one is rejected in a sidecar beside it, and of one two sidecars
    contradict each other, of which the first has a flag; the sidecar of one is damaged."""
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(5))
    starred, rejected = folder / "ball" / "ball-1.jpg", folder / "chair" / "chair-2.jpg"
    with Image.open(starred) as picture:
        picture.load()
        picture.save(starred, xmp=new_sidecar(Marks(("holiday",), 4, "Green")))
    rejected.with_suffix(".xmp").write_bytes(new_sidecar(Marks(stars=-1)))
    disputed = folder / "chair" / "chair-3.jpg"
    disputed.with_suffix(".jpg.xmp").write_bytes(new_sidecar(Marks(stars=4, pick=3)))
    disputed.with_suffix(".xmp").write_bytes(new_sidecar(Marks(stars=2)))
    (folder / "chair" / "chair-4.xmp").write_bytes(b"<x:xmpmeta>")
    watch(folder)
    desk.window.model_picker.choose("colour-layout")
    desk.opening.open_paths([folder])
    wait(lambda: desk.window.actions_by_name["actionExport"].isEnabled() and not desk.jobs.busy)
    return desk


def said(window) -> str:
    return "\n".join(
        label.text() for label in window.findChild(QWidget, "inspector").findChildren(QLabel) if label.isVisible()
    )


def look_at(desk, name: str) -> None:
    images = desk.session.images
    desk.session.selection.set_current(next(n for n, entry in enumerate(images) if entry.path.name == name))


def test_the_inspector_shows_stars_and_label(rated, wait):
    look_at(rated, "ball-1.jpg")
    wait(lambda: "★★★★☆" in said(rated.window))
    assert "Green" in said(rated.window)
    look_at(rated, "chair-2.jpg")
    wait(lambda: "rejected" in said(rated.window))
    assert "★" not in said(rated.window)
    look_at(rated, "chair-3.jpg")
    wait(lambda: "★★★★☆" in said(rated.window))
    assert "picked" in said(rated.window)
    disputed = "chair-3.jpg.xmp (xmp:Rating) says 4 stars, chair-3.xmp (xmp:Rating) says 2 stars"
    wait(lambda: disputed in said(rated.window))
    look_at(rated, "ball-3.jpg")
    wait(lambda: "ball-3.jpg" in said(rated.window))
    assert "Stars" not in said(rated.window)


def test_an_export_with_sidecars_carries_them_along(rated, wait, tmp_path):
    rated.window.actions_by_name["actionExport"].trigger()
    dialog = open_dialog("exportDialog")
    dialog.findChild(QLineEdit, "exportFolder").setText(str(tmp_path / "out"))
    dialog.findChild(QCheckBox, "exportSidecars").setChecked(True)
    go = dialog.findChild(QPushButton, "exportGo")
    wait(go.isEnabled)
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    wait(lambda: not rated.jobs.busy and (tmp_path / "out" / "clusters.csv").exists())
    done = open_dialog("exportDone")
    assert isinstance(done, QMessageBox)
    assert "1 sidecar(s) stayed without the cluster. 1 contradiction(s)" in done.informativeText()
    assert "chair-4.xmp" in done.detailedText()
    assert "chair-3.xmp (xmp:Rating) says 2 stars" in done.detailedText()
    done.close()
    (copy,) = (tmp_path / "out").rglob("ball-1.jpg")
    for name in ("ball-1.xmp", "ball-1.jpg.xmp"):
        assert read_marks(copy.with_name(name).read_bytes()) == Marks(("holiday", copy.parent.name), 4, "Green")
    (sidecar,) = (tmp_path / "out").rglob("chair-2.jpg.xmp")
    assert read_marks(sidecar.read_bytes()).stars == -1
