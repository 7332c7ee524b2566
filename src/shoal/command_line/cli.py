"""The program without a window: parses the command line, runs one command, turns its end into an exit code."""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from shoal.command_line.arguments import COMMANDS, parser
from shoal.command_line.crash_log import report_crashes_to
from shoal.command_line.terminal import Answer, Terminal, cancelled_by_interrupt
from shoal.domain.errors import Cancelled, HelperProcessDied, UserFacingError
from shoal.domain.task import Task

MENDABLE, INTERRUPTED = 1, 130


def paths_to_open(words: Sequence[str]) -> list[Path] | None:
    """What the window shall open: nothing at all, or files and folders that are there. None for a command.

    A folder with the name of a command is meant by `./NAME`.
    """
    if any(word.startswith("-") for word in words) or (words and words[0] in {one.name for one in COMMANDS}):
        return None
    paths = [Path(word) for word in words]
    return paths if all(path.exists() for path in paths) else None


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Unexpected errors end in a log file, not on the screen."""
    words = sys.argv[1:] if words is None else words
    paths = paths_to_open(words)
    if paths is not None:
        exit_code: int = import_module("shoal.desktop.main").main(paths)
        return exit_code
    try:
        arguments = parser().parse_args(words)
    except SystemExit as leaving:  # argparse has printed the help or what was wrong
        return int(leaving.code or 0)
    terminal = Terminal(arguments.json)
    report_crashes_to(terminal)
    task = Task(terminal.on_progress)
    try:
        with cancelled_by_interrupt(task):
            command = import_module(arguments.module)
            for trouble in import_module("shoal.projects.plugins").plugged_in():
                terminal.remark(trouble)
            answer: Answer = command.run(arguments, task)
        terminal.answer(answer)
    except UserFacingError as problem:
        terminal.error(problem.summary, problem.remedy)
        return MENDABLE
    except HelperProcessDied as death:
        terminal.error(str(death), "Run the command again; if this goes on, close other programs to free memory.")
        return MENDABLE
    except (Cancelled, KeyboardInterrupt):
        terminal.remark("Interrupted. What is finished is kept: the same command goes on from there.")
        return INTERRUPTED
    return answer.exit_code
