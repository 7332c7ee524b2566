"""Whether a test may mount a drive of its own, as nobody but it will see."""

import shutil
import subprocess
from functools import cache


@cache
def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    command = ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs none /mnt"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
