"""Faults at every system call of an export that changes something, injected with strace.

    python tests/faults/strace_exports.py --fault kill      killed at the call
    python tests/faults/strace_exports.py --fault full      from this call on the disk is full
    python tests/faults/strace_exports.py --fault broken    from this call on the drive gives errors, as one pulled out
    python tests/faults/strace_exports.py --fault denied    from this call on the rights are gone

For every mode, for export and undo, and for the n-th call of every kind: the fault happens, nothing may be lost; it
must be told in a sentence. Then it is gone on with to the end, undone, and the tree must be as it was.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.export_stage import (
    DONE,
    FULL,
    LEFT_OUT,
    MODES,
    REFUSED,
    Stage,
    print_table,
    run_child,
    say_how_far,
    two_folders,
)
from tests.faults.killing import Lost, require

CALLS = [
    "openat", "write", "pwrite64", "fsync", "fdatasync", "renameat2", "rename", "link", "linkat", "symlink",
    "symlinkat", "unlink", "unlinkat", "mkdir", "rmdir", "utimensat", "fchmod", "ftruncate",
]  # fmt: skip
WRITING = [
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "mkdir",
    "ftruncate",
]
"""Calls that can fail for what is wrong with the drive."""

ERRORS = {"full": "ENOSPC", "broken": "EIO", "denied": "EACCES"}

KILLED = -signal.SIGKILL
ATTACHED_WITHIN = 30.0


def run_under_strace(stage: Stage, what: str, *options: str) -> int:
    """Fork a child that waits, attach strace to it, let it go; its exit code, negative for a signal.

    The child is ready to work when strace comes, so that every call it sees belongs to the export.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
            code = run_child(stage, what)
        finally:
            os._exit(code)
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen(["strace", "-qq", *options, "-p", str(child)], stderr=subprocess.DEVNULL)
    wait_for_tracer(child)
    os.kill(child, signal.SIGCONT)
    _, status = os.waitpid(child, 0)
    tracer.wait()
    return os.waitstatus_to_exitcode(status)


def wait_for_tracer(child: int) -> None:
    patience = time.monotonic() + ATTACHED_WITHIN
    while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text():
        require(time.monotonic() < patience, "strace did not attach")
        time.sleep(0.005)


def calls_of(stage: Stage, what: str) -> Counter[str]:
    with tempfile.NamedTemporaryFile() as log:
        code = run_under_strace(stage, what, "-e", f"trace={','.join(CALLS)}", "-o", log.name)
        require(code == DONE, f"{what} ended with code {code}")
        return Counter(re.findall(r"^(\w+)\(", Path(log.name).read_text(errors="replace"), re.MULTILINE))


def boundaries(stage: Stage, calls: list[str]) -> list[tuple[str, str, int]]:
    """What is run, which call is hit, and which one of them, counted from 1."""
    found = []
    for what in ("export", "undo"):
        count = calls_of(stage, what)
        found += [(what, call, n) for call in calls for n in range(1, count[call] + 1)]
    stage.forget_journals()
    return found


def fault_of(kind: str, call: str, number: int) -> str:
    if kind == "kill":
        return f"inject={call}:signal=KILL:when={number}"
    # Opening is done for reading too, also by the interpreter: there only the one call fails.
    return f"inject={call}:error={ERRORS[kind]}:when={number}{'' if call == 'openat' else '+'}"


def hit(stage: Stage, kind: str, boundary: tuple[str, str, int], counts: Counter[str]) -> None:
    what, call, number = boundary
    if what == "undo":
        require(stage.export() == DONE, "something was left out")
    code = run_under_strace(stage, what, "-e", f"trace={call}", "-e", fault_of(kind, call, number), "-o", "/dev/null")
    known = {KILLED} if kind == "kill" else {FULL, REFUSED, LEFT_OUT}
    counts["hit"] += code in known
    counts["told it is full"] += code == FULL
    counts["told otherwise"] += code in {REFUSED, LEFT_OUT}
    require(code in known | {DONE}, f"ended with code {code}, without a sentence")
    stage.check_nothing_lost()
    if what == "export":
        stage.finish()
        stage.check_complete()
    require(stage.undo() == DONE, "something was kept")
    stage.check_as_before()


def test_mode(mode: str, options: argparse.Namespace) -> Counter[str]:
    counts: Counter[str] = Counter(dict.fromkeys(["boundaries", "hit", "told it is full", "told otherwise", "lost"], 0))
    with two_folders(options.folder) as (near, far):
        stage = Stage.build(near, far, mode, options.files, 20_000)
        for boundary in boundaries(stage, CALLS if options.fault == "kill" else WRITING)[:: options.every]:
            counts["boundaries"] += 1
            try:
                hit(stage, options.fault, boundary, counts)
                stage.forget_journals()
                say_how_far(mode, counts, 50, counts["boundaries"])
            except Lost as lost:
                print(f"{mode}, {' '.join(map(str, boundary))}: {lost}", flush=True)
                counts["lost"] += 1
                if counts["lost"] >= options.give_up:
                    break
                for folder in (near, far):
                    shutil.rmtree(folder)
                    folder.mkdir()
                stage = Stage.build(near, far, mode, options.files, 20_000)
    return counts


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fault", choices=["kill", *ERRORS], default="kill")
    parser.add_argument("--files", type=int, default=25)
    parser.add_argument("--modes", nargs="*", default=["move", "move to another drive"], choices=MODES)
    parser.add_argument("--every", type=int, default=1, help="only every n-th of the calls")
    parser.add_argument("--give-up", type=int, default=10, help="end a mode after so many losses")
    parser.add_argument("--folder", type=Path, help="where to work; a memory disk where there is one")
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed: faults cannot be injected here")
        return 0
    results = {mode: test_mode(mode, options) for mode in options.modes}
    columns = list(next(iter(results.values())))
    print_table([[mode, *counts.values()] for mode, counts in results.items()], ["mode", *columns])
    print(json.dumps({"fault": options.fault, "files": options.files, **results}))
    return int(any(counts["lost"] for counts in results.values()))


if __name__ == "__main__":
    sys.exit(main())
