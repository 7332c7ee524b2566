"""Sample pictures are drawn for a moment; who opens something else meanwhile is not taken away from it."""

from pathlib import Path

import pytest

from shoal.features.recent.samples import Samples
from shoal.features.recent.welcome import Welcome
from shoal.qt.jobs import Jobs
from shoal.samples import demo_pictures


@pytest.mark.parametrize("another", [False, True])
def test_what_was_opened_since_stays(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk, another: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(demo_pictures, "write_sample_pictures", lambda *_arguments: None)
    monkeypatch.setattr(desk.opening, "_look", lambda name, _work: asked.append(name))
    jobs, welcome = Jobs(), Welcome()
    qtbot.addWidget(welcome)
    Samples(welcome, desk.opening, jobs, tmp_path / "samples")
    welcome.sample_requested.emit()
    if another:
        desk.opening.open_paths([tmp_path])
    with qtbot.waitSignal(jobs.ended):
        pass
    assert len(asked) == 1
    jobs.shutdown()
