"""A heart that beats on the GUI thread: every beat that comes late was a moment in which the window stood still.

Three figures for each delay, because a benchmark is seldom alone on its machine: the time on the clock; the same less
the time in which the thread could have run but the machine gave its cores to others (Linux tells); and the
thread's own processor time. The second is the stall that a user of a quiet machine feels, waits for the
interpreter's lock and for files included.
"""

import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

MILLISECONDS = 5
SAMPLED_FROM_SECONDS = 0.025
SCHEDULER = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True, slots=True)
class Moment:
    """In seconds. `starved`: waited for a core so far, 0 where nobody tells."""

    clock: float
    starved: float
    processor: float

    @classmethod
    def now(cls) -> "Moment":
        starved = int(SCHEDULER.read_bytes().split()[1]) / 1e9 if SCHEDULER.exists() else 0.0
        return cls(time.perf_counter(), starved, time.thread_time())


@dataclass(slots=True)
class Phase:
    """The longest delays in milliseconds; `stalls` are those of all beats, on a free core."""

    wall: float = 0.0
    processor: float = 0.0
    stalls: list[float] = field(default_factory=list)
    culprits: Counter[str] = field(default_factory=Counter)

    @property
    def longest(self) -> float:
        return max(self.stalls, default=0.0)

    def share_longer_than(self, milliseconds: float) -> float:
        return sum(stall > milliseconds for stall in self.stalls) / max(len(self.stalls), 1)

    def note(self, before: Moment, now: Moment) -> float:
        wall = (now.clock - before.clock) * 1000 - MILLISECONDS
        self.wall = max(self.wall, wall)
        self.processor = max(self.processor, (now.processor - before.processor) * 1000)
        self.stalls.append(wall - (now.starved - before.starved) * 1000)
        return self.stalls[-1]


class Heartbeat(QObject):
    """Lives on the GUI thread. `phase` names what is going on from now on. `watch` finds out who was at work."""

    def __init__(self, *, watch: bool = False) -> None:
        super().__init__()
        self.phases: dict[str, Phase] = {}
        self._name = ""
        self._last = Moment.now()
        self._timer = QTimer(self, interval=MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._seen: list[str] = []
        self._watched = threading.get_ident()
        if watch:
            threading.Thread(target=self._watch, daemon=True).start()

    def phase(self, name: str) -> None:
        """Count from here on under this name; the delay up to now still belongs to the one before."""
        self._beat()
        self._name = name
        self.phases.setdefault(name, Phase())
        self._timer.start()

    def stop(self) -> None:
        self._beat()
        self._timer.stop()
        self._name = ""

    def _beat(self) -> None:
        now = Moment.now()
        if self._name:
            phase = self.phases[self._name]
            if phase.note(self._last, now) > SAMPLED_FROM_SECONDS * 1000:
                phase.culprits.update(dict.fromkeys(self._seen, 1))
        self._seen.clear()
        self._last = now

    def _watch(self) -> None:
        """On a thread of its own: while a beat is overdue, note where the GUI thread and the others stand."""
        while True:
            time.sleep(0.004)
            late = time.perf_counter() - self._last.clock
            if self._name and late > SAMPLED_FROM_SECONDS:
                frames = sys._current_frames()
                self._seen.append(_place(frames.pop(self._watched)))


def _place(frame: FrameType) -> str:
    """The innermost frames of our own code, the deepest last."""
    stack = traceback.extract_stack(frame)
    ours = [f"{Path(line.filename).stem}.{line.name}:{line.lineno}" for line in stack if "shoal" in line.filename]
    deepest = stack[-1]
    return " > ".join([*ours[-4:], f"[{Path(deepest.filename).stem}.{deepest.name}:{deepest.lineno}]"])
