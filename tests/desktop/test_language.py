"""The window speaks two languages, and what it is given of each is what translators wrote."""

import contextlib
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFontDatabase

from shoal.desktop.features import FEATURES
from shoal.desktop.language import CHINESE_FONTS, FromBytes, speak
from shoal.desktop.translation_file import compiled
from shoal.domain.images import SkippedImage
from shoal.domain.sentence import Sentence
from shoal.setup.settings import SETTINGS
from shoal.store.project_store import ProjectStore
from shoal.widgets.actions import EDIT
from shoal.widgets.translation import told, translated

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "resources" / "i18n"
LANGUAGES = ("zh_CN", "en")
PLACE = re.compile(r"\{\w+\}|%n")


def messages(language):
    return list(ElementTree.parse(WORDS / f"shoal_{language}.ts").getroot().iter("message"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_qt_is_given_what_its_own_tool_would_make(language, tmp_path):
    words = tmp_path / "words.ts"
    tree = ElementTree.parse(WORDS / f"shoal_{language}.ts")
    for context in tree.getroot().iter("context"):
        for message in list(context.iter("message")):
            if message.find("translation[@type='unfinished']") is not None:
                context.remove(message)
    tree.write(words, "utf-8")
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([str(tool), str(words), "-qm", str(tmp_path / "words.qm")], check=True, capture_output=True)
    assert compiled(words) == (tmp_path / "words.qm").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_original(language):
    for message in messages(language):
        for form in (message.find("translation"), *message.iter("numerusform")):
            if form.text and form.text.strip():
                missing = set(PLACE.findall(message.findtext("source"))) - set(PLACE.findall(form.text))
                assert missing <= {"%n"}, form.text


def test_a_text_without_a_translation_stays_english(qapp, tmp_path):
    words = tmp_path / "words.ts"
    message = "<message><source>Grouping</source><translation type='unfinished'></translation></message>"
    words.write_text(f"<TS language='zh_CN'><context><name>sentences</name>{message}</context></TS>")
    translator = FromBytes(compiled(words), qapp)
    qapp.installTranslator(translator)
    assert told(Sentence("Grouping")) == "Grouping"
    qapp.removeTranslator(translator)


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
    assert translated("actions", EDIT) == "编辑(&E)"
    rows = {row.key: row for row in (*SETTINGS, *(row for feature in FEATURES for row in feature.settings))}
    assert [told(rows[key].label) for key in ("model", "language")] == ["模型", "语言"]


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (Sentence("Looking at images"), "正在查看图片"),
        (Sentence("{path} cannot be written.", path="/media/card"), "无法写入 /media/card。"),
        (
            Sentence("{path} cannot be opened: {why}.", path="a.shoal", why=Sentence("it is damaged")),
            "无法打开 a.shoal：已损坏。",
        ),
        (Sentence("The template asks for {{field}:{text}}.", field="year", text="3"), "模板中有 {year:3}。"),
        (Sentence("Look at {path}.", path=Path("it is damaged")), "Look at it is damaged."),
        ("it is damaged", "已损坏"),
        ("Nobody wrote this down", "Nobody wrote this down"),
    ],
)
def test_what_the_rooms_below_say_is_told_in_chinese_with_its_values(chinese, sentence, shown):
    assert told(sentence) == shown


def test_what_the_rooms_below_say_is_told_as_it_is_in_english(qapp):
    sentence = Sentence("{path} cannot be opened: {why}.", path="a.shoal", why=Sentence("it is damaged"))
    counted = Sentence("Move %n picture(s) to {cluster}", n=1, cluster="birds")
    with speaking(qapp, "en"):
        assert told(sentence) == "a.shoal cannot be opened: it is damaged."
        assert told(counted) == "Move 1 picture to birds"


def test_what_a_picture_is_left_out_for_is_told_in_chinese_after_the_project_was_reopened(chinese, tmp_path):
    path = tmp_path / "p.shoal"
    reason = Sentence("the file is too large ({megabytes} MB)", megabytes="9")
    with ProjectStore(path) as store:
        store.save_skipped([SkippedImage(Path("a.jpg"), reason)])
    with ProjectStore(path) as store:
        assert [told(skipped.reason) for skipped in store.load_skipped()] == ["文件过大（9 MB）"]


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
