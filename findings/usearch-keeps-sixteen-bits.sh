#!/usr/bin/env bash
# usearch 2.26.6: float32 vectors are kept in 16 bits unless told otherwise, and an exact search searches those.
# Expected: `Index(ndim, metric="cos")` keeps what it is given, and `exact=True` finds the true nearest rows.
# Seen: the default kind is bf16 (eight bits of mantissa); among vectors that differ little, exact search is not exact.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "usearch==2.26.6" "numpy==2.4.6"
"$work/env/bin/python" - <<'PY'
import numpy as np
import usearch
from usearch.index import Index

print("usearch", usearch.__version__)
draw = np.random.default_rng(3)
centre = draw.normal(size=64)
rows = (centre + 0.02 * draw.normal(size=(200, 64))).astype(np.float32)  # 200 shots of one scene
rows /= np.linalg.norm(rows, axis=1, keepdims=True)
kinds, right = [], []
for kind in (None, "f32"):
    index = Index(ndim=64, metric="cos", **({"dtype": kind} if kind else {}))
    index.add(np.arange(len(rows)), rows)
    found = index.search(rows, 10, exact=True).keys
    true = np.argsort(-(rows.astype(np.float64) @ rows.T.astype(np.float64)), axis=1)[:, :10]
    share = np.mean([len(set(a.tolist()) & set(b.tolist())) / 10 for a, b in zip(found, true)])
    kinds.append(str(index.dtype)); right.append(float(share))
    print(f"dtype {'by default' if kind is None else 'asked for'}: {index.dtype}; of the true 10 nearest it finds {share:.0%}")
raise SystemExit(0 if right[0] < 0.95 < right[1] else "the default keeps more than 16 bits now")
PY
