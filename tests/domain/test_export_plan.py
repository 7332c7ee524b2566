from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.planned_world import DictionaryDisk, grouping_of, record

from shoal.domain.errors import ExportRefused
from shoal.domain.export_changes import Origin
from shoal.domain.export_plan import TABLES, ExportOptions, ExportPlan
from shoal.domain.export_planner import plan_export
from shoal.domain.name_templates import FIELDS, parse_template, template_values

PICTURES = Path("/pictures")
OUT = Path("/out")


def plan(records, grouping, options=None, *, there=None, roots=(PICTURES,), **world) -> ExportPlan:
    originals = {path: str(path) for item in records for path in (item.path, *item.companions)}
    disk = DictionaryDisk({**originals, **(there or {})}, **world)
    return plan_export(grouping, records, OUT, options or ExportOptions(), disk, Origin(roots))


def targets(plan: ExportPlan) -> list[str]:
    return [file.target.relative_to(plan.root).as_posix() for file in plan.files]


def two_birds_and_a_cat():
    return [record(n, PICTURES / name) for n, name in enumerate(["a.jpg", "b.jpg", "c.jpg"])]


def test_every_image_goes_into_the_folder_of_its_cluster():
    result = plan(two_birds_and_a_cat(), grouping_of(1, 1, 2, c1="birds", c2="cats"))
    assert targets(result) == ["birds/a.jpg", "birds/b.jpg", "cats/c.jpg"]
    assert result.folders == {1: "birds", 2: "cats"}
    assert (result.bytes_needed, result.conflicts, result.left_out) == (300, (), ())


def with_parents(grouping, **parents):
    changed = {id_: replace(cluster, parent=parents.get(f"c{id_}", "")) for id_, cluster in grouping.clusters.items()}
    return replace(grouping, clusters=changed)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{cluster}/{name}", ["Animals/birds/a.jpg", "Animals/birds/b.jpg", "cats/c.jpg"]),
        ("{year}/{cluster}/{seq:2}", ["undated/Animals/birds/01.jpg", "undated/Animals/birds/02.jpg",
                                      "undated/cats/01.jpg"]),
        ("{parent}/{cluster}/{name}", ["Animals/birds/a.jpg", "Animals/birds/b.jpg", "cats/c.jpg"]),
        ("{cluster} {parent}/{name}", ["birds Animals/a.jpg", "birds Animals/b.jpg", "cats/c.jpg"]),
        ("{parent}/{name}", ["Animals/a.jpg", "Animals/b.jpg", "c.jpg"]),
        ("{name}", ["a.jpg", "b.jpg", "c.jpg"]),
    ],
)  # fmt: skip
def test_what_stands_under_a_parent_goes_into_its_folder(template, expected):
    grouping = with_parents(grouping_of(1, 1, 2, c1="birds", c2="cats"), c1="Animals")
    assert targets(plan(two_birds_and_a_cat(), grouping, ExportOptions(template=template))) == expected


def test_clusters_under_one_parent_share_its_folder_whatever_the_names():
    grouping = with_parents(grouping_of(1, 2, 0, c1="birds", c2="cats"), c1="Animals/big", c2="Animals/big")
    assert targets(plan(two_birds_and_a_cat(), grouping)) == [
        "Animals_big/birds/a.jpg", "Animals_big/cats/b.jpg", "Unsorted/c.jpg",
    ]  # fmt: skip


def test_unsorted_images_have_a_folder_or_are_left_where_they_are():
    images, grouping = two_birds_and_a_cat(), grouping_of(0, 1, 0, c1="unsorted")
    assert targets(plan(images, grouping)) == ["Unsorted/a.jpg", "unsorted (2)/b.jpg", "Unsorted/c.jpg"]
    assert targets(plan(images, grouping, ExportOptions(include_unsorted=False))) == ["unsorted/b.jpg"]


def test_names_that_differ_in_case_only_are_told_apart_and_listed():
    images = [record(0, PICTURES / "x" / "IMG.jpg"), record(1, PICTURES / "y" / "img.JPG")]
    result = plan(images, grouping_of(1, 1, c1="birds"))
    assert targets(result) == ["birds/IMG.jpg", "birds/img (2).JPG"]
    assert [(c.source, c.wanted) for c in result.conflicts] == [(PICTURES / "y" / "img.JPG", "img.JPG")]


def test_a_family_travels_and_is_renamed_together():
    def family(number, folder):
        return record(number, folder / "IMG.jpg", (folder / "IMG.CR2", folder / "IMG.xmp", folder / "IMG.CR2.xmp"))

    images = [family(0, PICTURES / "x"), family(1, PICTURES / "y")]
    result = plan(images, grouping_of(1, 1, c1="birds"))
    assert targets(result)[:4] == ["birds/IMG.jpg", "birds/IMG.CR2", "birds/IMG.xmp", "birds/IMG.CR2.xmp"]
    assert targets(result)[4:] == [f"birds/IMG (2){ending}" for ending in (".jpg", ".CR2", ".xmp", ".CR2.xmp")]


