"""A plugin of pytest's for `mutants.py`: which tests run, in which order, and how long each of them took.

MUTANTS_CHOSEN names a file with the ids of tests, one a line; into the one that MUTANTS_TOLD names goes
`{id: [seconds, failed]}`. Nothing looks for the smallest example of a failure: that there is one is all that is asked.
"""

import json
import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

CHOSEN, TOLD = "MUTANTS_CHOSEN", "MUTANTS_TOLD"
_told: dict[str, tuple[float, bool]] = {}


def pytest_configure() -> None:
    settings.register_profile("no shrinking", phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("no shrinking")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if file := os.environ.get(CHOSEN):
        order = {name: place for place, name in enumerate(Path(file).read_text(encoding="utf-8").split("\n"))}
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    seconds, failed = _told.get(report.nodeid, (0.0, False))
    _told[report.nodeid] = round(seconds + report.duration, 3), failed or report.failed


def pytest_sessionfinish() -> None:
    if file := os.environ.get(TOLD):
        Path(file).write_text(json.dumps(_told), encoding="utf-8")
