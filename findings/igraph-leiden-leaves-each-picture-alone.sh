#!/usr/bin/env bash
# igraph 1.0.0: `community_leiden()` as it comes finds as many communities as there are points in a neighbour graph.
# Expected: it maximises modularity, as `community_multilevel()` (Louvain) and most descriptions of Leiden do.
# Seen: it takes the constant Potts model at resolution 1, where only a clique is worth joining: 300 points of six clear
# groups are 300 communities. With `objective_function="modularity"` they are six.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "igraph==1.0.0" "numpy==2.4.6"
"$work/env/bin/python" - <<'PY'
import igraph
import numpy as np

print("igraph", igraph.__version__)
draw = np.random.default_rng(0)
rows = np.vstack([centre + draw.normal(size=(50, 16)) for centre in 4 * draw.normal(size=(6, 16))])
apart = ((rows[:, None] - rows[None]) ** 2).sum(axis=-1)
nearest = np.argsort(apart, axis=1)[:, 1:11]
edges = [(row, int(other)) for row in range(300) for other in nearest[row]]
graph = igraph.Graph(n=300, edges=edges).simplify()
found = {
    "community_leiden()": len(graph.community_leiden()),
    'community_leiden(objective_function="modularity")': len(graph.community_leiden(objective_function="modularity")),
    "community_multilevel()": len(graph.community_multilevel()),
}
for call, count in found.items():
    print(f"{call}: {count} communities")
raise SystemExit(0 if list(found.values()) == [300, 6, 6] else "the default finds other communities now")
PY
