"""Duplicates to the trash with all that belongs to them, and back; what is cut off loses nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults import kill_trash

from shoal.delivering.earlier import exports_into
from shoal.delivering.trashing_aside import Leaving, bring_back_from_trash, past_trashings, to_trash_aside
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.interruptions import Cancelled
from shoal.domain.task import Task
from shoal.exports.throwing_away import Thrown


class World:
    """A folder with two groups of three; a trash as freedesktop.org has it."""

    def __init__(self, folder: Path) -> None:
        self.shoot, self.journals, self.trash = folder / "shoot", folder / "journals", folder / "Trash"
        for made in (self.shoot, self.journals, self.trash / "files", self.trash / "info"):
            made.mkdir(parents=True)
        names = [f"{group}{number}" for group in "ab" for number in range(3)]
        self.records = {name: self._record(ImageId(number), name) for number, name in enumerate(names)}
        self.before = self.files()

    def _record(self, id_: ImageId, name: str) -> ImageRecord:
        picture, sidecar = self.shoot / f"{name}.jpg", self.shoot / f"{name}.xmp"
        picture.write_bytes(name.encode() * 50)
        sidecar.write_bytes(b"about " + name.encode())
        stat = picture.stat()
        stamp = FileStamp(stat.st_size, stat.st_mtime_ns)
        return ImageRecord(id_, picture, "", stamp, ContentHash("0" * 32), ImageFacts(4, 4, "JPEG"), (sidecar,))

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted(self.shoot.iterdir())}

    def move(self, path: Path) -> Path:
        where = self.trash / "files" / path.name
        (self.trash / "info" / f"{path.name}.trashinfo").write_text(f"[Trash Info]\nPath={path}\n")
        path.rename(where)
        return where

    @property
    def leaving(self) -> list[Leaving]:
        return [
            Leaving(self.records[f"{group}{number}"], [self.records[f"{group}0"]])
            for group in "ab"
            for number in (1, 2)
        ]

    def throw(self, move=None, task: Task | None = None) -> Thrown:
        return to_trash_aside(self.leaving, self.shoot, self.journals, move or self.move, task or Task())

    def back(self) -> Thrown | None:
        return bring_back_from_trash(self.shoot, self.journals, Task())


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_they_go_with_their_sidecars_and_come_back_and_the_trash_is_empty(world: World):
    thrown = world.throw()
    assert (len(thrown.moved), thrown.kept) == (8, ())
    assert list(world.files()) == ["a0.jpg", "a0.xmp", "b0.jpg", "b0.xmp"]
    assert len(list((world.trash / "files").iterdir())) == 8
    (listed,) = past_trashings(world.journals)
    assert (listed.root, listed.trash) == (world.shoot, True)
    assert exports_into(world.shoot, world.journals) == []
    back = world.back()
    assert back is not None
    assert (len(back.moved), back.kept) == (8, ())
    assert world.files() == world.before
    assert not any((world.trash / "files").iterdir())
    assert not any((world.trash / "info").iterdir())
    assert past_trashings(world.journals) == []
    assert world.back() is None


def test_the_last_of_a_group_stays(world: World):
    """What was to stay has gone, or is another file by now."""
    world.records["a0"].path.rename(world.shoot.parent / "elsewhere.jpg")
    world.records["b0"].path.write_bytes(b"drawn over")
    thrown = world.throw()
    assert thrown.moved == ()
    assert {one.path.name for one in thrown.kept} == {
        f"{g}{n}.{s}" for g in "ab" for n in (1, 2) for s in ("jpg", "xmp")
    }
    assert "nothing that was to stay" in str(thrown.kept[0].reason)


def test_what_has_changed_since_it_was_looked_at_stays_with_what_belongs_to_it(world: World):
    world.records["a1"].path.write_bytes(b"edited meanwhile")
    thrown = world.throw()
    assert {one.path.name for one in thrown.kept} == {"a1.jpg", "a1.xmp"}
    assert len(thrown.moved) == 6


def test_a_family_is_not_parted_where_one_of_its_files_cannot_go(world: World):
    def move(path: Path) -> Path:
        if path.name == "b1.xmp":
            raise OSError(13, "Permission denied")
        return world.move(path)

    thrown = world.throw(move)
    assert {one.path.name for one in thrown.kept} == {"b1.jpg", "b1.xmp"}
    assert world.files().keys() >= {"b1.jpg", "b1.xmp"}
    assert not any(name.startswith(".shoal") for name in world.files())
    world.back()
    assert world.files() == world.before


def test_what_was_emptied_out_of_the_trash_is_told_and_the_rest_comes(world: World):
    world.throw()
    (world.trash / "files" / "a1.jpg").unlink()
    back = world.back()
    assert back is not None
    assert [(one.path.name, str(one.reason)) for one in back.kept] == [("a1.jpg", "it is no longer in the trash")]
    assert len(back.moved) == 7
    assert len(past_trashings(world.journals)) == 1, "it may be asked again"


def test_nothing_that_stands_there_now_is_overwritten(world: World):
    world.throw()
    world.records["a2"].path.write_bytes(b"new")
    back = world.back()
    assert back is not None
    assert str(back.kept[0].reason) == "something else stands in its place"
    assert world.files()["a2.jpg"] == b"new"
    assert (world.trash / "files" / "a2.jpg").exists()


def test_cancelled_between_two_the_rest_stays_and_what_went_comes_back(world: World):
    task, moved = Task(), list[Path]()

    def move(path: Path) -> Path:
        moved.append(path)
        task.cancel()
        return world.move(path)

    with pytest.raises(Cancelled):
        world.throw(move, task)
    assert len(moved) == 2, "a picture and its sidecar"
    world.back()
    assert world.files() == world.before


class PowerCut(BaseException):
    pass


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", range(8))
def test_cut_off_anywhere_every_file_is_in_its_place_or_in_the_trash(world: World, at: int, before: bool):
    calls = iter(range(100))

    def move(path: Path) -> Path:
        cut = next(calls) == at
        if cut and before:
            raise PowerCut
        where = world.move(path)
        if cut:
            raise PowerCut
        return where

    with pytest.raises(PowerCut):
        world.throw(move)
    world.back()
    assert world.files() == world.before


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_killed_each_file_is_at_its_place_or_in_the_trash_and_the_journal_tells_which():
    """A few kills of Qt's own trash; more by hand."""
    command = [sys.executable, kill_trash.__file__, "--kills", "6", "--groups", "3"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    counts = json.loads(tried.stdout)
    assert (counts["kills"], counts["lost"]) == (6, 0)
