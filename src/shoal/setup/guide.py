"""The guide: a Markdown page per capability and language, with pictures beside them. The documentation has the same."""

from collections.abc import Sequence
from pathlib import Path

from shoal.files.shipped import resource

ENGLISH = "en"


def guide_pages(names: Sequence[str], language: str) -> list[Path]:
    """The pages in `language` (zh_CN, say), in English where there is none; a copy that came without them has none."""
    pages = (resource(f"help/{language}/{name}.md") or resource(f"help/{ENGLISH}/{name}.md") for name in names)
    return [page for page in pages if page is not None]
