import sys
from pathlib import Path

import pytest
from tests.faults.kill_extraction import BATCH_SIZE, cut_often


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_killed_run_is_finished_by_the_next_and_loses_one_batch_at_most(tmp_path: Path):
    for cut in cut_often(tmp_path, kills=2, count=60):
        assert cut.complete
        assert max(cut.decoded_twice, cut.embedded_twice) <= BATCH_SIZE
