"""What an open window works with, without the window."""

import pytest
from PIL import Image
from tests.support.picture_folders import draw, write_pictures
from tests.support.seeded_weights import write_torchvision_weights
from tests.support.untouched import as_it_is_now

from shoal.domain.task import Task
from shoal.looking.pipeline import look
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import Settings


@pytest.fixture
def workplace(tmp_path):
    place = Workplace(user_locations({"SHOAL_HOME": str(tmp_path / "home")}).create(), Settings({}))
    yield place
    place.close()


def test_the_limits_are_those_of_the_settings_also_after_a_change(workplace, tmp_path):
    write_pictures(tmp_path / "pictures", 3)
    Image.fromarray(draw(1)).resize((1200, 1000)).save(tmp_path / "pictures" / "large.png")
    as_it_is_now(tmp_path / "pictures")
    opened = workplace.open_project([tmp_path / "pictures"])
    options = workplace.options("colour-layout", Task())
    assert len(look(opened.known(), options, workplace.tools, Task()).snapshot.images) == 4
    opened.close()
    workplace.settings = workplace.settings.with_value("largest_megapixels", 1)
    write_pictures(tmp_path / "others", 3)
    Image.fromarray(draw(2)).resize((1200, 1001)).save(tmp_path / "others" / "large.png")
    as_it_is_now(tmp_path / "others")
    opened = workplace.open_project([tmp_path / "others"])
    found = look(opened.known(), options, workplace.tools, Task())
    opened.close()
    assert [one.path.name for one in found.snapshot.skipped] == ["large.png"]


def test_a_cache_that_cannot_be_written_is_told_once(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").write_text("in the way")
    told: list[str] = []
    Workplace(user_locations({"SHOAL_HOME": str(tmp_path / "home")}).create(), Settings({}), told.append).close()
    (sentence,) = told
    assert "cannot be written" in sentence
    assert "looked at again the next time" in sentence


def test_networks_compute_in_8_bits_where_the_settings_say_so_and_the_model_can(workplace, tmp_path):
    pytest.importorskip("torch", reason="the test extra brings it")
    folder = tmp_path / "pictures"
    write_pictures(folder, 8)
    model = f"weights:{write_torchvision_weights('resnet18', tmp_path / 'mine.pth')}"
    whole = workplace.options(model, Task(), [folder]).backend
    workplace.settings = workplace.settings.with_value("int8", True)
    small = workplace.options(model, Task(), [folder]).backend
    assert (whole.remark, small.remark[:14]) == ("", "8-bit numbers:")
    assert small.key != whole.key
    assert workplace.options("builtin", Task(), [folder]).backend.remark == ""
