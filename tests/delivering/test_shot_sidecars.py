"""All sidecars of a shot in an export: as full as each other, with the same marks, whatever there was before."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.export_world import ExportWorld, record_of
from tests.support.foreign_sidecars import listed, sidecar, simple, words
from tests.support.picture_files import rendered, saved, tiff
from tests.support.untouched import tree_state, watch
from tests.support.written_facts import iptc, jpeg_with, keywords, xmp

from shoal.delivering.exporting import undo_export
from shoal.domain.grouping import Cluster, ClusterId, Grouping
from shoal.domain.marks import Marks
from shoal.domain.task import Task
from shoal.exports.sidecars import merged_sidecar, new_sidecar
from shoal.exports.xmp_marks import read_marks

JPEG = saved(rendered(), "JPEG")
TITLE = '   <dc:title>\n    <rdf:Alt><rdf:li xml:lang="x-default">My title</rdf:li></rdf:Alt>\n   </dc:title>\n'
BROKEN = b"<x:xmpmeta><rdf:RDF>"


def raw(packet: bytes = b"") -> bytes:
    return tiff([[(700, 1, len(packet), packet)]]) if packet else tiff([[(256, 4, 1, 8)]])


def world_of(folder: Path, files: Mapping[str, bytes]) -> ExportWorld:
    """One shot, all files of which belong to the first, in a cluster called "boats"."""
    pictures = folder / "pictures"
    pictures.mkdir()
    for name, content in files.items():
        (pictures / name).write_bytes(content)
    first, *others = [pictures / name for name in files]
    grouping = Grouping({ClusterId(1): Cluster(ClusterId(1), "boats")}, np.ones(1, np.int32), np.zeros(1, np.bool_))
    watch(pictures)
    return ExportWorld(pictures, folder / "out", folder / "journals", [record_of(0, first, others)], grouping)


def exported(folder: Path, files: Mapping[str, bytes], **options: Any) -> dict[str, bytes]:
    """The sidecars that an export makes, by name."""
    world = world_of(folder, files)
    before = tree_state(world.pictures)
    world.export(sidecars=True, **options)
    assert tree_state(world.pictures) == before
    return {path.name: path.read_bytes() for path in world.out.rglob("*.xmp")}


def test_a_new_sidecar_takes_over_the_one_that_there_was(tmp_path):
    there = sidecar(
        'digiKam:PickLabel="3" digiKam:ColorLabel="2" acme:Thing="x"', listed("digiKam:TagsList", ["A/B"], "Seq")
    )
    made = exported(tmp_path, {"IMG.JPG": JPEG, "IMG.JPG.xmp": there})
    assert made.keys() == {"IMG.JPG.xmp", "IMG.xmp"}
    for content in made.values():
        assert read_marks(content) == Marks(("boats", "B"), label="Orange", pick=3, trees=("A|B",))
        assert words(content, "digiKam:TagsList") == ["A/B", "boats"]
        assert simple(content, "acme:Thing") == ["x"]


def test_the_other_way_round_too(tmp_path):
    there = sidecar('xmp:Rating="3"', TITLE + listed("lr:hierarchicalSubject", ["A|B"]))
    made = exported(tmp_path, {"IMG.JPG": JPEG, "IMG.xmp": there})
    assert made.keys() == {"IMG.JPG.xmp", "IMG.xmp"}
    for content in made.values():
        assert words(content, "dc:title") == ["My title"]
        assert words(content, "lr:hierarchicalSubject") == ["A|B", "boats"]


def test_two_that_there_were_become_equally_full_and_the_disagreement_is_told(tmp_path):
    shared = sidecar('xmp:Rating="2"', TITLE)
    own = sidecar('xmp:Rating="4" MicrosoftPhoto:Rating="75"', listed("dc:subject", ["sea"], "Seq"))
    world = world_of(tmp_path, {"IMG.JPG": JPEG, "IMG.xmp": shared, "IMG.JPG.xmp": own})
    result = world.export(sidecars=True)
    for path in world.out.rglob("*.xmp"):
        content = path.read_bytes()
        assert read_marks(content) == Marks(("sea", "boats"), 4), path.name
        assert words(content, "dc:title") == ["My title"]
        assert simple(content, "MicrosoftPhoto:Rating") == ["75"]
    assert [(one.path.name, one.reason) for one in result.sidecars.contradicting] == [
        ("IMG.JPG", "IMG.JPG.xmp (xmp:Rating) says 4 stars, IMG.xmp (xmp:Rating) says 2 stars")
    ]
    assert not result.sidecars.lacking


def test_what_stands_inside_a_picture_is_in_the_sidecar_that_now_hides_it(tmp_path):
    packet = xmp(
        {"xmp:Rating": "4", "tiff:Orientation": "6"}, TITLE.replace("rdf:li xml", "rdf:li  xml") + keywords(["sea"])
    )
    made = exported(tmp_path, {"IMG.JPG": jpeg_with(JPEG, xmp=packet, iptc=iptc((25, b"older")))})
    for content in made.values():
        assert read_marks(content) == Marks(("sea", "boats"), 4)
        assert words(content, "dc:title") == ["My title"]
        assert simple(content, "tiff:Orientation") == []


def test_keywords_of_agencies_are_in_it_too(tmp_path):
    made = exported(tmp_path, {"IMG.JPG": jpeg_with(JPEG, iptc=iptc((25, b"harbour"), (25, b"evening light")))})
    assert {read_marks(content).keywords for content in made.values()} == {("boats", "harbour", "evening light")}


def test_a_raw_and_its_jpeg_share_what_is_said_but_not_how_one_is_developed(tmp_path):
    history = listed("darktable:history", ["exposure"], "Seq") + listed("darktable:colorlabels", ["2"], "Seq") + TITLE
    there = sidecar('xmp:Rating="4" crs:Exposure2012="+1" tiff:Orientation="6" darktable:xmp_version="5"', history)
    inside = xmp({"xmp:Rating": "0", "photoshop:City": "Bergen"})
    made = exported(tmp_path, {"IMG.JPG": jpeg_with(JPEG, xmp=inside), "IMG.CR2": raw(), "IMG.CR2.xmp": there})
    assert made.keys() == {"IMG.xmp", "IMG.JPG.xmp", "IMG.CR2.xmp"}
    for content in made.values():
        assert read_marks(content) == Marks(("boats",), 4, "Green")
        assert words(content, "dc:title") == ["My title"]
    assert words(made["IMG.JPG.xmp"], "darktable:colorlabels") == []
    assert words(made["IMG.CR2.xmp"], "darktable:history") == ["exposure"]
    assert simple(made["IMG.JPG.xmp"], "photoshop:City") == ["Bergen"]
    for name in ("darktable:xmp_version", "crs:Exposure2012", "tiff:Orientation"):
        assert simple(made["IMG.JPG.xmp"], name) == []


def test_darktable_goes_on_taking_over_what_lightroom_developed(tmp_path):
    """It looks for that in IMG.xmp, and only where there is no IMG.CR2.xmp."""
    made = exported(tmp_path, {"IMG.CR2": raw(), "IMG.xmp": sidecar('crs:Exposure2012="+1"')})
    assert made.keys() == {"IMG.xmp"}
    assert read_marks(made["IMG.xmp"]).keywords == ("boats",)


def test_a_second_version_gets_the_cluster_and_keeps_its_own_stars(tmp_path):
    version = sidecar('xmp:Rating="1" xmp:Label="Blue"')
    made = exported(tmp_path, {"IMG.JPG": JPEG, "IMG.JPG.xmp": sidecar('xmp:Rating="5"'), "IMG_01.JPG.xmp": version})
    assert read_marks(made["IMG_01.JPG.xmp"]) == Marks(("boats",), 1, "Blue")
    assert read_marks(made["IMG.xmp"]) == Marks(("boats",), 5)


@pytest.mark.parametrize(
    "broken",
    [BROKEN, b"no xmp", b"<!DOCTYPE x>" + sidecar(), sidecar(inside="<dc:subject><acme:Words/></dc:subject>"),
     b" " * (5 << 20)],
    ids=["cut off", "other", "document type", "no list", "too large"],
)  # fmt: skip
def test_a_sidecar_that_cannot_take_the_cluster_is_copied_and_told(tmp_path, broken):
    world = world_of(tmp_path, {"IMG.JPG": JPEG, "IMG.JPG.xmp": broken})
    result = world.export(sidecars=True)
    made = {path.name: path.read_bytes() for path in world.out.rglob("*.xmp")}
    assert made["IMG.JPG.xmp"] == broken
    assert read_marks(made["IMG.xmp"]).keywords == ("boats",)
    assert [one.path.name for one in result.sidecars.lacking] == ["IMG.JPG.xmp"]


def test_a_sidecar_that_says_it_all_already_is_copied_as_it_is(tmp_path):
    there = new_sidecar(Marks(("boats",), 3))
    assert exported(tmp_path, {"IMG.JPG": JPEG, "IMG.JPG.xmp": there})["IMG.JPG.xmp"] == there


def test_renamed_files_are_told_apart_by_their_new_names(tmp_path):
    files = {"IMG.JPG": JPEG, "IMG.CR2": raw(xmp({"photoshop:City": "Bergen"}))}
    made = exported(tmp_path, files, template="{cluster}/{seq}")
    by_ending = {name.partition(".")[2]: content for name, content in made.items()}
    assert by_ending.keys() == {"xmp", "JPG.xmp", "CR2.xmp"}
    assert simple(by_ending["CR2.xmp"], "photoshop:City") == ["Bergen"]
    assert simple(by_ending["JPG.xmp"], "photoshop:City") == []


PAIR = {
    "IMG.JPG": JPEG,
    "IMG.xmp": sidecar('xmp:Rating="2"', TITLE),
    "IMG.JPG.xmp": sidecar('xmp:Rating="4"', listed("digiKam:TagsList", ["A/B"], "Seq")),
}


@pytest.mark.changes_pictures("they are moved")
def test_sidecars_that_move_are_as_full_as_those_that_are_copied_and_undo_brings_the_old_ones_back(tmp_path):
    world = world_of(tmp_path, PAIR)
    before = tree_state(world.pictures)
    world.export("move", sidecars=True)
    assert not list(world.pictures.iterdir())
    made = {path.name: path.read_bytes() for path in (world.out / "boats").iterdir()}
    assert made.keys() == PAIR.keys()
    for name in ("IMG.xmp", "IMG.JPG.xmp"):
        marks = read_marks(made[name])
        assert (set(marks.keywords), marks.stars) == ({"B", "boats"}, 4)
        assert words(made[name], "dc:title") == ["My title"]
    undo_export(world.out, world.journals, Task())
    assert tree_state(world.pictures) == before
    assert not world.out.exists()


@pytest.mark.changes_pictures("they are moved")
def test_a_sidecar_in_which_somebody_worked_goes_home_with_its_picture(tmp_path):
    world = world_of(tmp_path, PAIR)
    world.export("move", sidecars=True)
    edited = world.out / "boats" / "IMG.JPG.xmp"
    edited.write_bytes(merged_sidecar(edited.read_bytes(), Marks(("theirs",))))
    worked = edited.read_bytes()
    undo_export(world.out, world.journals, Task())
    assert {path.name: path.read_bytes() for path in world.pictures.iterdir()} == PAIR | {"IMG.JPG.xmp": worked}


@pytest.mark.parametrize("action", ["hardlink", "symlink"])
def test_beside_links_sidecars_are_files_of_their_own(tmp_path, action):
    world = world_of(tmp_path, PAIR)
    before = tree_state(world.pictures)
    world.export(action, sidecars=True)
    for name in ("IMG.xmp", "IMG.JPG.xmp"):
        path = world.out / "boats" / name
        assert not path.is_symlink()
        assert path.stat().st_nlink == 1
        assert set(read_marks(path.read_bytes()).keywords) == {"B", "boats"}
    undo_export(world.out, world.journals, Task())
    assert not world.out.exists()
    assert {path: state[:1] for path, state in tree_state(world.pictures).items()} == {
        path: state[:1] for path, state in before.items()
    }


def renamed(world: ExportWorld, name: str) -> None:
    clusters = {ClusterId(1): Cluster(ClusterId(1), name)}
    world.grouping = Grouping(clusters, np.ones(1, np.int32), np.zeros(1, np.bool_))


@pytest.mark.changes_pictures("they are moved, or rated")
def test_marks_that_were_changed_after_an_export_reach_its_sidecars_with_the_next(tmp_path):
    world = world_of(tmp_path, PAIR)
    world.export(sidecars=True)
    (world.pictures / "IMG.xmp").unlink()
    (world.pictures / "IMG.JPG.xmp").write_bytes(sidecar('xmp:Rating="5"', listed("dc:subject", ["new"])))
    world.records[0] = record_of(0, world.pictures / "IMG.JPG", [world.pictures / "IMG.JPG.xmp"])
    renamed(world, "ships")
    world.export(sidecars=True)
    found = {path.name: read_marks(path.read_bytes()) for path in world.out.glob("*/*.xmp")}
    assert found["IMG.JPG.xmp"] == Marks(("new", "ships"), 5)
    assert found["IMG.xmp"].stars == 5
    assert "boats" not in found["IMG.xmp"].keywords


def test_of_a_sidecar_in_which_somebody_worked_only_the_cluster_is_renewed(tmp_path):
    world = world_of(tmp_path, PAIR)
    world.export(sidecars=True)
    (path,) = world.out.rglob("IMG.JPG.xmp")
    path.write_bytes(merged_sidecar(path.read_bytes(), Marks(("theirs",), 1)))
    for name in ("ships", "vessels"):
        renamed(world, name)
        world.export(sidecars=True)
        (path,) = world.out.glob("*/IMG.JPG.xmp")
        marks = read_marks(path.read_bytes())
        assert (set(marks.keywords), marks.stars) == ({"B", "theirs", name}, 1)
        (other,) = world.out.glob("*/IMG.xmp")
        assert read_marks(other.read_bytes()).stars == 4


@pytest.mark.changes_pictures("they are moved")
def test_a_moved_picture_in_another_cluster_keeps_all_that_its_sidecars_say(tmp_path):
    world = world_of(tmp_path, PAIR)
    world.export("move", sidecars=True)
    renamed(world, "ships")
    world.export("move", sidecars=True)
    found = {path.name: path.read_bytes() for path in world.out.glob("*/*.xmp")}
    assert found.keys() == {"IMG.xmp", "IMG.JPG.xmp"}
    for content in found.values():
        assert words(content, "dc:title") == ["My title"]
        assert set(read_marks(content).keywords) == {"B", "ships"}
