"""Moving a file to the system's trash and back, and never deleting it: what the system says is checked, not believed.

Trashes have been seen to delete for good, on network drives above all. So the file gets a second name before the
system is asked; if it cannot be found in the trash afterwards, that name becomes its name again.
"""

import errno
from collections.abc import Callable
from pathlib import Path

from shoal.domain.images import ContentHash, Snapshot
from shoal.domain.sentence import Sentence, reason_of
from shoal.files import safe_files
from shoal.files.safe_files import SourceTrouble, WrittenWrong

MoveToTrash = Callable[[Path], Path | None]
"""Asks the system; says where the file is now, or None where the system does not. Raises OSError if it will not."""


class NotTrashed(Exception):
    """The file is where it was, in its folder or in the trash; says why, in words."""


def to_trash(path: Path, spare: Path, move: MoveToTrash) -> None:
    """Move a regular file to the trash. Raises NotTrashed, and then the file stands where it stood.

    `spare` is a free name in the same folder that nobody else uses; what was left there by a call that was cut off is
    put back first.
    """
    into_trash(path, spare, move)
    safe_files.remove_own(spare)


def into_trash(path: Path, spare: Path, move: MoveToTrash) -> Path | None:
    """The same, but the second name stays until the caller has written down where the file is now, if that is known."""
    try:
        put_back(spare, path)
        before = safe_files.look_at_file(path)
        if before is None:
            raise NotTrashed(Sentence("it is not a regular file"))
        content = safe_files.hash_file(path)
        _keep_aside(path, spare)
    except (OSError, SourceTrouble, WrittenWrong) as error:
        raise NotTrashed(Sentence("it could not be moved to the trash ({reason})", reason=reason_of(error))) from error
    try:
        where = move(path)
    except OSError as error:
        put_back(spare, path)
        raise NotTrashed(Sentence("it could not be moved to the trash ({reason})", reason=reason_of(error))) from error
    if safe_files.look(path) == before:
        put_back(spare, path)
        raise NotTrashed(Sentence("the system said that it is in the trash, but it is not"))
    if where is not None and not _arrived(where, before, content):
        put_back(spare, path)
        raise NotTrashed(Sentence("the trash would have deleted it for good, so it was put back"))
    return where


def from_trash(where: Path, path: Path, spare: Path, content: ContentHash) -> None:
    """Give a file in the trash its old place again. Raises NotTrashed, and then it stays in the trash.

    What stands in its place already, in every byte, has come back: we were cut off, or somebody brought it by hand.
    """
    try:
        before = safe_files.look_at_file(where)
        in_trash = before is not None and safe_files.hash_file(where) == content
        if _holds(path, content):
            safe_files.remove_own(spare)
            if in_trash and before is not None:
                safe_files.remove_unchanged(where, before)
        elif not in_trash:
            raise NotTrashed(Sentence("it is no longer in the trash"))
        elif safe_files.look(path) is not None:
            raise NotTrashed(Sentence("something else stands in its place"))
        else:
            _brought_home(where, path, spare, content)
    except (OSError, SourceTrouble, WrittenWrong) as error:
        raise NotTrashed(Sentence("it could not be brought back ({reason})", reason=reason_of(error))) from error
    if where.parent.name == "files":  # as freedesktop.org's trash has it: what told where it came from goes with it
        safe_files.remove_own(where.parent.with_name("info") / f"{where.name}.trashinfo")


def _holds(path: Path, content: ContentHash) -> bool:
    return safe_files.look_at_file(path) is not None and safe_files.hash_file(path) == content


def _brought_home(where: Path, path: Path, spare: Path, content: ContentHash) -> None:
    try:
        safe_files.publish(where, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        before = safe_files.look(where)
        safe_files.remove_own(spare)
        safe_files.copy_new(where, spare, content)
        safe_files.publish(spare, path)
        if before is not None:
            safe_files.remove_unchanged(where, before)


def _keep_aside(path: Path, spare: Path) -> None:
    """A second name where the drive has such, else a copy."""
    try:
        safe_files.make_hard_link(path, spare)
    except FileExistsError:
        raise
    except OSError:
        safe_files.copy_new(path, spare, None)


def put_back(spare: Path, path: Path) -> None:
    """The file has its name again, if it had lost it, and no second one."""
    if safe_files.look(spare) is None:
        return
    if safe_files.look(path) is None:
        safe_files.publish(spare, path)
    elif _same(spare, path):
        safe_files.remove_own(spare)


def _same(path: Path, other: Path) -> bool:
    return safe_files.look(path) == safe_files.look(other) or safe_files.hash_file(path) == safe_files.hash_file(other)


def _arrived(where: Path, before: Snapshot, content: ContentHash) -> bool:
    """Found in the trash, in every byte: another drive's trash holds a copy."""
    file = safe_files.look_at_file(where)
    if file is None or file.size != before.size:
        return False
    try:
        return safe_files.hash_file(where) == content
    except SourceTrouble:
        return False
