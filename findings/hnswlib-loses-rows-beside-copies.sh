#!/usr/bin/env bash
# hnswlib 0.8.0: a few hundred copies of one row make other rows unreachable, and nothing says so.
# Expected: equal rows take up places among the answers, but every row is still found when asked for itself.
# Seen: with 1,000 copies among 3,000 rows a fifth of the *other* rows is not among the 10 nearest of itself. A
# folder of pictures with one black frame many times over is such data.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "hnswlib==0.8.0" "numpy==2.4.6"
"$work/env/bin/python" - <<'PY'
from importlib.metadata import version

import hnswlib
import numpy as np

print("hnswlib", version("hnswlib"))
found = {}
for copies in (0, 200, 1000):
    rows = np.random.default_rng(1).normal(size=(3000, 64)).astype(np.float32)
    rows[:copies] = rows[0]
    index = hnswlib.Index(space="cosine", dim=64)
    index.init_index(len(rows), ef_construction=200, M=16, random_seed=1)
    index.add_items(rows, num_threads=1)
    index.set_ef(100)
    others = np.arange(copies, len(rows))
    answers, _ = index.knn_query(rows[others], k=10, num_threads=1)
    found[copies] = float(np.mean([row in answer for row, answer in zip(others, answers)]))
    print(f"{copies} copies of one row: {found[copies]:.1%} of the {len(others)} other rows find themselves")
raise SystemExit(0 if found[0] > 0.999 and found[1000] < 0.97 else "copies no longer hide other rows")
PY
