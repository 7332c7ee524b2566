import stat

from shoal.services.locations import user_locations


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
