"""The folders an export makes or touches: remembered before, put right again after an undo."""

import os
from collections.abc import Collection, Iterable
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path

from shoal.domain.export_journal import ExportJournal, FolderRecord, StepState
from shoal.exports.step_paths import StepPaths, is_inside
from shoal.files.safe_files import is_folder, make_folder, remove_empty_folder, set_folder_time, sync_folder


def prepare_folders(journal: ExportJournal, root: Path) -> None:
    """Remember every folder that will be touched, then make those that are missing."""
    paths = StepPaths(journal.header().id, root)
    steps = [step for step in journal.steps() if step.state is not StepState.DONE]
    targets = {paths.target(step).parent for step in steps}
    for folder in targets | {paths.source(step).parent for step in steps if is_inside(step)}:
        paths.refuse_detours(folder)
    missing = _missing_above(targets)
    touched = targets | {folder.parent for folder in missing}
    touched |= {paths.source(step).parent for step in steps if step.action == "move"}
    recorded = {record.path for record in journal.folders()}
    records = [_described(folder) for folder in sorted(touched - recorded) if is_folder(folder)]
    journal.remember_folders(
        records + [FolderRecord(folder, created=True) for folder in missing if folder not in recorded]
    )
    for folder in missing:
        make_folder(folder)


def _missing_above(folders: Iterable[Path]) -> list[Path]:
    """The folders that must be made, parents first."""
    missing: set[Path] = set()
    for folder in folders:
        missing.update(takewhile(lambda path: not path.exists(), (folder, *folder.parents)))
    return sorted(missing)


def _described(folder: Path) -> FolderRecord:
    return FolderRecord(folder, False, folder.stat().st_mtime_ns, _names_digest(folder), mount_point(folder))


def _names_digest(folder: Path) -> str:
    names = b"\0".join(sorted(map(os.fsencode, os.listdir(folder))))
    return blake2b(names, digest_size=16).hexdigest()


def restore_folders(journal: ExportJournal, root: Path) -> list[Path]:
    """Remove the folders that the export made, where they are empty; return those that are not.

    A folder that was there before, and holds the same names again, gets its old time back. `root` is what the export
    folder is called now.
    """
    moved_from = journal.header().root
    records: dict[Path, FolderRecord] = {}
    for record in journal.folders():
        records.setdefault(relocated(record.path, moved_from, root), record)
    made = [folder for folder, record in records.items() if record.created and is_folder(folder)]
    kept = [folder for folder in sorted(made, reverse=True) if not remove_empty_folder(folder)]
    for folder, record in records.items():
        if not record.created and is_folder(folder) and _names_digest(folder) == record.names_digest:
            set_folder_time(folder, record.modified_ns)
    return kept


def relocated(path: Path, moved_from: Path, root: Path) -> Path:
    """What a path is called now that was written down when the export folder was `moved_from`."""
    return root / path.relative_to(moved_from) if path.is_relative_to(moved_from) else path


def remove_emptied(journal: ExportJournal, root: Path, ours: Collection[Path]) -> None:
    """Remove the folders that the export took everything out of; only such as exports have made (`ours`)."""
    paths = StepPaths(journal.header().id, root)
    left = {paths.source(step).parent for step in journal.steps() if is_inside(step)}
    above = {folder for start in left for folder in (start, *start.parents) if folder.is_relative_to(root)}
    for folder in sorted(above & set(ours), reverse=True):
        if is_folder(folder) and remove_empty_folder(folder):
            sync_folder(folder.parent)


def mount_point(folder: Path) -> Path:
    """The top of the drive that a folder is on."""
    return next(path for path in (folder, *folder.parents) if path.is_mount() or path == path.parent)


def is_offline(record: FolderRecord) -> bool:
    """Whether the drive of a folder is not there now. A missing folder on a present drive was removed; this was not."""
    return record.mount != Path() and not record.mount.is_mount()
