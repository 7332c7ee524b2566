"""What darktable, digiKam, Geeqie, exiftool and exiv2 read of an export with sidecars: nothing is hidden from any.

By their rules always, by the programs themselves where they are installed.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from tests.support.export_world import ExportWorld, record_of
from tests.support.foreign_sidecars import listed, sidecar
from tests.support.other_programs import (
    RULES,
    View,
    by_rule_of_darktable,
    by_rule_of_digikam,
    darktable_reads,
    digikam_reads,
    exiftool_reads,
    exiv2_reads,
    has_darktable,
    has_digikam,
    without,
)
from tests.support.picture_files import rendered, saved
from tests.support.untouched import watch
from tests.support.written_facts import iptc, jpeg_with, keywords, xmp

from shoal.domain.grouping import Cluster, ClusterId, Grouping

JPEG = saved(rendered(), "JPEG")
TITLE = "\n".join(
    ["<dc:title>", "<rdf:Alt>", '<rdf:li xml:lang="x-default">My title</rdf:li>', "</rdf:Alt>", "</dc:title>", ""]
)
TREE = listed("lr:hierarchicalSubject", ["A|B"])
DIGIKAM = (
    listed("digiKam:TagsList", ["A/B"], "Seq")
    + listed("MicrosoftPhoto:LastKeywordXMP", ["A/B"])
    + TREE
    + listed("dc:subject", ["B"])
)

FAMILIES: Mapping[str, Mapping[str, bytes]] = {
    "plain": {"": JPEG},
    "digikam": {
        "": JPEG,
        ".jpg.xmp": sidecar(
            'xmp:Rating="4" acdsee:rating="4" MicrosoftPhoto:Rating="75" digiKam:PickLabel="3" digiKam:ColorLabel="2"',
            DIGIKAM + TITLE,
        ),
    },
    "lightroom": {
        "": JPEG,
        ".xmp": sidecar('xmp:Rating="3" xmp:Label="Red"', TITLE + TREE + listed("dc:subject", ["A", "B"])),
    },
    "darktable": {
        "": JPEG,
        ".jpg.xmp": sidecar(
            'xmp:Rating="2" darktable:xmp_version="5" darktable:raw_params="0" darktable:history_end="0"',
            listed("dc:subject", ["A", "B"], "Seq") + TREE + listed("darktable:colorlabels", ["2"], "Seq") + TITLE,
        ),
    },
    "apple": {"": JPEG, ".xmp": sidecar(inside=listed("dc:subject", ["sea"], "Seq") + TITLE)},
    "inside": {"": jpeg_with(JPEG, xmp=xmp({"xmp:Rating": "5", "xmp:Label": "Blue"}, TITLE + keywords(["sea"])))},
    "agency": {"": jpeg_with(JPEG, iptc=iptc((25, "Straße".encode()), utf8=True))},
    "windows": {
        "": JPEG,
        ".jpg.xmp": sidecar('MicrosoftPhoto:Rating="99"', listed("MicrosoftPhoto:LastKeywordXMP", ["sea"])),
    },
    "rejected": {"": JPEG, ".jpg.xmp": sidecar('xmp:Rating="-1" MicrosoftPhoto:Rating="75"')},
    "both": {
        "": JPEG,
        ".xmp": sidecar('xmp:Rating="2"', TITLE + TREE),
        ".jpg.xmp": sidecar('xmp:Rating="4" digiKam:PickLabel="3"', listed("dc:subject", ["C"])),
    },
}
"""A picture by what wrote about it, and the files beside it by their endings."""

SEEN: Mapping[str, View] = {
    "plain": View(),
    "digikam": View(4, "Orange", 3, frozenset({"A/B"}), "My title"),
    "lightroom": View(3, "Red", 0, frozenset({"A/B"}), "My title"),
    "darktable": View(2, "Green", 0, frozenset({"A/B"}), "My title"),
    "apple": View(keywords=frozenset({"sea"}), title="My title"),
    "inside": View(5, "Blue", 0, frozenset({"sea"}), "My title"),
    "agency": View(keywords=frozenset({"Straße"})),
    "windows": View(5, keywords=frozenset({"sea"})),
    "rejected": View(-1, pick=1),
    "both": View(4, "", 3, frozenset({"A/B", "C"}), "My title"),
}
"""What each is to be for every program that can show it, besides the cluster."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the only cluster."""
    folder = tmp_path_factory.mktemp("world")
    pictures = folder / "pictures"
    pictures.mkdir()
    records = []
    for number, (name, files) in enumerate(FAMILIES.items()):
        family = [pictures / f"{name}{ending or '.jpg'}" for ending in files]
        for path, content in zip(family, files.values(), strict=True):
            path.write_bytes(content)
        records.append(record_of(number, family[0], family[1:]))
    count = len(records)
    grouping = Grouping(
        {ClusterId(1): Cluster(ClusterId(1), "boats")}, np.ones(count, np.int32), np.zeros(count, np.bool_)
    )
    watch(pictures)
    result = ExportWorld(pictures, folder / "out", folder / "journals", records, grouping).export(sidecars=True)
    assert [one.path.name for one in result.sidecars.contradicting] == ["rejected.jpg", "both.jpg"]
    assert not result.sidecars.lacking
    return folder / "out" / "boats"


