"""What happens when we are wrong: the traceback goes to a log file, the user gets one sentence that says where."""

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from shoal.command_line.terminal import Terminal, printable


def report_crashes_to(terminal: Terminal) -> None:
    """From now on an error that nobody expected ends the program through here, with exit code 1."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        summary = f"Shoal made a mistake: {kind.__name__}: {error}."
        terminal.error(summary, f"The details are in {_keep(text)}; please send them to the makers.")

    sys.excepthook = report


def _keep(text: str) -> str:
    """Append to the log file and return its name; if that fails, the text itself is all there is."""
    from shoal.setup.locations import user_locations

    heading = f"\n{datetime.now().astimezone().isoformat(timespec='seconds')}  Python {platform.python_version()}\n"
    try:
        file = user_locations().create().log_file
        _append(file, heading + text)
    except (OSError, RuntimeError) as problem:
        return f"the following lines, for no log file could be written ({printable(str(problem))})\n{text}"
    return str(file)


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(text)