def test_one_taken_name_renames_the_whole_family():
    images = [record(0, PICTURES / "IMG.jpg", (PICTURES / "IMG.CR2",))]
    result = plan(images, grouping_of(1, c1="birds"), there={OUT / "birds" / "img.cr2": "somebody else's"})
    assert targets(result) == ["birds/IMG (2).jpg", "birds/IMG (2).CR2"]


def test_members_with_one_ending_are_told_apart():
    images = [record(0, PICTURES / "IMG.jpg", (PICTURES / "sub" / "IMG.JPG", PICTURES / "other.xmp"))]
    assert targets(plan(images, grouping_of(1, c1="birds"))) == ["birds/IMG.jpg", "birds/IMG (2).JPG", "birds/IMG.xmp"]


def test_companions_stay_behind_if_asked_to():
    images = [record(0, PICTURES / "IMG.jpg", (PICTURES / "IMG.CR2",))]
    assert targets(plan(images, grouping_of(0), ExportOptions(companions=False))) == ["Unsorted/IMG.jpg"]


def test_a_second_export_into_the_same_folder_writes_only_what_is_missing():
    images = two_birds_and_a_cat()
    there = {OUT / "birds" / "a.jpg": str(images[0].path), OUT / "birds" / "b.jpg": "something else"}
    result = plan(images, grouping_of(1, 1, 1, c1="birds"), there=there)
    assert [file.target.name for file in result.to_do] == ["b (2).jpg", "c.jpg"]
    assert result.bytes_needed == 200


def test_a_file_or_a_link_in_the_place_of_a_folder_is_gone_around():
    images = two_birds_and_a_cat()
    grouping = grouping_of(1, 2, 3, c1="birds", c2="cats", c3="birds (2)")
    result = plan(images, grouping, there={OUT / "BIRDS": "a file"}, links={OUT / "cats"})
    assert targets(result) == ["birds (2)/a.jpg", "cats (2)/b.jpg", "birds (2) (2)/c.jpg"]


def test_a_folder_that_is_there_is_used_as_it_is_spelt():
    result = plan(two_birds_and_a_cat(), grouping_of(1, 1, 1, c1="birds"), there={OUT / "Birds" / "z.jpg": "z"})
    assert targets(result)[0] == "Birds/a.jpg"


def test_thousands_of_pictures_of_one_name():
    images = [record(n, PICTURES / str(n) / "IMG.jpg") for n in range(2000)]
    result = plan(images, grouping_of(*[1] * 2000, c1="birds"))
    assert len(set(targets(result))) == 2000
    assert targets(result)[-1] == "birds/IMG (2000).jpg"


def test_what_is_gone_or_has_changed_is_left_out_with_a_reason():
    images = two_birds_and_a_cat()
    changed = record(2, PICTURES / "c.jpg")
    object.__setattr__(changed, "stamp", type(changed.stamp)(5, 5))
    disk = DictionaryDisk({images[1].path: "b", changed.path: "c"})
    companion = PICTURES / "b.CR2"
    kept = record(1, PICTURES / "b.jpg", (companion,))
    result = plan_export(grouping_of(0, 0, 0), [images[0], kept, changed], OUT, ExportOptions(), disk)
    assert targets(result) == ["Unsorted/b.jpg"]
    assert {item.path.name: item.reason for item in result.left_out} == {
        "a.jpg": "it is no longer there",
        "b.CR2": "it is no longer there",
        "c.jpg": "it has changed since it was looked at",
    }


def test_a_linked_picture_is_copied_from_where_it_is_but_never_moved():
    images = [record(0, PICTURES / "link.jpg")]
    disk = DictionaryDisk({}, links={images[0].path})
    copied = plan_export(grouping_of(0), images, OUT, ExportOptions(), disk)
    assert [(file.source.path, file.target) for file in copied.files] == [
        (Path("/elsewhere/link.jpg"), OUT / "Unsorted" / "link.jpg")
    ]
    moved = plan_export(grouping_of(0), images, OUT, ExportOptions(action="move"), disk)
    assert moved.files == ()
    assert "only files are moved" in moved.left_out[0].reason


def test_documents_have_the_first_choice_of_their_names_but_replace_nothing():
    images = two_birds_and_a_cat()
    options = ExportOptions(documents=(*TABLES, "contact-sheet.html"))
    result = plan(
        images, grouping_of(1, 1, 1, c1="clusters.csv"), options, there={OUT / "Clusters.json": "an older one"}
    )
    assert result.documents == {
        "clusters.csv": OUT / "clusters.csv",
        "clusters.json": OUT / "clusters (2).json",
        "contact-sheet.html": OUT / "contact-sheet.html",
    }
    assert targets(result)[0] == "clusters.csv (2)/a.jpg"
    assert not plan(images, grouping_of(0, 0, 0), ExportOptions(documents=())).documents


def test_sidecars_are_planned_in_both_styles_and_merge_those_that_are_there():
    images = [record(0, PICTURES / "IMG.CR2", (PICTURES / "IMG.CR2.xmp",))]
    result = plan(images, grouping_of(1, c1="birds"), ExportOptions(sidecars=True))
    assert targets(result) == ["birds/IMG.CR2"]
    assert {(item.target.name, item.merges) for item in result.sidecars} == {
        ("IMG.CR2.xmp", PICTURES / "IMG.CR2.xmp"),
        ("IMG.xmp", None),
    }


