"""How many pictures a device is given at once: found by trying, for it depends on the card and on the network."""

from threading import Lock

GAIN = 1.05
"""What twice as many must gain in speed to be worth their memory, and what a kill then costs."""


class BatchSize:
    """Doubles from `first` as long as that makes the device quicker; halves when memory runs out, and stays there.

    With `largest` no larger than `first` it never grows. Any thread may use it.
    """

    def __init__(self, first: int, largest: int) -> None:
        self._now, self._largest = first, largest
        self._best = 0.0
        self._lock = Lock()

    @property
    def now(self) -> int:
        return self._now

    def took(self, pictures: int, seconds: float) -> None:
        """So long did the device need for so many."""
        with self._lock:
            if pictures < self._now or self._now >= self._largest or seconds <= 0:
                return
            rate = pictures / seconds
            if rate > self._best * GAIN:
                self._best = rate
                self._now = min(2 * self._now, self._largest)
            else:
                self._now = self._largest = max(1, self._now // 2)

    def did_not_fit(self, pictures: int) -> None:
        with self._lock:
            self._now = self._largest = max(1, min(self._now, pictures // 2))
