"""What others add stands wherever the program's own does: in the window, on the command line, in the documentation."""

import importlib
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QCheckBox, QWidget
from resources.docs import catalogue_tables
from tests.support.export_world import make_world
from tests.support.installed_plugin import install, write_package
from tests.support.picture_folders import write_pictures
from tests.support.whole_desk import desk, wait

from shoal.command_line.arguments import parser
from shoal.delivering.document import Delivered, content_of
from shoal.delivering.documents import DOCUMENTS
from shoal.delivering.exporting import PlanSetting, plan_clusters
from shoal.domain.errors import UserFacingError
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.sentence import Sentence
from shoal.features.exporting.export_dialog import ExportDialog
from shoal.looking.catalogue import ALGORITHMS, BACKENDS
from shoal.projects.plugins import GROUPS, installed_plugins, plug_in

__all__ = ["desk", "wait"]
MODEL = """
from dataclasses import replace
from shoal.embedding.colour_layout import SPEC
FAKE = replace(SPEC, name="fake-model", label="A fake", summary="Sorts by nothing.")
"""

LOUD = """
import os
from dataclasses import replace
import numpy as np
from shoal.analysis.kmeans_clusters import SPEC
print("imported")
def loud(embeddings, graph, request, task):
    print("running")
    os.write(1, b"from the system\\n")
    return np.arange(len(embeddings.vectors)) % 2
def silent(embeddings, graph, request, task):
    pass
SPECS = replace(SPEC, name="loud", run=loud), replace(SPEC, name="silent", run=silent)
"""


@pytest.fixture(autouse=True)
def _the_lists_are_as_they_were(monkeypatch):
    for group in GROUPS:
        monkeypatch.setattr(group.catalogue, "_rows", tuple(group.catalogue))
    yield
    for name in [name for name in sys.modules if name.startswith(("shoal_example", "fake_"))]:
        del sys.modules[name]


@pytest.fixture
def example(tmp_path, monkeypatch):
    """The package under tests/plugins, installed."""
    monkeypatch.syspath_prepend(install(tmp_path / "site"))
    importlib.invalidate_caches()


def offer(tmp_path, monkeypatch, name, module, points):
    package = write_package(tmp_path / "packages" / name, name, module, points)
    monkeypatch.syspath_prepend(install(tmp_path / "sites" / name, package))
    importlib.invalidate_caches()


def test_nothing_of_a_plugin_is_imported_before_the_user_says_yes(example):
    (plugin,) = (plugin for plugin in installed_plugins() if plugin.name == "shoal-example")
    assert plugin.offers == {"shoal.algorithms": ("brightness",), "shoal.documents": ("counts",)}
    assert plug_in([]) == ()
    assert "shoal_example" not in sys.modules
    assert ALGORITHMS.named("first-number") is None


def test_a_plugin_stands_on_the_command_line_and_in_the_documentation(example):
    assert plug_in(["shoal-example"]) == ()
    words = ["sort", "in", "--to", "out", "--algorithm", "first-number", "--document", "counts.txt"]
    assert parser().parse_args(words).documents == ["counts.txt"]
    for page in (catalogue_tables.algorithms(), catalogue_tables.documents()):
        assert "`first-number`" in page or "`counts.txt`" in page


def test_a_document_of_a_plugin_stands_in_the_export_dialog(example, qtbot, tmp_path):
    plug_in(["shoal-example"])
    world, parent = make_world(tmp_path / "world"), QWidget()
    qtbot.addWidget(parent)
    make_plan = partial(
        lambda folder, options, _task: plan_clusters(world.images, folder, options, PlanSetting([world.pictures]))
    )
    dialog = ExportDialog(make_plan, world.out, parent)
    box = dialog.findChild(QCheckBox, "exportDocument_counts.txt")
    dialog.done(0)
    assert box.text() == "How many pictures each cluster has"


def test_models_and_algorithms_of_plugins_can_be_chosen_in_the_window(example, tmp_path, monkeypatch, request):
    offer(tmp_path, monkeypatch, "model", MODEL, {"shoal.models": "FAKE"})
    assert plug_in(["model", "shoal-example"]) == ()
    window = request.getfixturevalue("desk").window
    assert "fake-model" in window.model_picker.entries()
    assert BACKENDS.named("fake-model") is BACKENDS[-1]


