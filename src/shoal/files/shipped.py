"""Files that ship with the program: the weights of the usual model, words, translations, the guide."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
RESOURCE_FOLDERS = (PACKAGE / "resources", PACKAGE.parent.parent / "resources")
"""Inside the installed package, and at the top of a checkout."""


def resource(name: str) -> Path | None:
    """A file that ships with the program, or None if this copy came without it."""
    return next((folder / name for folder in RESOURCE_FOLDERS if (folder / name).is_file()), None)
