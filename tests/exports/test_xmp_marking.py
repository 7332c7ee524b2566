"""Stars, flags and labels in the sidecars of other programs: exactly what is said changes, by the word of exiftool."""

import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.support.foreign_sidecars import listed, sidecar, simple, words
from tests.support.many_sidecars import STYLES

from shoal.domain.marks import Marks
from shoal.exports.sidecars import new_sidecar
from shoal.exports.xmp_marking import Given, first_sidecar, marked_sidecar
from shoal.exports.xmp_marks import read_marks
from shoal.exports.xmp_names import FLAG, GOOD
from shoal.exports.xmp_tree import read_packet

COUNT = 500
RATING, ACDSEE, PERCENT = "XMP-xmp:Rating", "XMP-acdsee:Rating", "XMP-microsoft:RatingPercent"
LABEL, NUMBER, PICK = "XMP-xmp:Label", "XMP-digiKam:ColorLabel", "XMP-digiKam:PickLabel"
URGENCY, DARKTABLE = "XMP-photoshop:Urgency", "XMP-darktable:Colorlabels"
WORDS = ("", "Red", "Orange", "Yellow", "Green", "Blue", "Purple", "Grey", "Black", "White")
OF_DARKTABLE = {1: 0, 3: 1, 4: 2, 5: 3, 6: 4}
PERCENTS = (0, 1, 25, 50, 75, 99)


