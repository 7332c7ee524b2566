from tests.support.sorted_session import project, session, window

__all__ = ["project", "session", "window"]
