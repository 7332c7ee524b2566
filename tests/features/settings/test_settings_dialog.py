"""Settings by topic, and how the window looks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel, QListWidget, QWidget

from shoal.features.settings.settings_dialog import SettingsDialog
from shoal.setup.settings import SETTINGS, TOPICS, Settings
from shoal.widgets.theme import DARK, DARKER, LIGHT


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    choices = {row.choices: [("", ""), ("darker", "Darker")] for row in SETTINGS if row.choices}
    dialog = SettingsDialog(Settings({}), choices, parent)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    parent.close()


def test_every_setting_stands_on_the_page_of_its_topic_with_what_it_does_below_it(dialog):
    topics = dialog.findChild(QListWidget, "settingsTopics")
    pages = [topics.item(row).text() for row in range(topics.count())]
    assert pages == [topic for topic in TOPICS if any(row.topic == topic for row in SETTINGS)]
    for page, topic in enumerate(pages):
        topics.setCurrentRow(page)
        seen = {row.key for row in SETTINGS if dialog.findChild(QWidget, f"setting_{row.key}").isVisible()}
        assert seen == {row.key for row in SETTINGS if row.topic == topic}
        told = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
        assert {row.help for row in SETTINGS if row.topic == topic} <= told


def test_no_page_holds_more_than_can_be_read_at_once():
    assert max(sum(row.topic == topic for row in SETTINGS) for topic in TOPICS) <= 7


def test_the_keyboard_turns_the_pages(dialog):
    topics = dialog.findChild(QListWidget, "settingsTopics")
    topics.setFocus()
    QTest.keyClick(topics, Qt.Key.Key_Down)
    assert dialog.findChild(QWidget, "setting_focus").isVisible()
    assert not dialog.findChild(QWidget, "setting_language").isVisible()


@pytest.mark.parametrize("theme", [DARK, DARKER, LIGHT], ids=lambda theme: theme.name)
def test_an_appearance_is_worn_as_soon_as_it_is_chosen(qtbot, desk, theme):
    desk.window.actions_by_name["actionSettings"].trigger()
    dialog = desk.window.findChild(SettingsDialog)
    picker = dialog.findChild(QComboBox, "setting_appearance")
    picker.setCurrentIndex(picker.findData(theme.name))
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.window
    assert desk.theme.theme is theme
    assert desk.window.grab().toImage().pixelColor(desk.window.width() - 8, 8).name() == theme.window


def test_figures_are_of_even_width(desk):
    metrics = desk.window.fontMetrics()
    assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1
    assert QFontInfo(desk.window.font()).pixelSize() >= 9
