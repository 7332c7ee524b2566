"""A bracket, a panorama or a focus series is one tile with its name, and stays whole."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from tests.support.sorted_session import CATS, DOGS

from shoal.domain.geometry import Shoot, StageKey
from shoal.domain.stacks import BRACKET, NEAR, PANORAMA, keeps_by_tops

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
EXPOSED, TURNED = [4, 5, 6], [22, 23, 24, 25]


@pytest.fixture
def series(hands):
    """Three cats are a bracket, taken last first; four dogs are a panorama."""
    snapshot = hands.session.snapshot
    numbers, kinds = np.full(40, -1, np.int32), np.full(40, NEAR, np.int32)
    numbers[EXPOSED], kinds[EXPOSED], numbers[TURNED], kinds[TURNED] = 0, BRACKET, 1, PANORAMA
    shots = np.arange(40, dtype=np.int32)
    shots[EXPOSED] = shots[EXPOSED][::-1].copy()
    shoot = Shoot(StageKey("s"), snapshot.graph.rows, shots, numbers, kinds)
    hands.session.show_snapshot(replace(snapshot, shoot=shoot), hands.project)
    hands.press(KEY.Key_S)
    hands.click_card(CATS)
    hands.grid.setFocus()
    return hands


def test_it_is_one_tile_with_its_name_and_spread_out_in_the_order_in_which_it_was_taken(series):
    assert [image for image in series.shown if image in EXPOSED] == [EXPOSED[-1]]
    look = series.grid._content.look(EXPOSED[-1])
    assert look.badge == "Bracket  3"
    series.click_image(EXPOSED[-1])
    assert series.selected == EXPOSED
    series.press(KEY.Key_Return)
    assert [image for image in series.shown if image in EXPOSED] == EXPOSED[::-1]


def test_large_and_side_by_side_it_is_named(series):
    series.click_image(EXPOSED[-1])
    series.press(KEY.Key_Space)
    assert series.window.findChild(QWidget, "loupe")._caption.endswith("Bracket")
    series.press(KEY.Key_Escape)
    series.press(KEY.Key_C)
    view = series.window.findChild(QWidget, "compareView")
    assert all(pane.caption.endswith("Bracket") for pane in view._panes)
    series.press(KEY.Key_Escape)


def test_where_only_tops_are_wanted_it_stays_whole(series):
    session = series.session
    kept = np.flatnonzero(keeps_by_tops(session.stacks, session.grouping.home, session.columns.sharpness))
    assert set(EXPOSED + TURNED) <= set(kept.tolist())
    assert [image for image in (10, 11, 12) if image in kept] == [12]


def test_taken_apart_it_is_no_series_any_more(series):
    series.click_card(DOGS)
    series.click_image(series.grid.page.tiles.tile_of(TURNED[0]))
    series.press(KEY.Key_G, SHIFT)
    assert set(TURNED) <= set(series.shown)
    assert series.session.stacks.kind_name(TURNED[0]) == ""
