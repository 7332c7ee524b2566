"""What runs on each machine, called here as Ray calls it there."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.sample_folder import make_folder
from tests.support.untouched import as_it_is_now

from shoal.command_line.cli import main
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.images import FoundImage
from shoal.domain.objects import WHOLE_PICTURES
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.limits import DecodeLimits
from shoal.looking.extraction import Caches, extract
from shoal.machines.merging import Merging
from shoal.machines.shard_places import FolderPlace
from shoal.machines.work_order import Job, WorkOrder, as_columns, as_jobs, said_of
from shoal.machines.worker import Outcome, Worker, outcome_of
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings
from shoal.store.feature_cache import FeatureCache

MODEL = "colour-layout"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    locations = user_locations().create()
    with Workplace(locations, load_settings(locations.settings_file)) as workplace:
        yield workplace


@pytest.fixture
def order(place: Workplace, tmp_path: Path) -> WorkOrder:
    folder = make_folder(tmp_path / "pictures", ("ball", "chair"), range(3))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff not much")
    for path in folder.rglob("*.jpg"):
        os.utime(path, ns=(0, 10**18 + 1))
    as_it_is_now(folder)
    key = place.models.load(MODEL, LoadOptions(), Task())[1].key
    shards = FolderPlace(tmp_path / "shards")
    return WorkOrder(MODEL, said_of(LoadOptions()), key, DecodeLimits(), WHOLE_PICTURES, shards, str(folder), 1, 4)


def _images(order: WorkOrder) -> list[FoundImage]:
    return [FoundImage(path) for path in sorted(Path(order.folder).rglob("*.jpg"))]


def _asked(worker: Worker, images: list[FoundImage]) -> Outcome:
    columns = as_columns([Job(image) for image in images])
    answer = worker({name: np.array(values, object) for name, values in columns.items()})
    return outcome_of(str(answer["answer"][0]))


def test_what_workers_lay_down_is_what_the_program_sees_itself(
    order: WorkOrder, place: Workplace, tmp_path: Path
) -> None:
    images = _images(order)
    outcome = _asked(Worker(order), images)
    assert (outcome.files, len(outcome.shards), outcome.trouble) == (7, 2, None)
    backend = place.models.load(MODEL, LoadOptions(), Task())[1]
    with FeatureCache(tmp_path / "merged") as merged, FeatureCache(tmp_path / "own") as own:
        Merging(order.place, order.key, merged).take_all()
        theirs, ours = (extract(images, backend, Caches(cache), Task()) for cache in (merged, own))
    assert theirs.cached_count == len(ours.records) == 6
    assert theirs.records == ours.records
    assert (theirs.embeddings.vectors == ours.embeddings.vectors).all()
    assert theirs.skipped == ours.skipped


def test_what_workers_have_seen_is_looked_at_by_nobody_again(
    order: WorkOrder, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`sort` and the window go the same way."""
    _asked(Worker(order), _images(order))
    with FeatureCache(user_locations().feature_cache) as features:
        Merging(order.place, order.key, features).take_all()
    assert main(["sort", order.folder, "--to", str(tmp_path / "sorted"), "--model", MODEL, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["images"], told["cached"], len(told["skipped"])) == (6, 6, 1)


def test_a_lot_that_is_worked_on_again_lays_down_the_same_shards(order: WorkOrder) -> None:
    images = _images(order)
    first, again = (_asked(Worker(order), images) for _ in range(2))
    assert first.shards == again.shards
    assert sorted(order.place.names()) == sorted(set(first.shards))


@pytest.mark.parametrize("change", [{"folder": "/not/there"}, {"model": "nothing"}, {"key": None}])
def test_what_cannot_go_well_is_an_answer(order: WorkOrder, change: dict[str, Any]) -> None:
    if "key" in change:
        change = {"key": replace(order.key, weights_hash="other")}
    outcome = _asked(Worker(replace(order, **change)), _images(order))
    assert isinstance(outcome.trouble, UserFacingError)
    assert (outcome.files, outcome.shards) == (0, ())


def test_outcomes_travel_as_texts() -> None:
    trouble = UserFacingError(Sentence("{what} is not there.", what="x"), Sentence("Put it there."))
    there = outcome_of(Outcome("here", 5, ("a", "b"), 0.5, trouble).as_text())
    assert replace(there, trouble=None) == Outcome("here", 5, ("a", "b"), 0.5)
    assert (there.trouble.summary.template, there.trouble.remedy) == ("{what} is not there.", "Put it there.")


def test_jobs_travel_as_bytes() -> None:
    jobs = [
        Job(FoundImage(Path("/a/\udcff.nef"), "", (Path("/a/b.xmp"), Path("/a/c.jpg")))),
        Job(FoundImage(Path("/b"))),
    ]
    assert as_jobs(as_columns(jobs)) == jobs
