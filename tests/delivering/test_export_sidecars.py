"""Sidecars that an export writes beside its copies."""

from pathlib import Path

import pytest
from tests.support.export_world import ExportWorld, make_world, record_of
from tests.support.picture_files import rendered, saved
from tests.support.untouched import tree_state

from shoal.delivering.export_steps import READING_MARKS
from shoal.delivering.exporting import undo_export
from shoal.domain.errors import Cancelled
from shoal.domain.marks import Marks
from shoal.domain.task import Progress, Task
from shoal.exports.sidecars import new_sidecar
from shoal.exports.xmp_marks import read_marks


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


def exported_pictures(world: ExportWorld) -> list[Path]:
    return [path for path in sorted(world.out.glob("*/*")) if not path.name.startswith(".")]


def test_sidecars_say_the_cluster_in_both_styles_and_leave_the_originals_alone(world):
    before = tree_state(world.pictures)
    world.export(sidecars=True)
    assert tree_state(world.pictures) == before
    record = next(record for record in world.records if world.grouping.home[record.id] == 1 and not record.companions)
    folder = world.out / "cluster 1"
    for name in (f"{record.path.stem}.xmp", f"{record.path.name}.xmp"):
        assert "<rdf:li>cluster 1</rdf:li>" in (folder / name).read_text()
    undo_export(world.out, world.journals, Task())
    assert not world.out.exists()


def test_a_sidecar_that_cannot_be_merged_into_is_copied_as_it_is(world):
    world.export(sidecars=True)
    copies = {path.name: path.read_bytes() for path in exported_pictures(world)}
    assert all(copies[path.name] == path.read_bytes() for path in world.pictures.rglob("*.xmp"))


@pytest.mark.changes_pictures("changes them itself")
def test_what_was_said_about_a_picture_is_said_in_every_sidecar_beside_its_copy(world):
    """Programs that find a sidecar do not look into the picture."""
    record = next(record for record in world.records if record.companions)
    picture, (raw, sidecar) = record.path, record.companions
    picture.write_bytes(saved(rendered(), "JPEG", xmp=new_sidecar(Marks(("sea",), 4, "Green"))))
    sidecar.write_bytes(before := new_sidecar(Marks(("holiday",), -1)))
    world.records[record.id] = record_of(record.id, picture, record.companions)
    world.export(sidecars=True)
    copies = {path.name: path for path in exported_pictures(world)}
    cluster = world.grouping.clusters.get(world.grouping.home[record.id])
    everything = {"holiday", "sea", *([cluster.name] if cluster else [])}
    for name in (sidecar.name, f"{picture.name}.xmp", f"{raw.name}.xmp"):
        marks = read_marks(copies[name].read_bytes())
        assert (set(marks.keywords), marks.stars, marks.label) == (everything, -1, "Green"), name
    assert sidecar.read_bytes() == before


def test_reading_what_was_said_can_be_cancelled_before_anything_is_written(world):
    def stop(progress: Progress) -> None:
        if progress.message == READING_MARKS and progress.done == 5:
            task.cancel()

    task = Task(stop)
    with pytest.raises(Cancelled):
        world.export(task=task, sidecars=True)
    assert not world.out.exists()
    assert not list(world.journals.glob("*"))
