import pytest
from tests.support.export_world import make_world

from shoal.delivering.exporting import is_cut_off, past_exports, resume_export, undo_export
from shoal.domain.errors import Cancelled
from shoal.domain.task import Task


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


def stop_after(reports: int) -> Task:
    seen = []

    def hear(_progress) -> None:
        seen.append(1)
        if len(seen) > reports:
            raise Cancelled

    return Task(hear)


def test_the_newest_export_into_each_folder_until_it_is_taken_back(world):
    world.export()
    world.out = world.out.with_name("elsewhere")
    world.export("hardlink")
    assert [header.root.name for header in past_exports(world.journals)] == ["elsewhere", "out"]
    undo_export(world.out, world.journals, Task())
    assert [header.root.name for header in past_exports(world.journals)] == ["out"]


def test_one_that_was_cut_off_says_so_until_it_is_finished(world):
    with pytest.raises(Cancelled):
        world.export(task=stop_after(2))
    (header,) = past_exports(world.journals)
    assert is_cut_off(header)
    resume_export(header.root, world.journals, Task())
    (header,) = past_exports(world.journals)
    assert not is_cut_off(header)
