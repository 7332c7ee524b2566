"""Looks over the shoulder of a helper process, from inside it: Python's own audit hooks, which cannot be taken off."""

import sys

from shoal.domain.task import Task

OUTWARD = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")
PROGRAMS = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec")
HARMLESS = "/sbin/ldconfig"  # Python's own ctypes asks it where the system's libraries are

_seen: list[str] = []


def _look(event: str, arguments: tuple[object, ...]) -> None:
    if event in OUTWARD or (event in PROGRAMS and arguments[0] != HARMLESS):
        _seen.append(f"{event} {arguments!r}"[:300])


def start_watching(_task: Task) -> None:
    assert "ultralytics" not in sys.modules, "too late: it is loaded already"
    sys.addaudithook(_look)


def what_was_seen(_task: Task) -> list[str]:
    """Connections, look-ups of names, and other programs started, as far as Python was asked for them."""
    assert "ultralytics" in sys.modules, "there was nothing to see"
    return _seen
