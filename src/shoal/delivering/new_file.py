"""A file that the user asked for by name: checked before the long work, whole or not at all after it."""

import os
from collections.abc import Sequence
from pathlib import Path

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.files.safe_files import publish, remove_own, sync_folder, write_new
from shoal.store.own_files import plain_words


def require_new(path: Path, suffixes: Sequence[str]) -> None:
    """Say before the long work what would go wrong after it. Raises UserFacingError."""
    if path.suffix.lower() not in suffixes:
        endings = " or ".join(suffixes)
        raise UserFacingError(
            Sentence("{path} does not end in {endings}.", path=path, endings=endings),
            Sentence("The ending says what kind of file it becomes."),
        )
    if os.path.lexists(path):
        raise UserFacingError(
            Sentence("{path} is there already, and nothing is ever overwritten.", path=path),
            Sentence("Choose another name."),
        )
    if not path.parent.is_dir():
        raise UserFacingError(
            Sentence("There is no folder {folder}.", folder=path.parent), Sentence("Make it, or name another.")
        )


def write_new_file(path: Path, content: bytes) -> None:
    """Appears whole or not at all; raises UserFacingError, also if somebody else has taken the name meanwhile."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with plain_words(path):
        try:
            write_new(temporary, content)
            publish(temporary, path)
        finally:
            remove_own(temporary)
        sync_folder(path.parent)
