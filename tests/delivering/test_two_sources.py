"""Two folders of pictures into one: clusters that only have the same name do not mix, days and months may."""

from pathlib import Path

import pytest
from tests.support.export_world import ExportWorld, files_below, make_world

from shoal.delivering.exporting import undo_export
from shoal.domain.task import Task

pytestmark = pytest.mark.changes_pictures("moves them")


@pytest.fixture
def worlds(tmp_path) -> tuple[ExportWorld, ExportWorld]:
    """Two cameras, with clusters of the same names and other pictures in them."""
    first, second = (make_world(tmp_path / name, count, out=tmp_path / "out") for name, count in (("a", 8), ("b", 9)))
    second.journals = first.journals
    return first, second


def folders_of(world: ExportWorld, plan) -> set[str]:
    return {file.target.relative_to(world.out).parent.as_posix() for file in plan.files}


@pytest.mark.parametrize("action", ["copy", "move", "hardlink"])
@pytest.mark.parametrize("template", ["{cluster}/{name}", "{cluster}/{year}/{name}", "{year}/{cluster}/x_{seq}"])
def test_clusters_of_two_sources_never_share_a_folder(worlds, action, template):
    first, second = worlds
    first.export(action, template=template)
    before = set(files_below(first.out))
    plan = second.plan(action, template=template)
    shared = {path.parent.relative_to(first.out).as_posix() for path in before} & folders_of(second, plan)
    assert not shared
    assert any("elsewhere" in note.reason or "other" in note.reason for note in plan.notes)
    second.export(action, template=template)
    assert before <= set(files_below(first.out)) | {first.out / "clusters.csv", first.out / "clusters.json"}
    again = second.plan(action, template=template)
    assert not again.to_do


@pytest.mark.parametrize("template", ["{year}/{month}/{name}", "all/{name}", "{folder}/{name}"])
def test_folders_that_are_no_clusters_are_shared(worlds, template):
    first, second = worlds
    first.export(template=template)
    assert folders_of(second, second.plan(template=template)) == folders_of(first, first.plan(template=template))


def test_undo_of_one_leaves_the_other(worlds):
    first, second = worlds
    first.export()
    before = {path: path.read_bytes() for path in files_below(first.out) if path.suffix != ".json"}
    second.export()
    undo_export(second.out, second.journals, Task())
    after = {path: path.read_bytes() for path in files_below(first.out) if path.suffix != ".json"}
    assert after == before
    assert {Path(file).name for file in before}
