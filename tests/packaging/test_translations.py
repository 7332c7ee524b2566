"""What `make translations` collects."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", PACKAGING / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources(translations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of its own, with words that nobody has translated yet."""
    folder, words = tmp_path / "src", tmp_path / "i18n"
    (folder / "domain").mkdir(parents=True)
    words.mkdir()
    for language in translations.LANGUAGES:
        shutil.copy(translations.WORDS / f"shoal_{language}.ts", words)
    monkeypatch.setattr(translations, "SOURCES", folder)
    monkeypatch.setattr(translations, "WORDS", words)
    return folder


def test_every_template_of_the_program_can_be_collected(translations: ModuleType) -> None:
    templates = translations.all_templates()
    assert len(templates) > 300
    assert "{path} cannot be opened: {why}." in templates
    assert "{text}" not in templates


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('raise Wrong(Sentence(f"{path} is wrong."))', "the first argument of Sentence has to be one literal text"),
        ('panel.setWindowTitle(panel.tr("Panel"))', "only self.tr is found again"),
    ],
)
def test_texts_that_would_never_be_found_are_refused(
    translations: ModuleType, sources: Path, line: str, why: str
) -> None:
    (sources / "a.py").write_text(f"{line}\n")
    with pytest.raises(ValueError, match=rf"a\.py:1: {why}"):
        translations.all_templates()


def test_new_texts_stand_in_the_files_and_are_a_gap_only_for_a_release(
    translations: ModuleType, sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (sources / "a.py").write_text('Sentence("Brand new “words”: {a}.", a=1), Sentence("%n brand new thing(s)", n=2)\n')
    (sources / "b.py").write_text('class Box(QObject):\n    def show(self): return self.tr("New here")\n')
    monkeypatch.setattr(sys, "argv", ["translations.py"])
    assert translations.main() == 0
    written = ElementTree.parse(translations.WORDS / "shoal_zh_CN.ts").getroot()
    found = {message.findtext("source"): message.get("numerus") for message in written.iter("message")}
    assert found == {"Brand new “words”: {a}.": None, "%n brand new thing(s)": "yes", "New here": None}
    monkeypatch.setattr(sys, "argv", ["translations.py", "--check"])
    assert translations.main() == 0
    assert "3 texts have no translation into zh_CN yet" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["translations.py", "--release"])
    assert translations.main() == 1
