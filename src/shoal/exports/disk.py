"""The real disk, as the planner asks about it."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from shoal.domain.export_plan import Action, SourceFile
from shoal.domain.images import FileStamp
from shoal.files.safe_files import SourceTrouble, hash_file, links_to, look, look_at_file


class RealDisk:
    """Implements `domain.export_plan.Disk`. Only looks; reads contents only of files that may be there already."""

    def find(self, path: Path) -> tuple[Path, FileStamp] | None:
        try:
            real = Path(os.path.realpath(path, strict=True)) if path.is_symlink() else path
            file = look_at_file(real)
        except OSError:
            return None
        return (real, file.stamp) if file else None

    def entries(self, folder: Path) -> Mapping[str, bool]:
        try:
            with os.scandir(folder) as entries:
                return {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
        except (FileNotFoundError, NotADirectoryError):
            return {}

    def is_exported(self, source: SourceFile, target: Path, action: Action) -> bool:
        if action == "symlink":
            return links_to(target) == source.path
        if action in {"move", "hardlink"}:
            seen = look(source.path)
            return seen is not None and seen == look(target)
        seen = look_at_file(target)
        if seen is None or seen.size != source.stamp.size:
            return False
        try:
            return hash_file(target) == (source.content_hash or hash_file(source.path))
        except SourceTrouble:
            return False

    def needs_space(self, source: Path, target: Path, action: Action) -> bool:
        if action == "move":
            seen = look(source)
            return seen is None or seen.device != nearest_folder(target).stat().st_dev
        return action == "copy"

    def free_bytes(self, folder: Path) -> int | None:
        try:
            return shutil.disk_usage(nearest_folder(folder)).free
        except OSError:
            return None


def nearest_folder(path: Path) -> Path:
    """The path itself or the closest folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.is_dir())
