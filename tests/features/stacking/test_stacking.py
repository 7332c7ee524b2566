"""How alike a stack is can be chosen, with the pictures following at once, and is kept."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QLabel, QSlider
from tests.support.whole_desk import open_dialog

from shoal.features.stacking.stacking import Stacking
from shoal.looking.stacking import StackRule


def stacked(desk) -> int:
    stacks = desk.session.snapshot.stacks
    return 0 if stacks is None else int((stacks.values >= 0).sum())


def test_the_stacks_follow_the_slider_and_the_choice_is_kept(opened, wait, tmp_path):
    opened.window.actions_by_name["actionStackRule"].trigger()
    dialog = open_dialog("stackDialog")
    slider, said = dialog.findChild(QSlider, "stackLikeness"), dialog.findChild(QLabel, "stackSaid")
    slider.setValue(70)
    wait(lambda: stacked(opened) > 0)
    loose = stacked(opened)
    wait(lambda: f"{loose} picture" in said.text())
    gap = dialog.findChild(QComboBox, "stackGap")
    gap.setCurrentIndex(gap.findData(1))
    wait(lambda: stacked(opened) == 0)  # nobody has dated these pictures
    dialog.close()
    stacking = opened.window.findChild(Stacking)
    memory = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    stacking.save(memory)
    stacking.use(StackRule(0.7))
    wait(lambda: stacked(opened) == loose)
    stacking.restore(memory)
    opened.session.grouping_changed.emit()
    stacking.use(stacking._rule)
    wait(lambda: stacked(opened) == 0)
