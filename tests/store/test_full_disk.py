import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.mounting import may_mount

SCRIPT = Path(__file__).parents[1] / "faults" / "full_disk_store.py"


@pytest.mark.skipif(not may_mount(), reason="needs a user namespace to mount a small drive in")
def test_a_full_drive_costs_nothing_that_was_kept():
    done = subprocess.run([sys.executable, SCRIPT, "--most-pages", "2"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["wrong"] == 0
    assert "UserFacingError" not in done.stdout, "a full drive is to be called full"
    for edit in ("edit", "re-cluster", "undo"):
        assert re.search(rf"^{edit} +StorageFull +2$", done.stdout, re.MULTILINE)
        assert re.search(rf"^{edit} with reserve +done +2$", done.stdout, re.MULTILINE)
