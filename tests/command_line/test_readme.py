"""What README, documentation and help say is what the program takes."""

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from resources.docs import catalogue_tables

from shoal.command_line.arguments import parser
from shoal.delivering.documents import DOCUMENTS
from shoal.looking.catalogue import ALGORITHMS, BACKENDS
from shoal.setup.diagnosis import LIBRARIES
from shoal.setup.settings import SETTINGS

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "resources" / "docs").glob("*.md")))
README = "\n".join(catalogue_tables.filled(page.read_text(encoding="utf-8")) for page in PAGES)
COMMAND = re.compile(r"^(?:\.venv/bin/)?shoal (.+?)(?:\s+#.*)?$", re.MULTILINE)


def _commands() -> dict[str, argparse.ArgumentParser]:
    action = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(action.choices)


def _options() -> Iterator[tuple[str, str]]:
    for name, command in _commands().items():
        for action in command._actions:
            yield from ((name, option) for option in action.option_strings if option not in {"-h", "--help"})


@pytest.mark.parametrize("name", list(_commands()))
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`shoal {name}" in README


@pytest.mark.parametrize(("command", "option"), list(_options()))
def test_the_readme_names_every_option(command: str, option: str) -> None:
    assert option in README


def test_the_readme_lists_every_model() -> None:
    for spec in BACKENDS:
        assert f"`{spec.name}{':FILE' if spec.takes_source else ''}`" in README


def test_readme_and_help_name_every_algorithm() -> None:
    described = _commands()["sort"].format_help()
    for spec in ALGORITHMS:
        assert f"`{spec.name}`" in README
        assert spec.name in described


def test_readme_and_help_name_every_document() -> None:
    described = _commands()["sort"].format_help()
    for spec in DOCUMENTS:
        assert f"`{spec.name}`" in README
        assert spec.name in described


def test_the_documentation_explains_every_setting() -> None:
    assert [row.key for row in SETTINGS if row.help not in README] == []


def test_the_map_of_the_code_names_every_room_and_stays_short() -> None:
    section = README.split("## The rooms")[1].split("\n## ")[0]
    rooms = [path.name for path in (ROOT / "src/shoal").iterdir() if (path / "__init__.py").exists()]
    assert all(f"  {room}/" in section for room in rooms)
    assert section.count("\n") < 60


def test_the_doctor_asks_for_every_library_the_program_stands_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {re.split(r"[<>=!~\[; ]", wanted)[0] for wanted in project["dependencies"]} == set(LIBRARIES)


def test_the_readme_is_short() -> None:
    assert PAGES[0].read_text(encoding="utf-8").count("\n") <= 150


def _written_commands() -> list[str]:
    blocks = re.findall(r"```(?:text|console|sh)?\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in COMMAND.findall(block)]


def test_commands_are_written_down() -> None:
    assert len(_written_commands()) >= 4


@pytest.mark.parametrize("words", _written_commands())
def test_every_command_that_is_written_down_is_understood(words: str) -> None:
    assert parser().parse_args(shlex.split(words)).command
