import os

import pytest
from tests.faults.kill_edits import Outcome, run_sequence


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")
def test_no_acknowledged_edit_is_ever_lost(tmp_path):
    outcome = Outcome()
    for seed in range(4):
        run_sequence(tmp_path, seed, outcome)
    assert outcome.wrong == []
    assert sum(outcome.kills.values()) >= 8
