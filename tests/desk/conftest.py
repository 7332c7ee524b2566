import pytest
from tests.support.sorted_session import project, session, window
from tests.support.whole_desk import desk, opened, wait

from shoal.desk.opening import Opening
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import JobRunner
from shoal.setup.locations import Locations
from shoal.setup.settings import Settings
from shoal.widgets.map_presenter import MapPresenter

__all__ = ["desk", "opened", "project", "session", "wait", "window"]


@pytest.fixture
def workplace(tmp_path):
    locations = Locations(*(tmp_path / name for name in ("data", "cache", "state", "config"))).create()
    workplace = Workplace(locations, Settings({}))
    yield workplace
    workplace.close()


@pytest.fixture
def opening(session, window, workplace):
    opening = Opening(session, window, MapPresenter(session, window.map_place), JobRunner(), workplace)
    yield opening
    opening.close()
