"""What the fault tests of exports share: a stage of pictures, what a child does to it, what must hold after a fault."""

import os
import shutil
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Self

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.killing import require
from tests.support.export_world import FAMILIES_OF_FIVE, ExportWorld, Families, make_world
from tests.support.untouched import TreeState, tree_state
from tests.support.world_of_objects import make_world_of_objects

from shoal.delivering.crops import Cutter
from shoal.delivering.exporting import resume_export, undo_export, unfinished_export
from shoal.domain.crops import crop_of
from shoal.domain.errors import ExportRefused, StorageFull, UserFacingError
from shoal.domain.task import Task
from shoal.exports.marker import marked_exports
from shoal.files.safe_files import copy_new
from shoal.store.export_journal import journal_ids, read_header

DONE, BROKEN, FULL, REFUSED, LEFT_OUT = 0, 1, 11, 12, 13
MODES = ["copy", "move", "move to another drive", "hardlink", "symlink", "reflink", "crop"]


@dataclass
class Stage:
    """`far`: the export folder is on another drive than the pictures. `hashes`: of the originals.

    `exported`: of what a complete export holds, which are the originals, or the objects cut out of them.
    """

    folder: Path
    world: ExportWorld
    action: str
    far: bool
    tree: TreeState = field(default_factory=dict)
    hashes: Counter[str] = field(default_factory=Counter)
    crops: bool = False
    exported: Counter[str] = field(default_factory=Counter)

    @classmethod
    def build(cls, folder: Path, far_folder: Path, mode: str, count: int, size: int, five: bool = False) -> Self:
        """`five`: pictures with what belongs to them, in families of five files."""
        far = mode == "move to another drive"
        out = far_folder / "out" if far else None
        if mode == "crop":
            stage = cls(folder, make_world_of_objects(folder, count, 7, out), "copy", far, crops=True)
        else:
            families = FAMILIES_OF_FIVE if five else Families()
            world = make_world(folder, count, clusters=7, size=size, out=out, families=families)
            stage = cls(folder, world, "move" if far else mode, far)
        stage.world.journals.mkdir()
        stage.tree = stage.source_tree()
        stage.hashes = contents_below(stage.world.pictures)
        stage.exported = cut_out(stage.world) if stage.crops else stage.hashes
        return stage

    def source_tree(self) -> TreeState:
        """Inodes change when a file goes to another drive and comes back; nothing else does."""
        return tree_state(self.world.pictures, inodes=not self.far)

    # --- what a child does

    def export(self) -> int:
        result = self.world.export(self.action, crops=self.crops)
        return LEFT_OUT if result.left_out or result.originals_kept else DONE

    def resume(self) -> int:
        result = resume_export(self.world.out, self.world.journals, Task())
        return LEFT_OUT if result.left_out or result.originals_kept else DONE

    def undo(self) -> int:
        while any_to_undo(self.world):
            if undo_export(self.world.out, self.world.journals, Task()).kept:
                return LEFT_OUT
        return DONE

    # --- what must hold

    def check_nothing_lost(self) -> None:
        """After any fault: every original is there, or, while moving, whole under its new name."""
        if self.action != "move":
            require(self.source_tree() == self.tree, "the originals have changed")
        else:
            found = contents_below(self.world.pictures) + contents_below(self.world.out)
            lost = self.hashes - found
            require(not lost, f"{lost.total()} originals are lost")
        self._check_no_half_files()

    def _check_no_half_files(self) -> None:
        """A file that has its name is whole: it is one of those wanted, or one of the tables."""
        known = set(self.exported)
        for path in exported_files(self.world.out):
            require(content_of(path) in known, f"{path} is not whole")

    def check_complete(self) -> None:
        exported = Counter(map(content_of, exported_files(self.world.out)))
        require(exported == self.exported, f"{(self.exported - exported).total()} files are missing from the export")
        left = contents_below(self.world.pictures)
        require(left == (Counter() if self.action == "move" else self.hashes), "originals are not as they should be")
        require(not list(self.world.out.rglob("*.part")), "a temporary file was left behind")
        require((self.world.out / "clusters.csv").is_file(), "the table is missing")
        self._check_none_parted()

    def _check_none_parted(self) -> None:
        """Files whose names differ in nothing but the ending lie in one folder."""
        folders: dict[str, set[Path]] = defaultdict(set)
        for path in exported_files(self.world.out):
            folders[path.name.partition(".")[0]].add(path.parent)
        parted = [stem for stem, at in folders.items() if len(at) > 1]
        require(not parted, f"{len(parted)} families are parted")

    def check_as_before(self) -> None:
        found = self.source_tree()
        require(found == self.tree, f"the tree is not as it was: {difference(found, self.tree)}")
        require(not self.world.out.exists(), "the export folder was left behind")

    def finish(self) -> None:
        """Go on with what was cut off; if it had not begun, begin."""
        if unfinished_export(self.world.out, self.world.journals):
            require(self.resume() == DONE, "something was left out")
        elif not (self.world.out / "clusters.csv").exists():
            require(self.export() == DONE, "something was left out")

    def forget_journals(self) -> None:
        shutil.rmtree(self.world.journals)
        self.world.journals.mkdir()


