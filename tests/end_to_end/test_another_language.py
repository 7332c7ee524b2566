"""Fault 20: OK in the settings after a mere change of language looked at everything again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.sample_folder import make_folder

from shoal.embedding.colour_layout import ColourLayout


def choose_language(robot: Robot, language: str) -> None:
    """As by the keys in the settings."""
    picker = robot.find("setting_language")
    assert isinstance(picker, QComboBox)
    picker.setFocus()
    while picker.currentData() != language:
        before = picker.currentIndex()
        QTest.keyClick(picker, Qt.Key.Key_Down)
        assert picker.currentIndex() != before
    ok = robot.find("settingsDialog").findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    QTest.mouseClick(ok, Qt.MouseButton.LeftButton)


def speaks_chinese(robot: Robot) -> bool:
    """The window of before has gone, and another one is there."""
    try:
        return "导出" in robot.find("actionExport").text()
    except LookupError:
        return False


def cards(robot: Robot) -> list[tuple[str, int]]:
    return sorted((card.name, card.count) for card in robot.window.clusters.cards if card.is_cluster)


def test_another_language_looks_at_no_picture_again_and_loses_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "settings.json").write_text('{"model": "colour-layout", "language": "en"}')
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(5))
    looks: list[int] = []
    embed = ColourLayout.embed

    def counted(self, images):
        looks.append(len(images))
        return embed(self, images)

    monkeypatch.setattr(ColourLayout, "embed", counted)

    def script(robot: Robot) -> Script:
        yield lambda: robot.find("actionExport").isEnabled() and robot.idle()
        before = cards(robot)
        assert sum(looks) == 10
        robot.trigger("actionSettings")
        yield lambda: robot.is_open("settingsDialog")
        choose_language(robot, "zh_CN")
        yield lambda: speaks_chinese(robot)
        yield lambda: robot.find("actionExport").isEnabled() and robot.idle()
        assert cards(robot) == before
        assert sum(looks) == 10, "no picture was looked at again"
        yield lambda: robot.window.clusters.cards[-1].faces

    use_program([folder], script)
