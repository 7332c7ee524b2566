"""`shoal write-marks`: what was given in the window goes into sidecars, and back."""

import json

import pytest
from tests.support.sample_folder import make_folder

from shoal.command_line.cli import main
from shoal.domain.edits import mark_images
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.domain.verdicts import FLAG, STARS
from shoal.exports.xmp_marks import read_marks
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import Settings

pytestmark = pytest.mark.changes_pictures("sidecars are written beside them")


@pytest.fixture
def rated(tmp_path, monkeypatch, capsys):
    """Four sorted pictures, of which the first has three stars and the second is rejected."""
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(2))
    assert main(["sort", str(folder), "--to", str(tmp_path / "out"), "--model", "colour-layout"]) == 0
    with Workplace(user_locations().create(), Settings({})) as place, place.open_project([folder]) as opened:
        project = opened.project
        project.apply(Sentence("stars"), mark_images(project.grouping, [ImageId(0)], STARS, 3))
        project.apply(Sentence("reject"), mark_images(project.grouping, [ImageId(1)], FLAG, 1))
        files = [record.path for record in opened.known().images]
    capsys.readouterr()
    return folder, files


def test_marks_go_into_sidecars_and_back(rated, capsys):
    folder, files = rated
    assert main(["write-marks", str(folder)]) == 1
    assert "--names" in capsys.readouterr().err
    assert main(["write-marks", str(folder), "--names", "stem", "--dry-run"]) == 0
    assert "Would write 2 sidecars" in capsys.readouterr().out
    assert not files[0].with_suffix(".xmp").exists()
    assert main(["write-marks", str(folder), "--names", "stem", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sidecars"] == [str(one.with_suffix(".xmp")) for one in files[:2]]
    assert [read_marks(one.with_suffix(".xmp").read_bytes()).stars for one in files[:2]] == [3, -1]
    assert main(["write-marks", str(folder), "--take-back"]) == 0
    assert not files[0].with_suffix(".xmp").exists()
    assert main(["write-marks", str(folder), "--take-back"]) == 1
