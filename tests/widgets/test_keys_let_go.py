"""What a test holds down, the test after it does not find held."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


@pytest.mark.xdist_group("keys let go")
@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_key_is_held_when_a_test_begins(qapp, turn):
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    QTest.keyClick(QWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ShiftModifier
