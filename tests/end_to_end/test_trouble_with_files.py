"""A damaged project, damaged caches, a second window: what somebody sees, and how it ends well."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.sample_folder import make_folder

from shoal.store.project_store import ProjectStore

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """Where pictures are looked at in the quickest way."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "settings.json").write_text(json.dumps({"model": "colour-layout"}))
    return tmp_path / "home"


@pytest.fixture
def pictures(tmp_path) -> Path:
    return make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))


def sorted_once(robot: Robot) -> Script:
    yield lambda: robot.idle() and names(robot)


def notice(robot: Robot) -> str:
    return robot.find("noticeText").text() if robot.find("notice").isVisible() else ""


def names(robot: Robot) -> list[str]:
    return [card.name for card in robot.find("clusterList").model().cards if card.is_cluster]


def test_a_damaged_project_comes_back_with_one_click_and_damaged_caches_begin_anew(qapp, home, pictures):
    seen: dict[str, list[str]] = {}

    def first_day(robot: Robot) -> Script:
        yield from sorted_once(robot)
        seen["before"] = names(robot)

    def second_day(robot: Robot) -> Script:
        yield lambda: robot.is_open("restoreDialog")
        assert "damaged" in robot.find("restoreDialog").text()
        assert "cache" in notice(robot)
        robot.click(robot.find("restoreBackup"))
        yield lambda: robot.idle() and names(robot)
        assert names(robot) == seen["before"]
        assert "Restored" in notice(robot)

    use_program([pictures], first_day)
    (project,) = home.rglob("*.shoal")
    project.write_bytes(project.read_bytes()[:5000])
    for cache in (home / "cache").glob("*.sqlite"):
        cache.write_bytes(b"not what it was" * 1000)
    use_program([pictures], second_day)
    assert len(list(home.rglob("*.shoal.damaged"))) == 1


def test_a_second_window_says_that_it_only_looks(qapp, home, pictures):
    def look(robot: Robot) -> Script:
        yield from sorted_once(robot)
        assert "Only to look at" in notice(robot)
        robot.click(robot.find("noticeRead"))
        yield lambda: notice(robot) == ""

    def nothing_to_read(robot: Robot) -> Script:
        yield from sorted_once(robot)
        assert notice(robot) == ""
        assert not robot.window.findChildren(QMessageBox)

    use_program([pictures], nothing_to_read)
    (project,) = home.rglob("*.shoal")
    with ProjectStore(project):
        use_program([pictures], look)
