"""The program without a window: parses the command line, runs one command, turns its end into an exit code."""

import gc
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from shoal.command_line.arguments import COMMANDS, WrongUsage, parser
from shoal.command_line.crash_log import report_crashes_to
from shoal.command_line.terminal import Answer, Terminal, cancelled_by_interrupt
from shoal.domain.errors import Cancelled, HelperProcessDied, UserFacingError
from shoal.domain.task import Task

MENDABLE, WRONG, INTERRUPTED = 1, 2, 130


def paths_to_open(words: Sequence[str]) -> list[Path] | None:
    """What the window shall open: nothing at all, or files and folders that are there. None for a command.

    A folder with the name of a command is meant by `./NAME`.
    """
    if any(word.startswith("-") for word in words) or (words and words[0] in {command.name for command in COMMANDS}):
        return None
    return [Path(word) for word in words] if all(map(_is_there, words)) else None


def _is_there(word: str) -> bool:
    """An empty word would be the folder we are in."""
    return bool(word) and Path(word).exists()


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Unexpected errors end in a log file, not on the screen."""
    words = sys.argv[1:] if words is None else words
    paths = paths_to_open(words)
    if paths is not None:
        return open_window(paths)
    try:
        arguments = understood(words)
    except WrongUsage as mistake:
        return _told(mistake, Terminal(as_json="--json" in words))
    except SystemExit:  # argparse has printed what was asked for: the help, the version
        return 0
    return _carried_out(arguments, Terminal(arguments.json))


def open_window(paths: Sequence[Path]) -> int:
    """Garbage is collected from its first painting on: on the way there hardly any is made, and looking costs 8%."""
    gc.disable()
    try:
        exit_code: int = import_module("shoal.desktop.main").main(paths)
        return exit_code
    finally:
        gc.enable()


def understood(words: Sequence[str]) -> Namespace:
    """Raises WrongUsage."""
    top, commands = parser(), {command.name for command in COMMANDS}
    if words and not words[0].startswith("-") and words[0] not in commands:
        strange = next((word for word in words if not word.startswith("-") and not _is_there(word)), None)
        raise WrongUsage(
            "the window takes no options" if strange is None else f"{strange!r} is no command, and no file or folder",
            top.prog,
            top.format_usage(),
        )
    return top.parse_args(words)


def _told(mistake: WrongUsage, terminal: Terminal) -> int:
    terminal.remark(mistake.usage.rstrip())
    terminal.error(f"{mistake.message}.", f"{mistake.prog} --help says what can be typed.")
    return WRONG


def _carried_out(arguments: Namespace, terminal: Terminal) -> int:
    report_crashes_to(terminal)
    task = Task(terminal.on_progress)
    try:
        with cancelled_by_interrupt(task):
            command = import_module(arguments.module)
            for trouble in import_module("shoal.projects.plugins").plugged_in() if arguments.plugins else ():
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
