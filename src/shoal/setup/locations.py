"""Where this program keeps its own files. Folders of pictures are never among them."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from shoal.domain.errors import UserFacingError
from shoal.files.reserve import Reserve
from shoal.store.own_files import private_folder

HOME_VARIABLE = "SHOAL_HOME"
PROJECT_SUFFIX = ".shoal"
PROJECTS_RESERVE, JOURNALS_RESERVE = 8 << 20, 4 << 20
"""Bytes: one re-clustering of a million pictures, and the steps of a very long export."""

_PROGRAM = "shoal"


@dataclass(frozen=True, slots=True)
class Locations:
    """Folders, made when first asked for by `create`; the names of the files in them."""

    data: Path
    cache: Path
    logs: Path
    config: Path

    def create(self) -> "Locations":
        """Make the folders that are not there yet, readable by their owner only. Raises UserFacingError.

        Without a cache all goes on.
        """
        for folder in (self.data, self.logs, self.config):
            private_folder(folder)
        with suppress(UserFacingError):
            private_folder(self.cache)
        return self

    def hold_reserves(self) -> None:
        """Set space aside that is let go of when the drive is full, for edits and journals. Without it all goes on."""
        for folder, size in self.reserves.items():
            with suppress(UserFacingError):
                Reserve(private_folder(folder)).hold(size)

    @property
    def reserves(self) -> dict[Path, int]:
        """Folder -> bytes to set aside in it."""
        return {self.projects: PROJECTS_RESERVE, self.export_journals: JOURNALS_RESERVE}

    @property
    def projects(self) -> Path:
        return self.data / "projects"

    def project_file(self, roots: Sequence[Path], items: str = "") -> Path:
        """Where the project of these folders is kept unless it was saved elsewhere; the order does not matter.

        `items` names what is sorted where that is not whole pictures: it has a project of its own.
        """
        names = sorted(os.fsencode(root.absolute()) for root in roots)
        names += [os.fsencode(items)] if items else []
        digest = hashlib.blake2b(b"\0".join(names), digest_size=6).hexdigest()
        readable = "".join(char if char.isalnum() else "-" for char in roots[0].absolute().name).strip("-")
        return self.projects / f"{readable[:30] or 'pictures'}-{digest}{PROJECT_SUFFIX}"

    @property
    def feature_cache(self) -> Path:
        return self.cache / "features-1.sqlite"

    @property
    def thumbnail_cache(self) -> Path:
        return self.cache / "thumbnails-1.sqlite"

    @property
    def weights(self) -> Path:
        """Downloaded weights, and those that somebody laid there for a computer without a network."""
        return self.data / "weights"

    @property
    def exported_networks(self) -> Path:
        """Networks turned into ONNX, which a processor computes faster; made anew if lost."""
        return self.cache / "exported"

    @property
    def speeds_file(self) -> Path:
        """How many pictures a second each model looked at here."""
        return self.cache / "speeds.json"

    @property
    def export_journals(self) -> Path:
        """What an export did, step by step, so that it can go on after a crash and be taken back."""
        return self.data / "exports"

    @property
    def mark_records(self) -> Path:
        """What sidecars were before stars and labels were written into them, so that it can be taken back."""
        return self.data / "marks"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def shortcuts_file(self) -> Path:
        return self.config / "shortcuts.json"

    @property
    def log_file(self) -> Path:
        return self.logs / "shoal.log"


def user_locations(environment: Mapping[str, str] = os.environ) -> Locations:
    """The folders that this system has for such files; with SHOAL_HOME set, all of them under that one folder."""
    home = environment.get(HOME_VARIABLE)
    if home:
        base = Path(home).expanduser().absolute()
        return Locations(base / "data", base / "cache", base / "logs", base / "config")
    folders = platformdirs.PlatformDirs(_PROGRAM, appauthor=False)
    return Locations(
        Path(folders.user_data_path), folders.user_cache_path, folders.user_log_path, folders.user_config_path
    )
