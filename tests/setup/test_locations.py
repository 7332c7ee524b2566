import shutil
import stat
from types import SimpleNamespace

from tests.support.small_reserves import AS_SHIPPED

from shoal.domain.task import Task
from shoal.files.reserve import NAME
from shoal.looking.catalogue import BACKENDS
from shoal.setup import locations
from shoal.setup.diagnosis import examine
from shoal.setup.locations import user_locations


def test_one_variable_puts_everything_under_one_folder(tmp_path):
    places = user_locations({"SHOAL_HOME": str(tmp_path / "portable")})
    assert not (tmp_path / "portable").exists()
    places.create()
    for folder in (places.data, places.cache, places.logs, places.config):
        assert folder.parent == tmp_path / "portable"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_it_the_system_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_locations({}).feature_cache.name.endswith(".sqlite")
    assert user_locations({}).cache != user_locations({}).data


def test_space_is_set_aside_beside_our_own_files_only_and_the_doctor_knows(monkeypatch, tmp_path):
    places = user_locations({"SHOAL_HOME": str(tmp_path)}).create()
    places.hold_reserves()
    held = {path: path.stat().st_size for path in tmp_path.rglob(NAME)}
    assert held == {folder / NAME: size for folder, size in places.reserves.items()}
    assert all(path.is_relative_to(places.data) for path in held)
    assert [one.problem for one in found(places)] == ["", ""]
    for path in held:
        path.unlink()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=0, used=0, free=1000))
    assert all("too little space" in one.problem for one in found(places))


def found(places):
    findings = [one for one in examine(places, BACKENDS, Task()) if "full drive" in one.topic]
    assert len(findings) == 2
    return findings


def test_the_program_itself_holds_megabytes(tmp_path, monkeypatch):
    for name, size in zip(("PROJECTS_RESERVE", "JOURNALS_RESERVE"), AS_SHIPPED, strict=True):
        monkeypatch.setattr(locations, name, size)
    places = user_locations({"SHOAL_HOME": str(tmp_path)}).create()
    places.hold_reserves()
    sizes = [(folder / NAME).stat().st_size for folder in (places.projects, places.export_journals)]
    assert sizes == [8 << 20, 4 << 20]
