import json

import pytest

from shoal.looking.catalogue import BACKENDS
from shoal.setup.settings import SETTINGS, Settings, load_settings, save_settings


def test_every_row_can_stand_in_a_dialog():
    assert len({row.key for row in SETTINGS}) == len(SETTINGS)
    for row in SETTINGS:
        assert row.accepts(row.default)
        assert row.label
        assert row.help.endswith(".")
    assert Settings({})["model"] in [spec.name for spec in BACKENDS]


def test_what_is_chosen_is_there_next_time(tmp_path):
    path = tmp_path / "config" / "settings.json"
    assert load_settings(path) == Settings({})
    chosen = load_settings(path).with_value("map_neighbours", 30).with_value("model", "colour-layout")
    save_settings(path, chosen)
    assert load_settings(path) == chosen
    assert chosen.map_parameters.n_neighbors == 30
    assert chosen.map_parameters.min_dist == 0.1


def test_values_that_do_not_fit_are_left_at_their_defaults(tmp_path, caplog):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"map_neighbours": 1, "seed": True, "model": 7, "colour": ["red"], "absorb": 1}))
    found = load_settings(path)
    assert found.chosen == {"absorb": 1}
    assert found.cluster_request.absorb == 1.0
    assert len(caplog.records) == 4


def test_what_only_the_window_or_another_version_knows_outlives_a_change(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"of_the_next_version": True, "seed": 3}))
    save_settings(path, load_settings(path).with_value("seed", 4))
    assert json.loads(path.read_text()) == {"of_the_next_version": True, "seed": 4}


@pytest.mark.parametrize("contents", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_holds_no_settings_harms_nothing(tmp_path, caplog, contents):
    path = tmp_path / "settings.json"
    path.write_bytes(contents)
    assert load_settings(path) == Settings({})
    assert "at their defaults" in caplog.text


def test_a_value_that_is_not_allowed_is_refused():
    with pytest.raises(ValueError, match="map_neighbours cannot be 1000"):
        Settings({}).with_value("map_neighbours", 1000)


def test_limits_are_in_the_units_that_the_rooms_expect():
    chosen = Settings({"largest_megapixels": 2, "largest_file_megabytes": 3, "thumbnail_megabytes": 50})
    assert chosen.decode_limits.max_pixels == 2_000_000
    assert chosen.decode_limits.max_file_bytes == 3 << 20
    assert chosen.thumbnail_bytes == 50_000_000
