"""Which keys the user chose for what, kept in a file of their own."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shoal.store.own_files import write_whole

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """`preset` names a table of keys; `own` has what was chosen otherwise: action -> keys, empty for none."""

    preset: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


def load_shortcuts(path: Path) -> Shortcuts:
    """All as they come, with a warning in the log, where the file makes no sense; never an error."""
    try:
        stored = json.loads(path.read_bytes())
        own = {str(name): str(keys) for name, keys in stored["own"].items()}
        return Shortcuts(str(stored["preset"]), own)
    except FileNotFoundError:
        return Shortcuts()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        log.warning("The keys in %s cannot be read; all are as they come. %r", path, error)
        return Shortcuts()


def save_shortcuts(path: Path, shortcuts: Shortcuts) -> None:
    """Raises UserFacingError; the file then is as it was."""
    chosen = {"preset": shortcuts.preset, "own": dict(shortcuts.own)}
    write_whole(path, json.dumps(chosen, indent=2, ensure_ascii=False).encode())
