"""Every word of the window is translated, and what is shipped was made from what is written."""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFontDatabase
from tests.desktop.sentences_below import sentences_below

from shoal.desktop.language import CHINESE_FONTS, speak
from shoal.setup.settings import SETTINGS
from shoal.widgets import sentences
from shoal.widgets.actions import ROWS
from shoal.widgets.translation import translated

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "resources" / "i18n"
ROOMS = ("command_line", "desktop", "desk", "qt", "setup", "samples", "looking", "delivering", "projects", "widgets")
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


@contextlib.contextmanager
def speaking(application, language):
    before, installed = QLocale(), speak(application, language)
    yield
    for translator in installed:
        application.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def chinese(qapp):
    with speaking(qapp, "zh_CN"):
        yield


def test_menus_and_settings_speak_chinese(chinese):
    texts = [("actions", row.text) for row in ROWS if row.text]
    texts += [("settings", text) for row in SETTINGS for text in (row.label, row.help)]
    untouched = [text for context, text in texts if translated(context, text) == text]
    assert untouched == []


def test_every_sentence_from_below_has_its_row_in_widgets_sentences():
    assert sentences_below() - set(sentences.ROWS) == set(), "add a row for each to widgets/sentence_rows.py"
    assert set(sentences.ROWS) - sentences_below() == set(), "nobody says these any more"


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("Looking at images", "正在查看图片"),
        ("/media/card cannot be written.", "无法写入 /media/card。"),
        ("a.shoal cannot be opened: it is damaged.", "无法打开 a.shoal：已损坏。"),
        ("the picture is too large (70000 x 9 pixels)", "图片过大（70000 x 9 像素）"),
        ("The template asks for {year:3}.", "模板中有 {year:3}。"),
        ("Nobody wrote this down", "Nobody wrote this down"),
    ],
)
def test_what_the_rooms_below_say_is_told_in_chinese_with_its_values(chinese, english, told):
    assert sentences.told(english) == told


def test_what_the_rooms_below_say_is_told_as_it_is_in_english(qapp):
    with speaking(qapp, "en"):
        assert sentences.told("a.shoal cannot be opened: it is damaged.") == "a.shoal cannot be opened: it is damaged."


@pytest.mark.parametrize(
    ("language", "count", "shown"), [("en", 1, "1 picture"), ("en", 150, "150 pictures"), ("zh_CN", 150, "150 张图片")]
)
def test_counts_have_their_plural(qapp, language, count, shown):
    with speaking(qapp, language):
        assert QCoreApplication.translate("Opening", "%n picture(s)", "", count) == shown


def test_chinese_is_written_in_a_font_that_is_made_for_it(qapp):
    there = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    with speaking(qapp, "zh_CN"):
        chosen = qapp.font().families()
        assert set(chosen[1:]) == set(CHINESE_FONTS) & set(there)
    with speaking(qapp, "en"):
        assert set(qapp.font().families()).isdisjoint(CHINESE_FONTS)
