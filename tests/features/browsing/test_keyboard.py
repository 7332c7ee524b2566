"""Everything can be reached and is told by name, without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from tests.support.sorted_session import CATS

from shoal.desktop.features import ROWS
from shoal.domain.export_journal import ExportHeader
from shoal.domain.export_plan import ExportPlan
from shoal.features.exporting.export_dialog import ExportDialog
from shoal.features.exporting.past_exports_dialog import PastExports
from shoal.features.inspecting.inspector import Inspector
from shoal.features.merging.merge_dialog import MergeDialog
from shoal.features.settings.settings_dialog import SettingsDialog
from shoal.setup.settings import Settings
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.places import Place
from shoal.widgets.trouble import CrashDialog


def nameless(top: QWidget) -> list[str]:
    """Controls that a screen reader would have nothing to call by."""
    found = []
    for widget in top.findChildren(QWidget):
        takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.window() is top
        inside = isinstance(widget.parent(), QComboBox | QLineEdit) or widget.objectName().startswith("qt_")
        if takes_focus and not inside and not isinstance(widget, QLabel) and not called(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


def called(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


@pytest.fixture
def whole(session, window):
    window.install(ROWS)
    window.places.add_panel(Inspector(session.thumbnails), Place.RIGHT, "Inspector", 260)
    return window


def test_every_control_of_the_window_has_a_name(whole):
    assert nameless(whole) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda parent, folder: ExportDialog(lambda root, options, _task: ExportPlan(root, options), folder, parent),
        lambda parent, folder: PastExports(
            [(ExportHeader("1", folder, "copy", "2026-05-01T10:00:00+00:00"), True)], parent
        ),
        lambda parent, folder: SettingsDialog(
            Settings({}),
            {
                name: [("a", "A")]
                for name in ("models", "algorithms", "languages", "looks", "foci", "themes", "sidecar_names")
            },
            parent,
        ),
        lambda parent, folder: MergeDialog(parent.session.thumbnails, parent),
        lambda parent, folder: CrashDialog("report", folder, parent),
    ],
    ids=["export", "past exports", "settings", "merge queue", "crash"],
)
def test_every_control_of_a_dialog_has_a_name(window, session, tmp_path, make):
    window.session = session
    dialog = make(window, tmp_path)
    dialog.show()
    assert nameless(dialog) == []
    dialog.close()


def test_tab_walks_over_all_panels_from_left_to_right(qtbot, whole):
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    whole.cluster_panel.list.setFocus()
    visited = []
    for _ in range(40):
        here = QApplication.focusWidget()
        visited.append(here.objectName() or type(here).__name__)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is whole.cluster_panel.list:
            break
    wanted = ["clusterList", "newClusterTarget", "mapColouring", "orderPicker", "sizeSlider", "imageGrid"]
    assert [name for name in visited if name in wanted] == wanted
    assert {"modelPicker", "detailSlider", "searchField", "inspectorPreview"} <= set(visited)


def test_enter_on_a_card_goes_to_its_pictures(qtbot, session, whole):
    presenter = GridPresenter(session, whole.grid)
    presenter.show_cards([CATS])
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    whole.cluster_panel.list.setFocus()
    QTest.keyClick(whole.cluster_panel.list, Qt.Key.Key_Return)
    assert whole.grid.hasFocus()
    assert session.selection.current == whole.grid.page.layout.image_at(0)
    QTest.keyClick(whole.grid, Qt.Key.Key_Right)
    assert len(session.selection) == 1
