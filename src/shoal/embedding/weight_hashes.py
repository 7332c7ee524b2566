"""A file of weights, known by its hash."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from shoal.domain.errors import ModelUnavailable
from shoal.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class WeightFile:
    """`official`: it is the published file, by its hash, and not one of the user's own."""

    path: Path
    sha256: str
    official: bool = False


def sha256_of(path: Path) -> str:
    """All of the file, all 256 bits. Raises `ModelUnavailable` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(
            Sentence("The weights {path} cannot be read ({reason}).", path=path, reason=error.strerror),
            Sentence("Check the path."),
        ) from error