def wanted(name: str) -> View:
    return without(SEEN[name], keywords=SEEN[name].keywords | {"boats"})


@pytest.mark.parametrize("name", FAMILIES)
def test_darktable_by_its_rules(exported, name):
    """It knows no picks and no orange."""
    label = "" if SEEN[name].label == "Orange" else SEEN[name].label
    assert by_rule_of_darktable(exported / f"{name}.jpg") == without(wanted(name), pick=0, label=label)


@pytest.mark.parametrize("name", FAMILIES)
def test_digikam_by_its_rules(exported, name):
    """A rejection is a pick of its own, not stars."""
    assert by_rule_of_digikam(exported / f"{name}.jpg") == without(
        wanted(name), title="", stars=max(0, SEEN[name].stars)
    )


@pytest.mark.parametrize("name", FAMILIES)
def test_geeqie_by_its_rules(exported, name):
    view = RULES["Geeqie"](exported / f"{name}.jpg")
    assert "boats" in view.keywords
    assert view.stars == SEEN[name].stars


@pytest.mark.skipif(not has_darktable(), reason="darktable and Xvfb are not installed")
def test_darktable_itself(exported):
    """It shows a star where nobody gave any."""
    read = darktable_reads(exported, len(FAMILIES))
    for name in FAMILIES:
        ruled, shown = by_rule_of_darktable(exported / f"{name}.jpg"), read[f"{name}.jpg"]
        assert shown == without(ruled, stars=ruled.stars or 1), name


@pytest.mark.skipif(not has_digikam(), reason="digiKam 7.9 and what builds a program for it are not installed")
def test_digikam_itself(exported):
    read = digikam_reads([exported / f"{name}.jpg" for name in FAMILIES])
    for name in FAMILIES:
        assert read[f"{name}.jpg"] == by_rule_of_digikam(exported / f"{name}.jpg"), name


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_exiftool_itself(exported):
    read = exiftool_reads(exported.glob("*.xmp"))
    for name in FAMILIES:
        for sidecar_name in (f"{name}.xmp", f"{name}.jpg.xmp"):
            view = read[sidecar_name]
            assert "boats" in view.keywords
            assert (view.stars, view.title) == (SEEN[name].stars, SEEN[name].title), sidecar_name


@pytest.mark.skipif(shutil.which("exiv2") is None, reason="exiv2 is not installed")
def test_exiv2_itself(exported):
    for name in FAMILIES:
        for path in (exported / f"{name}.xmp", exported / f"{name}.jpg.xmp"):
            view = exiv2_reads(path)
            assert "boats" in view.keywords
            assert view.stars == SEEN[name].stars
