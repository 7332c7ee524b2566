"""The names of the rules by which a picture of a group of duplicates stays; `keepers` says what they mean."""

from typing import Final

KEEP_RULES: Final = ("raw", "largest", "sharpest", "oldest", "folder")
"""In the usual order, the first counts most."""
