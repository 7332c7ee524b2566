"""Which file is the project of a folder, after it was saved elsewhere."""

from pathlib import Path

import pytest

from shoal.projects.project_places import ProjectPlaces
from shoal.setup.locations import Locations


@pytest.fixture
def locations(tmp_path) -> Locations:
    return Locations(*(tmp_path / name for name in ("data", "cache", "logs", "config"))).create()


def test_a_project_saved_elsewhere_is_found_by_its_folder_again(locations, tmp_path):
    roots, elsewhere = [tmp_path / "trip"], tmp_path / "documents" / "trip.shoal"
    elsewhere.parent.mkdir()
    elsewhere.touch()
    assert ProjectPlaces(locations).file_of(roots) == locations.project_file(roots)
    ProjectPlaces(locations).remember(roots, elsewhere)
    assert ProjectPlaces(locations).file_of(roots) == elsewhere
    assert ProjectPlaces(locations).file_of([tmp_path]) == locations.project_file([tmp_path])


def test_a_file_that_has_gone_gives_way_to_the_usual_place(locations, tmp_path):
    roots = [tmp_path / "trip"]
    ProjectPlaces(locations).remember(roots, tmp_path / "gone.shoal")
    assert ProjectPlaces(locations).file_of(roots) == locations.project_file(roots)


def test_back_in_the_usual_place_nothing_is_remembered(locations, tmp_path):
    roots, elsewhere = [tmp_path / "trip"], tmp_path / "trip.shoal"
    elsewhere.touch()
    places = ProjectPlaces(locations)
    places.remember(roots, elsewhere)
    places.remember(roots, locations.project_file(roots))
    assert places.file_of(roots) == locations.project_file(roots)


@pytest.mark.parametrize("damaged", [b"", b"[]", b'{"a": 7}', b"\xff"])
def test_a_damaged_list_costs_nothing_but_the_list(locations, tmp_path, damaged, caplog):
    (locations.projects).mkdir()
    (locations.projects / "elsewhere.json").write_bytes(damaged)
    roots: list[Path] = [tmp_path / "trip"]
    assert ProjectPlaces(locations).file_of(roots) == locations.project_file(roots)
    caplog.clear()