def test_the_whole_program_sorts_with_a_plugin_once_it_is_allowed(tmp_path):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(6):
        Image.new("RGB", (64, 64), (40 * number, 90, 90)).save(pictures / f"{number}.png")
    shoal = partial(run_shoal, tmp_path, install(tmp_path / "site"))
    order = ["sort", str(pictures), "--to", str(tmp_path / "out"), "--model", "colour-layout", "--clusters", "2"]
    order += ["--algorithm", "first-number", "--document", "counts.txt"]
    assert "is none of" in shoal(*order).stderr
    assert json.loads(shoal("plugins", "--json").stdout)["plugins"][0]["allowed"] is False
    assert "shoal-example 1.0" in shoal("plugins", "--allow", "shoal-example").stdout
    assert shoal(*order).returncode == 0
    assert (tmp_path / "out" / "counts.txt").read_text().splitlines()[0].endswith(": 3")
    assert "not allowed" in shoal("plugins", "--forbid", "shoal-example").stdout


def test_only_what_is_installed_can_be_allowed(tmp_path):
    refused = run_shoal(tmp_path, install(tmp_path / "site"), "plugins", "--allow", "other")
    assert refused.returncode == 1
    assert "There is no plugin 'other'. Choose one of: " in refused.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("raise ImportError('no such library')", "no such library"),
        ("FAKE = 3", "fake_broken:FAKE is no AlgorithmSpec"),
        ("from shoal.analysis.kmeans_clusters import SPEC as FAKE", "the name kmeans is taken"),
        ("", "has no attribute 'FAKE'"),
        ("import nothing_of_this_name", "No module named"),
    ],
)
def test_a_plugin_that_fails_is_left_out_with_a_sentence(example, tmp_path, monkeypatch, module, reason):
    offer(tmp_path, monkeypatch, "broken", module, {"shoal.algorithms": "FAKE"})
    before = ALGORITHMS.names
    (trouble,) = plug_in(["broken", "shoal-example"])
    assert trouble.startswith("thing of the plugin broken cannot be used: ")
    assert reason in trouble
    assert isinstance(trouble, Sentence)
    assert ALGORITHMS.names == (*before, "first-number")
    assert "counts.txt" in DOCUMENTS.names


DOCUMENTS_OF_OTHERS = """
from shoal.delivering.document import DocumentSpec
def wrong(export): return "a text"
def outside(export): return {"../../elsewhere.txt": b""}
def failing(export): return {"": export.nothing}
SPECS = [DocumentSpec(f"{make.__name__}.txt", "What it does", make) for make in (wrong, outside, failing)]
"""


@pytest.mark.parametrize(
    ("name", "reason"),
    [("wrong", "something else than bytes"), ("outside", "which is elsewhere"), ("failing", "AttributeError")],
)
def test_a_document_of_a_plugin_that_goes_wrong_is_told_with_its_name(tmp_path, monkeypatch, name, reason):
    offer(tmp_path, monkeypatch, "papers", DOCUMENTS_OF_OTHERS, {"shoal.documents": "SPECS"})
    assert plug_in(["papers"]) == ()
    spec = DOCUMENTS.named(f"{name}.txt")
    with pytest.raises(UserFacingError, match=f"{name}.txt of the plugin papers made a mistake: .*{reason}"):
        content_of(spec, Delivered(ExportPlan(tmp_path, ExportOptions()), None, None))


def test_what_a_plugin_prints_and_what_it_does_wrong_ends_in_the_right_place(tmp_path):
    """It is imported by commands that work with it, and by no other."""
    write_pictures(tmp_path / "pictures", 6)
    package = write_package(tmp_path / "package", "loud", LOUD, {"shoal.algorithms": "SPECS"})
    shoal = partial(run_shoal, tmp_path, install(tmp_path / "site", package))
    order = ["sort", str(tmp_path / "pictures"), "--to", str(tmp_path / "out"), "--model", "colour-layout", "--json"]
    assert "imported" not in "".join(shoal("plugins", "--allow", "loud").stderr)
    sorted_ = shoal(*order, "--algorithm", "loud")
    assert json.loads(sorted_.stdout)["images"] == 6
    assert "imported" in sorted_.stderr
    assert "from the system" in sorted_.stderr
    wrong = shoal(*order, "--algorithm", "silent")
    assert wrong.returncode == 1
    assert json.loads(wrong.stdout)["error"] == "silent of the plugin loud made a mistake: it gave no labels."
    assert "Shoal made a mistake" not in wrong.stderr
    forbidden = shoal("plugins", "--forbid", "loud")
    assert (forbidden.returncode, forbidden.stderr) == (0, "")
    assert "There is no plugin 'lout'" in shoal("plugins", "--forbid", "lout").stderr


def test_a_plugin_that_is_gone_is_named():
    assert plug_in(["gone"]) == ("The plugin gone is not installed.",)


def run_shoal(home: Path, site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = [str(site), *filter(None, [os.environ.get("PYTHONPATH", "")]), str(Path(__file__).parents[2] / "src")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "SHOAL_HOME": str(home / "home")}
    command = [sys.executable, "-m", "shoal", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
