"""The guide inside the program: one Markdown page per language, with pictures beside the folders of the languages."""

from pathlib import Path

from shoal.files.shipped import resource

ENGLISH = "en"


def guide_file(language: str) -> Path | None:
    """The page in `language` (zh_CN, say), in English where there is none; None in a copy that came without it."""
    return resource(f"help/{language}/guide.md") or resource(f"help/{ENGLISH}/guide.md")