@pytest.mark.parametrize("action", ["move", "hardlink", "symlink", "reflink"])
def test_sidecars_are_written_however_the_pictures_get_there(action):
    images = [record(0, PICTURES / "IMG.CR2", (PICTURES / "IMG.xmp",))]
    result = plan(images, grouping_of(1, c1="birds"), ExportOptions(action=action, sidecars=True))
    assert targets(result) == ["birds/IMG.CR2"]
    assert {(item.target.name, item.merges) for item in result.sidecars} == {
        ("IMG.xmp", PICTURES / "IMG.xmp"),
        ("IMG.CR2.xmp", None),
    }


def test_sidecars_of_an_earlier_export_stay():
    images = [record(0, PICTURES / "IMG.jpg")]
    there = {OUT / "birds" / "IMG.jpg": str(images[0].path), OUT / "birds" / "IMG.xmp": "written earlier"}
    result = plan(images, grouping_of(1, c1="birds"), ExportOptions(sidecars=True), there=there)
    assert result.to_do == ()
    assert [item.target.name for item in result.sidecars] == ["IMG.jpg.xmp"]


def test_free_space_is_part_of_the_plan():
    images, grouping = two_birds_and_a_cat(), grouping_of(0, 0, 0)
    assert plan(images, grouping).fits
    assert plan(images, grouping, free=300).fits
    assert not plan(images, grouping, free=299).fits


@pytest.mark.parametrize("root", [OUT, OUT.parent])
def test_copies_are_not_put_among_the_originals(root):
    with pytest.raises(ExportRefused, match="lies inside"):
        plan([], grouping_of(), roots=[root])


def test_nothing_is_written_into_a_library_of_another_program():
    root = Path("/home/Photos Library.photoslibrary/originals")
    with pytest.raises(ExportRefused, match="a library of Apple Photos"):
        plan_export(grouping_of(), [], root, ExportOptions(), DictionaryDisk({}))


def test_a_cluster_called_like_the_folder_of_the_originals_gets_a_folder_of_its_own():
    images = [record(0, OUT / "birds" / "a.jpg")]
    result = plan(images, grouping_of(1, c1="birds"), roots=[OUT / "birds"])
    assert targets(result) == ["birds (2)/a.jpg"]


def test_sorting_in_place_leaves_alone_what_is_in_its_place():
    images = [record(0, OUT / "birds" / "a.jpg"), record(1, OUT / "b.jpg")]
    result = plan(images, grouping_of(1, 1, c1="birds"), ExportOptions(action="move"), roots=[OUT])
    assert [file.target for file in result.to_do] == [OUT / "birds" / "b.jpg"]


def test_a_relative_root_is_a_mistake():
    with pytest.raises(ValueError, match="absolute"):
        plan_export(grouping_of(), [], Path("out"), ExportOptions(), DictionaryDisk({}))


# --- templates


def named(template, **facts):
    item = record(0, PICTURES / "trip" / "IMG_1.JPG", **facts)
    options = ExportOptions(template=template)
    return targets(plan([item], grouping_of(1, c1="birds"), options))[0]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{cluster}/{name}", "birds/IMG_1.JPG"),
        ("{cluster}/{stem}.{ext}", "birds/IMG_1.JPG"),
        ("{cluster}\\{name}", "birds/IMG_1.JPG"),
        ("{cluster}/{date}_{seq}_{name}", "birds/2026-05-31_0001_IMG_1.JPG"),
        ("{year}/{month}-{day}/{time} {seq:2}", "2026/05-31/18-04-59 01.JPG"),
        ("{camera}/{folder}/{{{name}}}", "Old_Box/no folder/{IMG_1}.JPG"),
        ("../../{name}", "unnamed/unnamed/IMG_1.JPG"),
        ("/etc/{name}", "etc/IMG_1.JPG"),
        ("{name}", "IMG_1.JPG"),
        ("NUL/{name}", "NUL_/IMG_1.JPG"),
    ],
)
def test_templates_name_files(template, expected):
    assert named(template, taken="2026-05-31T18:04:59", camera="Old/Box") == expected


def test_pictures_without_a_date_are_undated():
    assert named("{year}/{date} {time} {name}") == "undated/undated undated IMG_1.JPG"
    assert named("{date} {time}", taken="2026-05-31") == "2026-05-31 undated.JPG"


@pytest.mark.parametrize(
    "template",
    ["", " / ", "{cluster}/", "{nothing}", "{}", "{0}", "{name!r}", "{name.parent}", "{cluster", "}",
     "{date:>99999999}", "{seq:0}", "{seq:100}", "a/" * 20 + "{name}"],
)  # fmt: skip
def test_what_is_no_template_is_refused_with_a_sentence(template):
    with pytest.raises(ExportRefused):
        parse_template(template)


def test_every_field_has_a_value():
    assert set(template_values(record(0, PICTURES / "a.jpg"), "birds", 1)) == set(FIELDS)
