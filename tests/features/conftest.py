import pytest
from tests.support.sorted_desk import hands
from tests.support.sorted_session import project, session, window
from tests.support.whole_desk import desk, opened, wait

from shoal.projects.workplace import Workplace
from shoal.qt.jobs import Jobs
from shoal.setup.locations import Locations
from shoal.setup.settings import Settings

__all__ = ["desk", "hands", "opened", "project", "session", "wait", "window"]


@pytest.fixture
def workplace(tmp_path):
    locations = Locations(*(tmp_path / name for name in ("data", "cache", "state", "config"))).create()
    workplace = Workplace(locations, Settings({}))
    yield workplace
    workplace.close()


@pytest.fixture
def jobs(window):
    jobs = Jobs()
    jobs.said.connect(window.job_panel.rest)
    yield jobs
    jobs.shutdown()
