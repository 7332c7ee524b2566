"""How many pictures a second each model really looked at on this computer, kept for those who choose one."""

import json
import logging
from pathlib import Path

from shoal.domain.errors import UserFacingError
from shoal.store.own_files import write_whole

log = logging.getLogger(__name__)
FEWEST = 20
"""Of fewer pictures a rate says more about starting than about running."""


class Speeds:
    """A small file of ours, read when first asked. Any thread may use it.

    Of two that write at once, one is forgotten, which hurts nobody.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rates: dict[str, object] | None = None

    def rate(self, model: str) -> float | None:
        """Pictures a second, decoding included, when it last looked at enough of them; None if it never did."""
        if self._rates is None:
            self._rates = self._read()
        rate = self._rates.get(model)
        return float(rate) if isinstance(rate, int | float) else None

    def note(self, model: str, pictures: int, seconds: float) -> None:
        if pictures >= FEWEST and seconds > 0:
            self._rates = {**self._read(), model: round(pictures / seconds, 2)}
            self._write(json.dumps(self._rates, indent=1).encode())

    def _write(self, text: bytes) -> None:
        """A rate that cannot be kept is measured again, and ends nobody's work."""
        try:
            write_whole(self._file, text)
        except (OSError, UserFacingError) as error:
            log.info("How quick the models are was not kept: %s", error)

    def _read(self) -> dict[str, object]:
        try:
            speeds = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        return speeds if isinstance(speeds, dict) else {}
