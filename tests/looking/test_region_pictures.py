"""An image that is a part of a picture is shown as that part."""

import numpy as np
import pytest
from tests.support.coloured_things import COLOURS, ColourFinder, draw_scene

from shoal.domain.errors import UserFacingError
from shoal.domain.objects import ObjectChoice
from shoal.domain.task import Task
from shoal.looking.catalogue import ALGORITHMS
from shoal.looking.options import Options
from shoal.looking.pipeline import look
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import Settings

EVERY = ObjectChoice("every")


@pytest.fixture
def workplace(tmp_path):
    settings = Settings({"look": "every"})
    place = Workplace(user_locations({"SHOAL_HOME": str(tmp_path / "home")}).create(), settings)
    yield place
    place.close()


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        things = {"red": (20, 30, 60 + number, 90), "blue": (100, 10, 140, 50)}
        draw_scene(tmp_path / "pictures" / f"{number}.png", things, shade=100 + 20 * number)
    return tmp_path / "pictures"


def sorted_by(workplace: Workplace, folder, objects: ObjectChoice):
    opened = workplace.open_project([folder], "colours")
    try:
        options = Options(ColourFinder(), ALGORITHMS[0], objects=objects)
        opened.take_over(look(opened.known(), options, workplace.tools, Task()))
        return opened.snapshot.images
    finally:
        opened.close()


def test_thumbnail_and_preview_show_the_object_alone(workplace, folder):
    for record in sorted_by(workplace, folder, EVERY):
        for pixels in (workplace.pictures.thumbnail(record), workplace.pictures.preview(record, 200)):
            of_its_colour = np.abs(pixels.reshape(-1, 3).astype(int) - COLOURS[record.region.kind]).max(axis=1) < 40
            assert of_its_colour.mean() > 0.9
        shape = workplace.pictures.preview(record, 200).shape
        box = record.region
        assert shape[0] * (box.right - box.left) == pytest.approx(shape[1] * (box.bottom - box.top), rel=0.1)


def test_a_project_of_objects_is_kept_and_is_another_than_that_of_the_pictures(workplace, folder):
    first = sorted_by(workplace, folder, EVERY)
    again = sorted_by(workplace, folder, EVERY)
    assert len(first) == 6
    assert list(again) == list(first)
    with pytest.raises(UserFacingError, match="sorts objects"):
        sorted_by(workplace, folder, ObjectChoice())
    workplace.settings = Settings({})
    assert [record.region for record in sorted_by(workplace, folder, ObjectChoice())] == [None] * 3


def test_what_the_settings_say_about_objects():
    said = Settings({"look": "main", "object_kinds": "person, , bottle", "object_confidence": 0.5})
    assert said.objects == ObjectChoice("main", ("person", "bottle"), 0.5)
    assert Settings({"look": "sideways"}).objects == ObjectChoice()