def cut_out(world: ExportWorld) -> Counter[str]:
    """The contents that the crops must have."""
    cutter, contents = Cutter(), Counter[str]()
    for record in world.records:
        assert record.region is not None
        crop = crop_of(record.region, record.facts.width, record.facts.height)
        contents[blake2b(cutter.cut(record.path, crop)).hexdigest()] += 1
    return contents


def any_to_undo(world: ExportWorld) -> bool:
    headers = (read_header(world.journals, id_) for id_ in {*journal_ids(world.journals), *marked_exports(world.out)})
    return any(header is not None and not header.undone for header in headers)


def exported_files(out: Path) -> list[Path]:
    return [path for path in out.glob("*/*") if not path.name.startswith(".")]


def content_of(path: Path) -> str:
    return blake2b(path.read_bytes()).hexdigest()


def contents_below(folder: Path) -> Counter[str]:
    """Of whole files: what is still being written has a temporary name."""
    names = (Path(at, name) for at, _, names in os.walk(folder) for name in names if not name.endswith(".part"))
    return Counter(content_of(path) for path in names if not path.is_symlink())


def difference(found: TreeState, wanted: TreeState) -> str:
    changed = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    return f"{len(changed)} entries differ, such as {changed[:1]}"


@contextmanager
def two_folders(near: Path | None = None, far: Path = Path("/tmp")):
    """A folder on a fast drive and one on another; both go in the end."""
    memory = Path("/dev/shm")
    base = near or (memory if memory.is_dir() else Path("/tmp"))
    first, second = base / f"shoal-faults-{os.getpid()}", far / f"shoal-faults-far-{os.getpid()}"
    for folder in (first, second):
        folder.mkdir()
    try:
        yield first, second
    finally:
        for folder in (first, second):
            shutil.rmtree(folder)


def possible_modes(modes: list[str], near: Path | None) -> list[str]:
    """Without reflink where the drive of `near` (see `two_folders`) cannot share blocks; says so."""
    with two_folders(near) as (folder, _), suppress(OSError):
        (folder / "one").write_bytes(b"x")
        copy_new(folder / "one", folder / "two", None, clone=True)
        return modes
    if "reflink" in modes:
        print("reflink: this drive cannot share blocks; name a folder on Btrfs or XFS with --folder")
    return [mode for mode in modes if mode != "reflink"]


def run_child(stage: Stage, what: str) -> int:
    """In this process, for a child that has just been forked; says what came of it as an exit code."""
    try:
        return int(getattr(stage, what)())
    except StorageFull:
        return FULL
    except (ExportRefused, UserFacingError):
        return REFUSED
    except Exception:  # noqa: BLE001  # whatever it is, the parent has to hear of it
        traceback.print_exc()
        return BROKEN


def say_how_far(what: str, counts: Mapping[str, int], every: int, at: int) -> None:
    """To standard error: what is cut off has told something all the same."""
    if at % every == 0:
        print(f"{what}: {dict(counts)}", file=sys.stderr, flush=True)


def print_table(rows: Sequence[Sequence[object]], header: Sequence[str]) -> None:
    texts = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(header))]
    for row in texts:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))
