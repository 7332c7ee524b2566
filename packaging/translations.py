"""Collects every text that people read into resources/i18n, and tells which have no translation yet.

    python packaging/translations.py            update the files that translators edit
    python packaging/translations.py --check    list what is missing, change nothing
    python packaging/translations.py --release  the same, and fail if anything is

Texts of the window are found by Qt's lupdate. The rooms below know no Qt and write `Sentence("{path} is empty.", ...)`;
their templates are handed to lupdate in a form that it knows.
"""

import argparse
import ast
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "shoal"
WORDS = ROOT / "resources" / "i18n"
LANGUAGES = {"zh_CN": (), "en": ("-pluralonly",)}
"""English is written in the sources; only the plurals of the window need a file, for a `Sentence` knows its own."""
CONTEXT = "sentences"


def templates(source: Path) -> Iterator[str]:
    """The texts in `Sentence(text, ...)`.

    Raises ValueError for one that is put together, for nobody could translate it; and for `tr` of another object, which
    Qt looks up under that object's class, and lupdate puts down under its name.
    """
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
            template = node.args[0]
            if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
                raise ValueError(f"{source}:{node.lineno}: the first argument of Sentence has to be one literal text")
            yield template.value
        elif isinstance(node, ast.Attribute) and node.attr == "tr" and ast.unparse(node.value) != "self":
            raise ValueError(f"{source}:{node.lineno}: only self.tr is found again")


def all_templates() -> list[str]:
    """Those with words in them, each once. `domain/sentence.py` itself makes sentences of what it is given."""
    sources = (path for path in sorted(SOURCES.rglob("*.py")) if path != SOURCES / "domain" / "sentence.py")
    found = {template for source in sources for template in templates(source)}
    return sorted(text for text in found if _has_words(text))


def _has_words(template: str) -> bool:
    outside = "".join(part.rpartition("}")[2] for part in template.split("{"))
    return any(char.isalpha() for char in outside)


def as_lupdate_likes_them(texts: list[str]) -> str:
    """It takes a text for a plural where a number is given with it."""
    lines = []
    for text in texts:
        quoted = f"{json.dumps(CONTEXT)}, {json.dumps(text, ensure_ascii=False)}"
        lines.append(f'translate({quoted}, "", 1)' if "%n" in text else f"QT_TRANSLATE_NOOP({quoted})")
    return "\n".join(lines) + "\n"


def update(folder: Path) -> None:
    """Bring the files in `folder` up to date: without line numbers and sorted, so that a diff shows texts only."""
    with tempfile.TemporaryDirectory() as scratch:
        below = Path(scratch, "sentences.py")
        below.write_text(as_lupdate_likes_them(all_templates()), encoding="utf-8")
        window = [str(path) for path in sorted(SOURCES.rglob("*.py"))]
        for language, options in LANGUAGES.items():
            sources = window if language == "en" else [*window, str(below)]
            words = folder / f"shoal_{language}.ts"
            tool = Path(sys.executable).parent / "pyside6-lupdate"
            how = ["-locations", "none", "-no-obsolete", "-sort-messages", "-disable-heuristic", "similartext"]
            target = ["-source-language", "en", "-target-language", language, "-ts", str(words)]
            subprocess.run([str(tool), *sources, *options, *how, *target], check=True, capture_output=True)


def untranslated(words: Path) -> list[str]:
    messages = ElementTree.parse(words).getroot().iter("message")
    return [
        message.findtext("source") or ""
        for message in messages
        if message.find("translation[@type='unfinished']") is not None
    ]


def missing() -> dict[str, list[str]]:
    """Language -> texts that it lacks, as the sources are now."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for language in LANGUAGES:
            shutil.copy(WORDS / f"shoal_{language}.ts", folder)
        update(folder)
        return {language: untranslated(folder / f"shoal_{language}.ts") for language in LANGUAGES}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--release", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.check or arguments.release):
        update(WORDS)
    gaps = missing()
    for language, texts in gaps.items():
        for text in texts:
            print(f"  {language}: {text}")
        if texts:
            print(f"{len(texts)} texts have no translation into {language} yet; they are shown in English.")
    return int(arguments.release and any(gaps.values()))


if __name__ == "__main__":
    sys.exit(main())
