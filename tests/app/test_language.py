"""Every word of the window is translated, and what is shipped was made from what is written."""

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale

from shoal.app.language import speak
from shoal.services.settings import SETTINGS
from shoal.widgets.actions import ROWS
from shoal.widgets.translation import translated

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "resources" / "i18n"
ROOMS = ("app", "desk", "qt", "services", "widgets")
SOURCES = [str(path) for room in ROOMS for path in (ROOT / "src/shoal" / room).glob("*.py")]


def tool(name: str, *arguments: str) -> None:
    path = Path(sys.executable).parent / name
    subprocess.run([str(path), *arguments], check=True, capture_output=True)


def unfinished(path: Path) -> list[str]:
    messages = ElementTree.parse(path).getroot().iter("message")
    return [str(one.findtext("source")) for one in messages if one.find("translation[@type='unfinished']") is not None]


@pytest.mark.parametrize(("language", "options"), [("zh_CN", []), ("en", ["-pluralonly"])])
def test_no_text_of_the_window_is_missing_from_a_translation(language, options, tmp_path):
    fresh = tmp_path / "fresh.ts"
    shutil.copy(WORDS / f"shoal_{language}.ts", fresh)
    tool(
        "pyside6-lupdate", *SOURCES, *options, "-source-language", "en", "-target-language", language, "-ts", str(fresh)
    )
    assert unfinished(fresh) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_shipped_file_is_made_from_the_written_one(language, tmp_path):
    tool("pyside6-lrelease", str(WORDS / f"shoal_{language}.ts"), "-qm", str(tmp_path / "made.qm"))
    assert (tmp_path / "made.qm").read_bytes() == (WORDS / f"shoal_{language}.qm").read_bytes()


@pytest.fixture
def chinese(qapp):
    before, installed = QLocale(), speak(qapp, "zh_CN")
    yield
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_menus_and_settings_speak_chinese(chinese):
    texts = [("actions", row.text) for row in ROWS if row.text]
    texts += [("settings", text) for row in SETTINGS for text in (row.label, row.help)]
    untouched = [text for context, text in texts if translated(context, text) == text]
    assert untouched == []
