"""What counts: the whole picture, its subject, what is behind it, or its colours; from the files to records."""

import numpy as np
import pytest
from PIL import Image
from tests.support.picture_folders import MeanColours
from tests.support.seeing_networks import SeesBright, scene, write_scenes

from shoal.domain.focus import FOCI, SUBJECT
from shoal.domain.images import FoundImage
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.task import Task
from shoal.looking.colours import colours_of
from shoal.looking.extraction import Caches, ExtractionOptions, extract
from shoal.looking.focusing import VIEW, FocusedModel, focused, less_of
from shoal.looking.settled import NEVER
from shoal.looking.where_it_looks import attention
from shoal.store.feature_cache import FeatureCache

BOXES = [(40, 60, 200, 220), (400, 200, 560, 360), (240, 40, 420, 220), (100, 250, 260, 410)]
RED, BLUE = (250, 200, 190), (190, 200, 250)
THINGS = [RED, RED, BLUE, BLUE]


@pytest.fixture
def found(tmp_path):
    return write_scenes(tmp_path / "scenes", BOXES, THINGS)


@pytest.fixture
def caches(tmp_path):
    with FeatureCache(tmp_path / "f.sqlite") as features:
        yield Caches(features)


def seen(found, caches, focus, locator=None):
    backend = focused(MeanColours(), locator or SeesBright(), focus)
    return extract(found, backend, caches, Task(), NEVER, ExtractionOptions(workers=1))


