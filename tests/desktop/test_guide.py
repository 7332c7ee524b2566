"""The program's help and the documentation are the same pages, one per capability, in both languages."""

import re
from pathlib import Path

import pytest

from shoal.desktop.features import FEATURES, PAGES
from shoal.setup.guide import guide_pages

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.mark.parametrize(("language", "document"), [("en", "guide.md"), ("zh_CN", "guide_zh_CN.md")])
def test_help_and_documentation_have_the_same_pages_in_the_same_order(language: str, document: str) -> None:
    included = re.findall(r"\{include\} \.\./(\S+)", (RESOURCES / "docs" / document).read_text(encoding="utf-8"))
    assert [RESOURCES / name for name in included] == guide_pages(PAGES, language)
    assert len(included) == len(PAGES) == len(list((RESOURCES / "help" / language).glob("*.md")))


def test_both_languages_have_the_same_chapters_and_pictures() -> None:
    for english, chinese in zip(guide_pages(PAGES, "en"), guide_pages(PAGES, "zh_CN"), strict=True):
        ours, theirs = (page.read_text(encoding="utf-8") for page in (english, chinese))
        assert len(re.findall(r"(?m)^## ", ours)) == len(re.findall(r"(?m)^## ", theirs)), english.name
        assert re.findall(r"\]\((\S+)\)", ours) == re.findall(r"\]\((\S+)\)", theirs), english.name


def test_no_two_pages_claim_one_place() -> None:
    places = [feature.page for feature in FEATURES if feature.page]
    assert sorted(places) == list(range(1, len(places) + 1))
