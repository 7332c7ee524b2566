"""Changing one file of the user's in its place, in one step: whoever looks sees all of the old or all of the new."""

from pathlib import Path

from shoal.domain.images import ContentHash
from shoal.domain.sentence import Sentence
from shoal.files.safe_files import SourceTrouble, hash_file, publish, remove_own, rename_own, sync_folder, write_new


def temporary_beside(path: Path) -> Path:
    """Under which name a file is written before it takes its place. What is left of it after a crash may go."""
    return path.with_name(f".{path.name}.shoal-part")


def change_file(path: Path, content: bytes, expected: ContentHash) -> None:
    """Put `content` in the place of a file that still is what was read. Raises SourceTrouble if it is not, OSError.

    No more people may read it than before.
    """
    temporary = temporary_beside(path)
    remove_own(temporary)
    write_new(temporary, content, path)
    try:
        if hash_file(path) != expected:
            raise SourceTrouble(Sentence("it has changed since it was looked at"))
        rename_own(temporary, path)
    except BaseException:
        remove_own(temporary)
        raise
    sync_folder(path.parent)


def make_file(path: Path, content: bytes) -> None:
    """A file that was not there. Raises FileExistsError where the name is taken by now, OSError."""
    temporary = temporary_beside(path)
    remove_own(temporary)
    write_new(temporary, content)
    try:
        publish(temporary, path)
    except BaseException:
        remove_own(temporary)
        raise
    sync_folder(path.parent)
