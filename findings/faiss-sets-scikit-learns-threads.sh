#!/usr/bin/env bash
# faiss-cpu 1.15.1 and scikit-learn 1.9.1, both from wheels for Linux: asking faiss for one thread gives scikit-learn one.
# Expected: two libraries, each with an OpenMP runtime of its own in its wheel, so a setting of the one is its own.
# Seen: both wheels carry a libgomp under the same hashed name; it is loaded once, and its thread count is shared.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "faiss-cpu==1.15.1" "scikit-learn==1.9.1" "numpy==2.4.6" "threadpoolctl==3.6.0"
OMP_NUM_THREADS=2 "$work/env/bin/python" - <<'PY'
import faiss
import sklearn
from sklearn.utils._openmp_helpers import _openmp_effective_n_threads as threads
from threadpoolctl import threadpool_info

print("faiss", faiss.__version__, "scikit-learn", sklearn.__version__)
before = threads()
faiss.omp_set_num_threads(1)
after = threads()
runtimes = {entry["filepath"].rsplit("/", 1)[-1] for entry in threadpool_info() if entry["user_api"] == "openmp"}
print(f"scikit-learn's threads: {before}, and {after} after faiss was told to use one; OpenMP runtimes: {sorted(runtimes)}")
raise SystemExit(0 if (before, after) == (2, 1) else "the two no longer share their thread count")
PY
