"""Weights on disk: where ours lie, and which they are."""

import hashlib
from pathlib import Path

from shoal.domain.errors import ModelUnavailable

PACKAGE = Path(__file__).resolve().parent.parent
RESOURCE_FOLDERS = (PACKAGE / "resources", PACKAGE.parent.parent / "resources")
"""Inside the installed package, and at the top of a checkout."""


def resource(name: str) -> Path | None:
    """A file that ships with the program, or None if this copy came without it."""
    return next((folder / name for folder in RESOURCE_FOLDERS if (folder / name).is_file()), None)


def sha256_of(path: Path) -> str:
    """All of the file, all 256 bits. Raises `ModelUnavailable` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"The weights {path} cannot be read ({error.strerror}).", "Check the path.") from error
