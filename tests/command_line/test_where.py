"""`shoal sort --where`: only pictures of which it is so are written."""

import json

import pytest
from tests.support.sample_folder import make_folder
from tests.support.untouched import watch

from shoal.command_line.cli import main
from shoal.domain.marks import Marks
from shoal.exports.sidecars import new_sidecar


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


def test_a_condition_that_makes_no_sense_is_refused_before_anything_is_done(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    folder = make_folder(tmp_path / "pictures", ("ball",), range(2))
    assert main(["sort", str(folder), "--to", str(tmp_path / "out"), "--where", "stars>=3 and nice"]) == 1
    assert "at character 14" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
