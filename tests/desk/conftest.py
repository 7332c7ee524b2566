from tests.support.sorted_session import project, session, window
from tests.support.whole_desk import desk, opened, wait

__all__ = ["desk", "opened", "project", "session", "wait", "window"]
