"""`shoal sort --crops`: objects in, pictures of objects out."""

from dataclasses import replace

import pytest
from tests.support.coloured_things import ColourFinder, draw_scene

from shoal.command_line.cli import main
from shoal.command_line.delivery import Order
from shoal.command_line.sorting import sort_and_write
from shoal.command_line.sorting_report import report
from shoal.domain.export_plan import TABLES, ExportOptions
from shoal.domain.extension_points import BackendSpec
from shoal.domain.objects import ObjectChoice
from shoal.domain.recipe import Recipe
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import Settings


class ColourLoader:
    """In place of a network: the small model that finds coloured boxes."""

    def load(self, name, _options, _task):
        finder = ColourFinder()
        return BackendSpec(
            name, Sentence("Colours"), Sentence(""), lambda _options: finder, 4, "", finds_objects=True
        ), finder


class ColourPlace(Workplace):
    models = ColourLoader()  # type: ignore[assignment]  # it loads no other


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    for number in range(4):
        things = {"red": (20 + number, 30, 60 + number, 90), "blue": (100, 10 + number, 140, 50 + number)}
        draw_scene(tmp_path / "pictures" / f"{number}.png", things, shade=100 + 10 * number)
    return tmp_path / "pictures"


def test_every_object_ends_up_in_the_cluster_of_its_like(folder, tmp_path):
    out = tmp_path / "out"
    order = Order(
        folder,
        out,
        "colours",
        Recipe(algorithm="kmeans", clusters=2),
        ExportOptions(crops=True),
        objects=ObjectChoice("every"),
    )
    with ColourPlace(user_locations().create(), Settings({})) as place:
        would = report(sort_and_write(replace(order, dry_run=True), place, Task())).lines
        assert any(line.startswith("Would cut out 8 files into") for line in would)
        assert not out.exists()
        first = report(sort_and_write(order, place, Task()))
        again = report(sort_and_write(order, place, Task()))
    assert first.lines[-1].startswith("Cut out 8 files into")
    assert again.lines[-1].startswith("Cut out 0 files into")
    assert again.lines[-1].endswith("8 were there already.")
    clusters = [{path.name for path in cluster.iterdir()} for cluster in out.iterdir() if cluster.is_dir()]
    kinds = [{f"{number} {kind} 1.jpg" for number in range(4)} for kind in ("blue", "red")]
    assert sorted(clusters, key=sorted) == sorted(kinds, key=sorted)
    assert main(["undo-export", str(out)]) == 0
    assert not out.exists()


def test_the_main_object_of_each_picture_is_cut_out(folder, tmp_path):
    out = tmp_path / "out"
    options = ExportOptions(crops=True, documents=(*TABLES, "contact-sheet.html"))
    order = Order(folder, out, "colours", Recipe(algorithm="kmeans", clusters=2), options, objects=ObjectChoice("main"))
    with ColourPlace(user_locations().create(), Settings({})) as place:
        delivery = sort_and_write(order, place, Task())
        assert report(delivery).lines[-1].startswith("Cut out 4 files into")
        again = report(sort_and_write(order, place, Task()))
    assert again.lines[-1].endswith("4 were there already.")
    assert (out / "contact-sheet.html").read_text().count("data:image/jpeg;base64") == 4
    mains = {record.main.kind for record in delivery.extraction.records}
    written = {path.name for cluster in out.iterdir() if cluster.is_dir() for path in cluster.iterdir()}
    assert written == {f"{number} {kind} 1.jpg" for number in range(4) for kind in mains}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--crops"], "Add --objects every"), (["--crops", "--objects", "every", "--by", "move"], "cannot be moved")],
)
def test_what_makes_no_sense_is_refused_before_the_long_work(folder, tmp_path, capsys, words, sentence):
    assert main(["sort", str(folder), "--to", str(tmp_path / "out"), *words]) == 1
    assert sentence in capsys.readouterr().err


def test_pictures_that_were_read_and_show_nothing_asked_for_are_not_said_to_be_unreadable(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    for number in range(2):
        draw_scene(tmp_path / "pictures" / f"{number}.png", {}, shade=100 + 10 * number)
    order = Order(
        tmp_path / "pictures", tmp_path / "out", "colours", Recipe(algorithm="kmeans"), objects=ObjectChoice("every")
    )
    with ColourPlace(user_locations().create(), Settings({})) as place:
        told = report(sort_and_write(order, place, Task()))
    assert told.exit_code == 1
    assert any(line.startswith("No object of the kinds that were asked for was found") for line in told.lines)
    assert not any("could be read" in line for line in told.lines)
