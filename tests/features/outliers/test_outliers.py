"""The list of what is unlike all others, by its key, and what can be done with it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from tests.support.sorted_desk import SHIFT, Hands
from tests.support.sorted_session import DOGS

from shoal.domain.geometry import Outliers, StageKey
from shoal.widgets.grid_presenter import Order

ODD = [31, 7, 18]


@pytest.fixture
def with_outliers(hands: Hands) -> Hands:
    session = hands.session
    rows = session.snapshot.embeddings.rows
    oddness = np.linspace(0, 1, 40).astype(np.float32)
    oddness[ODD] = 9, 8, 7
    outliers = Outliers(StageKey("o"), rows, (0.4 + oddness / 30).astype(np.float32), oddness)
    session.show_snapshot(replace(session.snapshot, outliers=outliers), session.project)
    return hands


def test_outliers_of_all_clusters_stand_in_one_list_and_go_where_a_key_sends_them(with_outliers: Hands):
    hands = with_outliers
    hands.press(Qt.Key.Key_O, SHIFT)
    odd, rest = hands.grid.page.layout.sections
    assert odd.images.tolist() == ODD
    assert odd.title == "Outliers  ·  3"
    assert rest.images[0] == 39
    assert "3 picture(s) are unlike all others." in hands.window.job_panel.message
    hands.click_image(7)
    hands.press(Qt.Key.Key_1)
    assert hands.project.grouping.home[7] == DOGS


def test_the_pictures_of_a_card_can_stand_in_that_order(with_outliers: Hands):
    hands = with_outliers
    hands.click_card(DOGS)
    picker = hands.window.grid_side.order_picker
    picker.setCurrentIndex(picker.findData(Order.ISOLATED.value))
    (dogs,) = hands.grid.page.layout.sections
    assert dogs.images[0] == 31
