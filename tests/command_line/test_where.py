"""`shoal sort --where`: only pictures of which it is so are written."""

import json

import numpy as np
import pytest
from tests.support.sample_folder import make_folder
from tests.support.untouched import watch

from shoal.command_line.cli import main
from shoal.domain.marks import Marks
from shoal.domain.sentence import Sentence
from shoal.domain.stack_edits import join_stack, put_on_top
from shoal.exports.sidecars import new_sidecar
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import Settings


@pytest.mark.changes_pictures("gives them stars before they are sorted")
def test_only_pictures_of_which_it_is_so_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))
    (folder / "ball" / "ball-0.xmp").write_bytes(new_sidecar(Marks(stars=4)))
    (folder / "ball" / "ball-1.xmp").write_bytes(new_sidecar(Marks(stars=-1)))
    watch(folder)
    sort = ["sort", str(folder), "--model", "colour-layout", "--json", "--to"]
    assert main([*sort, str(tmp_path / "good"), "--where", "stars>=3 and not rejected"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["images"], told["not_written"], told["where"]) == (6, 5, "stars>=3 and not rejected")
    assert [path.name for path in (tmp_path / "good").rglob("*.jpg")] == ["ball-0.jpg"]
    assert main([*sort, str(tmp_path / "kept"), "--where", "not rejected folder~ball brightness>0"]) == 0
    assert sorted(path.name for path in (tmp_path / "kept").rglob("*.jpg")) == ["ball-0.jpg", "ball-2.jpg"]
    assert main([*sort[:-2], "--to", str(tmp_path / "none"), "--where", "stars=5"]) == 0
    assert "Nothing was left to be written." in capsys.readouterr().out


def test_only_tops_of_stacks_are_written_and_those_made_in_the_window_count(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))
    sort = ["sort", str(folder), "--model", "colour-layout", "--clusters", "1", "--to"]
    assert main([*sort, str(tmp_path / "all")]) == 0
    with Workplace(user_locations(), Settings({})) as place, place.open_project([folder], "colour-layout") as opened:
        names = [record.path.name for record in opened.snapshot.images]
        project, chairs = opened.project, np.flatnonzero([name.startswith("chair") for name in names])
        project.apply(Sentence("join"), join_stack(project.grouping, chairs))
        project.apply(Sentence("top"), put_on_top(project.grouping, chairs, int(chairs[1])))
    capsys.readouterr()
    assert main([*sort, str(tmp_path / "tops"), "--only-tops"]) == 0
    assert "below the tops of their stacks" in capsys.readouterr().out
    written = {path.name for path in (tmp_path / "tops").rglob("*.jpg")}
    assert written & {name for name in names if name.startswith("chair")} == {names[chairs[1]]}


def test_a_condition_that_makes_no_sense_is_refused_before_anything_is_done(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = make_folder(tmp_path / "pictures", ("ball",), range(2))
    assert main(["sort", str(folder), "--to", str(tmp_path / "out"), "--where", "stars>=3 and nice"]) == 1
    assert "at character 14" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