def overlap(one, other) -> float:
    across = max(0, min(one[2], other[2]) - max(one[0], other[0]))
    down = max(0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / (areas - across * down)


def nearest(vectors) -> list[int]:
    similarity = vectors @ vectors.T - 9 * np.eye(len(vectors))
    return similarity.argmax(axis=1).tolist()


def test_the_subject_is_found_and_said_in_pixels_of_the_picture(found, caches):
    records = seen(found, caches, "subject").records
    for record, box in zip(records, BOXES, strict=True):
        assert record.region is None
        assert record.main.kind == SUBJECT
        assert record.main.picture == record.content_hash
        assert overlap(record.main.box, box) > 0.5
        assert 0 < record.main.confidence <= 1


def test_by_their_subjects_the_things_are_alike_by_their_backgrounds_the_places(found, caches):
    assert nearest(seen(found, caches, "subject").embeddings.vectors) == [1, 0, 3, 2]
    assert nearest(seen(found, caches, "background").embeddings.vectors) == [2, 3, 0, 1]
    assert nearest(seen(found, caches, "colour").embeddings.vectors) == [1, 0, 3, 2]


def test_each_focus_is_kept_for_itself_and_nothing_is_looked_at_twice(found, caches):
    locator = SeesBright()
    first = {focus: seen(found, caches, focus, locator).embeddings for focus in FOCI}
    asked = locator.asked
    again = {focus: seen(found, caches, focus, locator) for focus in FOCI}
    assert locator.asked == asked == 3 * len(found)
    for focus, extraction in again.items():
        assert extraction.cached_count == len(found)
        assert (extraction.embeddings.vectors == first[focus].vectors).all()
        assert all((record.main is None) == (focus == "whole") for record in extraction.records)
    keys = {focused(MeanColours(), locator, focus).key.digest for focus in FOCI}
    assert len(keys) == len(FOCI)


def test_the_part_of_a_picture_with_a_border_is_that_of_the_whole_picture(tmp_path, caches):
    bars = Image.new("RGB", (640, 680))
    bars.paste(scene(RED, (60, 40, 30), (400, 200, 560, 360), (640, 480)), (0, 100))
    (tmp_path / "bars").mkdir()
    bars.save(tmp_path / "bars" / "0.png")
    (record,) = seen([FoundImage(tmp_path / "bars" / "0.png")], caches, "subject").records
    assert overlap(record.main.box, (400, 300, 560, 460)) > 0.5


@pytest.mark.parametrize("size", [(512, 512), (1200, 60), (60, 1200), (3, 2), (1, 1)])
@pytest.mark.parametrize("focus", ["subject", "background", "colour"])
def test_pictures_of_any_shape_have_a_part(size, focus):
    grey = np.full((VIEW.size, VIEW.size, 3), 128, np.uint8)
    model = FocusedModel(MeanColours(), SeesBright(), focus)
    answer = model.focus_on([grey], [size])
    assert np.linalg.norm(answer.vectors[0]) == pytest.approx(1, abs=1e-4)
    left, top, right, bottom = answer.parts[0].box
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1


def test_of_several_areas_the_strongest_is_the_part():
    last_map = np.full((4, 10, 10), 0.1, np.float32)
    last_map[0, 2:5, 2:5] = 5.0
    last_map[1, 7:9, 7:9] = 4.9
    found = attention(last_map)
    assert found.box == pytest.approx((0.2, 0.2, 0.5, 0.5))
    assert 0.4 < found.certainty < 1
    assert attention(np.ones((4, 2, 2), np.float32)).box == (0, 0, 1, 1)
    assert attention(np.zeros((4, 3, 3), np.float32)).mask.all()


def test_colours_do_not_depend_on_shape_or_size():
    red, blue = (np.full((90, 60, 3), colour, np.uint8) for colour in ((200, 30, 30), (30, 30, 200)))
    assert float(colours_of(red) @ colours_of(red[:20, :50])) > 0.999
    assert float(colours_of(red) @ colours_of(blue)) < 0.2
    lighter = np.full((90, 60, 3), (215, 50, 40), np.uint8)
    assert float(colours_of(red) @ colours_of(lighter)) > float(colours_of(red) @ colours_of(blue)) + 0.2


def test_the_whole_picture_needs_no_other_network():
    model = MeanColours()
    assert focused(model, SeesBright(), "whole") is model
    assert focused(model, SeesBright(), "subject").geometry == VIEW == InputGeometry(512, 512, "letterbox")


def test_a_picture_in_which_nothing_stands_out_counts_as_a_whole():
    apples = (1 + np.random.default_rng(4).random((6, 10, 10)) / 2).astype(np.float32)
    assert attention(apples).mask.all()
    apples[:, 2:5, 3:6] = np.eye(6, dtype=np.float32)[0][:, None, None] * 9
    assert attention(apples).box == pytest.approx((0.3, 0.2, 0.6, 0.5))


def test_what_a_part_shares_with_the_whole_counts_less():
    part, other = np.array([[0.6, 0.8, 0]], np.float32), np.array([[0.6, 0, 0.8]], np.float32)
    wall = np.array([[1, 0, 0]], np.float32)
    assert float(less_of(part, wall)[0] @ less_of(other, wall)[0]) < float(part[0] @ other[0]) - 0.1
    assert np.linalg.norm(less_of(part, wall)) == pytest.approx(1)
    assert less_of(part, part) == pytest.approx(part)


def test_where_attention_goes_to_many_places_no_one_of_them_is_the_subject():
    shelf = np.full((2, 10, 10), 0.01, np.float32)
    shelf[0, 1:-1:2, 1:-1:2] = 9
    assert attention(shelf).mask.all()
    shelf[0, 1:7, 1:7] = 9
    assert not attention(shelf).mask.all()


class Attends(MeanColours):
    """Notes where it is told to look."""

    def __init__(self) -> None:
        super().__init__()
        self.told = []

    def look(self, images):
        return self.embed(images), np.full((len(images), 1000), 0.001, np.float32)

    def look_at(self, images, weights):
        self.told += weights
        return self.look(images)

    def rows_of(self, means):
        rows = np.pad(means, ((0, 0), (0, self.dimension - means.shape[1])))
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_a_model_that_can_be_told_looks_where_the_subject_is(found):
    looked, blank = np.asarray(Image.open(found[0].path).resize((512, 512))), np.full((512, 512, 3), 90, np.uint8)
    model = Attends()
    shown = on_subject(model).focus_on([looked, blank], [(512, 512)] * 2)
    clear, even = model.told
    box, part = shown.parts[0].box, BOXES[0]
    assert (even == even.flat[0]).all()
    middle = ((part[0] + part[2]) / 2 / 640 - box[0]) / (box[2] - box[0])
    row = ((part[1] + part[3]) / 2 / 480 - box[1]) / (box[3] - box[1])
    there = clear[int(row * len(clear)), int(middle * len(clear[0]))]
    assert there > 0.8 * clear.max() > 2 * clear.mean()


def on_subject(model: Attends) -> FocusedModel:
    inner = focused(model, SeesBright(), "subject")
    assert isinstance(inner, FocusedModel)
    return inner


class AttendsLarge(Attends):
    """Has more places than two each way."""

    geometry = InputGeometry(64, 64, "squash")

    def embed(self, images):
        return super().embed([image[::4, ::4] for image in images])


def test_a_subject_that_fills_the_picture_leaves_it_whole():
    boxes = (128, 128, 384, 384), (32, 32, 480, 480)
    shown = [np.asarray(scene(RED, (60, 40, 30), box, (512, 512))) for box in boxes]
    model = AttendsLarge()
    found = on_subject(model).focus_on(shown, [(512, 512)] * 2)
    small, large = (part.box for part in found.parts)
    assert small != (0, 0, 1, 1)
    assert large == (0, 0, 1, 1)
    within, over_all = model.told
    assert within.min() < 0.2
    assert within.max() > 1
    middle, corner = over_all[len(over_all) // 2, len(over_all) // 2], over_all[0, 0]
    assert 1.5 <= corner < middle < 2.5 * corner, "every place counts, and the subject a little more"


def test_what_lies_at_the_edge_of_the_picture_is_less_in_the_vector_of_a_clear_part():
    picture = np.asarray(scene(RED, (60, 40, 30), (128, 128, 384, 384), (512, 512)))

    class LooksAside(Attends):
        def rows_of(self, means):
            return np.zeros((len(means), self.dimension), np.float32)

    seen = [focused(model, SeesBright(), "subject").embed([picture])[0] for model in (Attends(), LooksAside())]
    last_map = SeesBright().maps([np.asarray(Image.fromarray(picture).resize((320, 320)))])[0]
    edge = Attends().rows_of(attention(last_map).edge[np.newaxis])[0]
    parted, plain = (float(vector @ edge) for vector in seen)
    assert parted < plain - 0.05
    assert np.linalg.norm(seen[0]) == pytest.approx(1)


def test_a_clear_part_is_half_a_side_at_least_and_is_parted_from_its_picture(found):
    looked = np.asarray(Image.open(found[0].path).resize((512, 512)))
    shown = FocusedModel(MeanColours(), SeesBright(), "subject").focus_on([looked], [(512, 512)])
    left, top, right, bottom = (round(share * 512) for share in shown.parts[0].box)
    size = (MeanColours().geometry.size,) * 2
    inputs = [np.asarray(Image.fromarray(one).resize(size)) for one in (looked[top:bottom, left:right], looked)]
    of_part, of_whole = MeanColours().embed(inputs)
    assert max(right - left, bottom - top) >= 256
    assert float(shown.vectors[0] @ of_whole) < float(of_part @ of_whole)
