"""What can be typed after `shoal`. Building this must stay instant: nothing heavier than argparse is imported here."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

EXIT_CODES = "Exit codes: 0 done, 1 you can mend it (the message says how), 2 wrong usage, 130 interrupted."


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `shoal`, what it takes, and the module that carries it out in a function `run`."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    module: str


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="shoal",
        description="Sorts folders of pictures by what is in them. Works offline and leaves the originals alone.",
        epilog=EXIT_CODES,
        allow_abbrev=False,
    )
    top.add_argument("--version", action=_Version, help="show the version and leave")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(
            command.name, help=command.help, description=_sentence(command.help), allow_abbrev=False
        )
        command.add_arguments(one)
        one.set_defaults(module=command.module, json=False)
    return top


class _Version(argparse.Action):
    """Looks the version up only when asked: it stands in the package's metadata."""

    def __init__(self, option_strings: list[str], dest: str, **options: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=options.get("help"))

    def __call__(self, parser: argparse.ArgumentParser, *_others: object) -> None:
        parser.exit(0, f"shoal {import_module('importlib.metadata').version('shoal')}\n")


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _add_json(one: argparse.ArgumentParser) -> None:
    one.add_argument("--json", action="store_true", help="print the result as one JSON object and nothing else")


def _nothing(_one: argparse.ArgumentParser) -> None: ...


COMMANDS = (
    Command("models", "list the models", _add_json, "shoal.app.models_command"),
    Command("doctor", "check this computer and say what to do about problems", _nothing, "shoal.app.doctor_command"),
)