def told(folder: Path) -> dict[str, dict[str, object]]:
    """All of XMP in each sidecar, by the numbers and texts that stand there."""
    command = ["exiftool", "-j", "-n", "-G1", "-XMP:all", "-r", "-ext", "xmp", str(folder)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {Path(one.pop("SourceFile")).name: one for one in found}


def expected(before: Mapping[str, object], given: Given, stars: int) -> dict[str, object]:
    """By the rules that darktable, digiKam, exiftool and exiv2 agree on."""
    after = dict(before)
    rating = -1 if given.pick == 1 else stars if given.stars is not None else None
    if before.get(RATING) == -1 and given.pick != 1:
        rating = None if given.pick is None else stars
    if rating is not None:
        after[RATING] = rating
        after |= {name: value for name, value in ((ACDSEE, max(0, rating)),) if name in before}
        if PERCENT in before and PERCENTS.index(int(str(before[PERCENT]))) != max(0, rating):
            after[PERCENT] = PERCENTS[max(0, rating)]
    if given.pick or (given.pick == 0 and PICK in before):
        after[PICK] = given.pick
    if given.colour is not None:
        _expect_label(before, after, given.colour)
    return after


def _expect_label(before: Mapping[str, object], after: dict[str, object], colour: int) -> None:
    if URGENCY in before and before.get(NUMBER) == before[URGENCY]:
        after[URGENCY] = colour
    if colour in OF_DARKTABLE or LABEL in before:
        after[LABEL] = WORDS[colour]
    if colour or NUMBER in before:
        after[NUMBER] = colour
    if DARKTABLE in before and colour in OF_DARKTABLE:
        after[DARKTABLE] = OF_DARKTABLE[colour]
    if colour not in OF_DARKTABLE:
        after.pop(DARKTABLE, None)
    if not colour:
        after.pop(LABEL, None)
        if before.get(NUMBER) == before.get(URGENCY):
            after.pop(URGENCY, None)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_exiftool_sees_exactly_what_was_said_in_500_sidecars(tmp_path):
    seed, made, asked = random.Random(17), {}, {}
    for number in range(COUNT):
        style = list(STYLES)[number % len(STYLES)]
        name = f"{number:03}-{style}.xmp"
        made[name] = STYLES[style](seed)
        stars = seed.randrange(6)
        said = [stars, seed.choice([0, 1, 3]), seed.randrange(10)]
        kept = seed.choice([(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
        asked[name] = Given(*(one if place in kept else None for place, one in enumerate(said))), stars
        (tmp_path / name).write_bytes(made[name])
    before = told(tmp_path)
    for name, content in made.items():
        changed = marked_sidecar(content, *asked[name])
        assert changed is not None, name
        (tmp_path / name).write_bytes(changed)
    after = told(tmp_path)
    assert len(after) == COUNT
    wrong = {name: (made[name], asked[name]) for name in made if after[name] != expected(before[name], *asked[name])}
    assert not wrong, next((after[name], expected(before[name], *asked[name]), wrong[name]) for name in wrong)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_said_is_read_back_and_saying_it_again_changes_nothing(style):
    seed = random.Random(style)
    for _ in range(30):
        there, given = STYLES[style](seed), Given(seed.randrange(6), seed.choice([0, 1, 3]), seed.choice([1, 4, 9]))
        changed = marked_sidecar(there, given, given.stars or 0)
        marks = read_marks(changed)
        assert marks.stars == (-1 if given.pick == 1 else given.stars)
        assert marks.pick == given.pick
        assert marks.label == WORDS[given.colour]
        assert marked_sidecar(changed, given, given.stars or 0) == changed


def test_every_byte_beside_the_rating_stays():
    there = sidecar('xmp:Rating="2" acme:odd="  keep   this "', "<!-- and this -->" + listed("dc:subject", ["sea"]))
    assert marked_sidecar(there, Given(stars=5), 5) == there.replace(b'xmp:Rating="2"', b'xmp:Rating="5"')


def test_a_rejection_takes_the_stars_and_gives_them_back():
    there = sidecar('xmp:Rating="4" acdsee:rating="4" MicrosoftPhoto:Rating="75"')
    rejected = marked_sidecar(there, Given(pick=1), 4)
    assert [simple(rejected, name) for name in ("xmp:Rating", "acdsee:rating", "MicrosoftPhoto:Rating")] == [
        ["-1"], ["0"], ["0"],
    ]  # fmt: skip
    assert simple(rejected, "digiKam:PickLabel") == ["1"]
    assert marked_sidecar(rejected, Given(stars=2), 2) == rejected  # still rejected: its stars are ours to keep
    back = marked_sidecar(rejected, Given(pick=0), 4)
    assert [simple(back, name) for name in ("xmp:Rating", "MicrosoftPhoto:Rating", "digiKam:PickLabel")] == [
        ["4"], ["75"], ["0"],
    ]  # fmt: skip


def test_a_label_is_taken_off_in_every_place():
    there = sidecar(
        'xmp:Label="Red" digiKam:ColorLabel="1" photoshop:Urgency="1"', listed("darktable:colorlabels", ["0"], "Seq")
    )
    bare = marked_sidecar(there, Given(colour=0), 0)
    assert [simple(bare, name) for name in ("xmp:Label", "digiKam:ColorLabel", "photoshop:Urgency")] == [[], ["0"], []]
    assert words(bare, "darktable:colorlabels") == []
    assert read_marks(bare) == Marks()


def test_an_urgency_that_is_no_label_stays():
    there = sidecar('xmp:Label="Red" digiKam:ColorLabel="1" photoshop:Urgency="5"')
    assert simple(marked_sidecar(there, Given(colour=4), 0), "photoshop:Urgency") == ["5"]
    assert simple(marked_sidecar(there, Given(colour=0), 0), "photoshop:Urgency") == ["5"]


@pytest.mark.parametrize("damaged", [b"", b"<x:xmpmeta>", b'<!DOCTYPE a [<!ENTITY b "c">]><x/>'])
def test_what_cannot_be_followed_is_left_alone(damaged):
    assert marked_sidecar(damaged, Given(stars=3), 3) is None


def test_a_first_sidecar_takes_over_what_the_picture_says_inside():
    inside = sidecar('xmp:Rating="2"', listed("dc:subject", ["sea"]))
    first = first_sidecar(inside, Marks(("sea",), 2), Given(colour=4), 2)
    assert read_marks(first) == Marks(("sea",), 2, "Green")
    assert read_marks(first_sidecar(b"", Marks(), Given(stars=3), 3)) == Marks(stars=3)
    assert read_marks(first_sidecar(b"no XMP", Marks(("x",)), Given(pick=1), 0)) == Marks(("x",), -1, pick=1)
    assert simple(first_sidecar(b"", Marks(), Given(stars=0), 0), "xmp:Rating") == ["0"]
    assert new_sidecar(Marks()) == first_sidecar(b"", Marks(), Given(), 0)


@pytest.mark.parametrize(
    ("pick", "flag", "good"), [(3, ["1"], ["True"]), (1, ["-1"], ["False"]), (0, ["0"], []), (2, ["0"], [])]
)
@pytest.mark.parametrize("before", ['d:pick="1" d:good="True"', 'd:pick="-1" d:good="False"', 'd:pick="0"'])
def test_lightrooms_flag_follows_where_it_is(pick, flag, good, before):
    space = 'xmlns:d="http://ns.adobe.com/xmp/1.0/DynamicMedia/"'
    there = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<r:Description r:about="" {space} {before}/></r:RDF>'
    ).encode()
    marked = marked_sidecar(there, Given(pick=pick), 0)
    assert marked is not None
    packet = read_packet(marked)
    assert list(packet.simple(FLAG)) == flag
    assert list(packet.simple(GOOD)) == (good if "good" in before else [])
    assert read_marks(marked).pick == pick
