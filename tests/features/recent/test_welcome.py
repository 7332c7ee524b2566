"""The first page: what was open before, in cards."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from shoal.features.recent.recent_card import RecentCard, RecentProject
from shoal.features.recent.welcome import Welcome


def project(title: str, offline: bool = False) -> RecentProject:
    picture = QImage(80, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    return RecentProject(title, "offline" if offline else "12 pictures", f"/media/{title}", [picture], offline)


@pytest.fixture
def welcome(qtbot):
    page = Welcome()
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


def cards(page: Welcome) -> list[RecentCard]:
    return page.findChildren(RecentCard)


def test_a_card_says_what_it_shows_and_opens_its_project_by_mouse_and_key(welcome):
    chosen = []
    welcome.recent_chosen.connect(chosen.append)
    welcome.show_recent([project("Spring"), project("Summer", offline=True)])
    assert [card.accessibleName() for card in cards(welcome)] == [
        "Spring, 12 pictures, /media/Spring",
        "Summer, offline, /media/Summer",
    ]
    QTest.mouseClick(cards(welcome)[1], Qt.MouseButton.LeftButton)
    QTest.keyClick(cards(welcome)[0], Qt.Key.Key_Space)
    assert chosen == [1, 0]


def test_another_list_takes_the_place_of_the_last(welcome):
    welcome.show_recent([project("Spring"), project("Summer")])
    welcome.show_recent([project("Autumn")])
    assert [card.accessibleName().split(",")[0] for card in cards(welcome)] == ["Autumn"]


def test_pictures_of_what_is_offline_are_faint(welcome):
    welcome.show_recent([project("Spring"), project("Summer", offline=True)])
    QTest.qWait(50)
    there, away = (card.grab().toImage().pixelColor(QPoint(30, card.height() // 2)) for card in cards(welcome))
    assert there.saturation() > away.saturation()


def test_shown_anew_the_keys_stay_on_the_same_project(qtbot, welcome):
    welcome.show_recent([project("Spring"), project("Summer")])
    welcome.show()
    welcome.activateWindow()
    welcome.findChildren(RecentCard)[1].setFocus()
    qtbot.waitUntil(welcome.findChildren(RecentCard)[1].hasFocus)
    welcome.show_recent([project("Spring"), project("Summer", offline=True)])
    (card,) = (card for card in welcome.findChildren(RecentCard) if card.hasFocus())
    assert card.accessibleName().startswith("Summer, offline")
