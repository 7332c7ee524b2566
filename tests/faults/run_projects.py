"""Random stories of a project: `python tests/faults/run_projects.py --sequences 2000 --steps 30 --jobs 2`.

Pictures come, go, are renamed and break; the window and the command line look in turn, are cancelled, killed and
disturbed at any stage; clusters are edited, undone, redone, made again by other models and algorithms. After each
step what is in memory must be what is in the file, every picture in one cluster, and nothing on the screen older than
what it was made from; see `tests/support/project_rules.py`. Each kind of fault is printed once, with the shortest
sequence that leads to it.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]
os.environ.setdefault("OMP_NUM_THREADS", "1")

from tests.support.project_rules import RULES
from tests.support.project_sequences import Counts, Fault, random_plan, run, shortened
from tests.support.project_world import Shared

AT_ONCE = 10


def sequences(first: int, count: int, steps: int, rules: tuple[str, ...]) -> tuple[Counts, list[Fault]]:
    counts, faults = Counts(), []
    for seed in range(first, first + count):
        fault = run(random_plan(seed, steps), _shared(), rules, counts)
        if fault is not None:
            faults.append(fault)
    return counts, faults


@cache
def _shared() -> Shared:
    return Shared()


def tell(fault: Fault, times: int) -> None:
    print(f"\n{fault.rule}   [{times} sequences, this one has seed {fault.plan.seed}]\n    {fault.why}")
    print("\n".join(f"    {number + 1:2} {step}" for number, step in enumerate(fault.story)))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sequences", type=int, default=100)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0, help="of the first sequence; the others count on from it")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes share the work")
    parser.add_argument("--rules", nargs="*", choices=RULES, default=list(RULES), help="check only these")
    chosen = parser.parse_args()
    began, counts, faults, rules = time.perf_counter(), Counts(), [], tuple(chosen.rules)
    with ProcessPoolExecutor(chosen.jobs, get_context("spawn")) as pool:
        ends = chosen.seed + chosen.sequences
        parts = [
            pool.submit(sequences, first, min(AT_ONCE, ends - first), chosen.steps, rules)
            for first in range(chosen.seed, ends, AT_ONCE)
        ]
        for number, part in enumerate(parts, 1):
            some, found = part.result()
            counts.add(some)
            faults += found
            print(f"{min(number * AT_ONCE, chosen.sequences)} sequences, {len(faults)} wrong", flush=True)
    times = Counter(fault.rule for fault in faults)
    first_of = {fault.rule: fault for fault in reversed(faults)}
    for rule, number in times.most_common():
        tell(shortened(first_of[rule], _shared(), rules), number)
    for title, named in (("steps", counts.steps), ("told the user", counts.told), ("surprises", counts.surprises)):
        print(f"\n{title}:", ", ".join(f"{name} {number}" for name, number in named.most_common()))
    summary = {"sequences": chosen.sequences, "steps": sum(counts.steps.values()), "wrong": len(faults)}
    print(json.dumps(summary | {"kinds": len(times), "seconds": round(time.perf_counter() - began, 1)}))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
