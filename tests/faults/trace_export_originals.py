"""Who touches the originals? `python tests/faults/trace_export_originals.py`.

Watches every system call of `shoal sort` (scan, clustering and export) in all of its processes, and counts those that
open, make, rename, link, remove or change something below the folder of the pictures. Copying, and links that are made
elsewhere, must show none; moving must, or the watching is blind.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.export_stage import difference, print_table
from tests.support.sample_folder import make_folder
from tests.support.untouched import tree_state

NAMING = [
    "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "mkdir",
    "mkdirat", "rmdir", "mknod", "mknodat",
]  # fmt: skip
CHANGING = [
    "truncate", "ftruncate", "fallocate", "write", "pwrite64", "writev", "pwritev", "copy_file_range", "sendfile",
    "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat",
    "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
]  # fmt: skip
OPENING = ["open", "openat", "openat2", "creat"]
TO_WRITE = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|^creat")
MODES = ["copy", "symlink", "hardlink", "move"]
SHOAL = "import sys; from shoal.command_line.cli import main; sys.exit(main())"


def touches(line: str, pictures: Path) -> str | None:
    """The call of a line of the trace, if it changes something below the pictures."""
    found = re.match(r"(?:\d+\s+)?(\w+)\(", line)
    if found is None or str(pictures) not in line:
        return None
    call = found[1]
    if call in OPENING:
        return call if TO_WRITE.search(line) else None
    if call in {"symlink", "symlinkat"}:  # the text that a link holds is no touch, the place where it lies is
        return call if str(pictures) in line.rsplit(", ", 1)[1] else None
    if call in {"link", "linkat"}:
        return call if line.count(str(pictures)) > 1 else None
    return call


def traced_sort(pictures: Path, out: Path, home: Path, mode: str, log: Path) -> int:
    """With `-s 0` the trace shows names of files in full, and nothing of what is written: it may be about them."""
    command = [sys.executable, "-c", SHOAL, "sort", str(pictures), "--to", str(out), "--by", mode, "--json"]
    calls = ",".join(f"?{call}" for call in [*NAMING, *CHANGING, *OPENING])
    tracing = ["strace", "-f", "-qq", "-y", "-s", "0", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(log)]
    path = str(Path(__file__).parents[2] / "src")
    environment = {**os.environ, "SHOAL_HOME": str(home), "PYTHONPATH": path}
    return subprocess.run([*tracing, *command], env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def test_mode(base: Path, mode: str, views: int) -> dict[str, object]:
    pictures, out, log = base / mode / "pictures", base / mode / "out", base / mode / "log"
    make_folder(pictures, ("ball", "chair"), range(views))
    before = tree_state(pictures)
    code = traced_sort(pictures, out, base / mode / "home", mode, log)
    lines = log.read_text(errors="replace").splitlines()
    counts = Counter(call for line in lines if (call := touches(line, pictures)))
    after = tree_state(pictures)
    return {
        "exit code": code,
        "calls watched": len(lines),
        "touches": counts.total(),
        "of which": dict(counts),
        "tree": "the same" if after == before else difference(after, before),
        "as wanted": code == 0 and (counts.total() > 0) == (mode == "move") and (after == before) == (mode != "move"),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--views", type=int, default=5, help="how many pictures of each kind")
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed: system calls cannot be watched here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        results = {mode: test_mode(Path(folder).resolve(), mode, options.views) for mode in MODES}
    columns = list(next(iter(results.values())))
    print_table([[mode, *counts.values()] for mode, counts in results.items()], ["mode", *columns])
    print(json.dumps(results))
    return int(not all(counts["as wanted"] for counts in results.values()))


if __name__ == "__main__":
    sys.exit(main())
