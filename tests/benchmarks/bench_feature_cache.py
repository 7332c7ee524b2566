"""How fast 100,000 cached vectors come back: `python tests/benchmarks/bench_feature_cache.py [COUNT]`.

The yardstick of the same run is reading the same numbers from one plain file (`numpy.load`).
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts
from shoal.store.feature_cache import FeatureBatch, FeatureCache

KEY = EmbeddingKey("benchmark", "", "", 160, "")
DIMENSION, BATCH = 512, 64


def fill(cache: FeatureCache, names: list[ContentHash], vectors: np.ndarray) -> None:
    for start in range(0, len(names), BATCH):
        part = names[start : start + BATCH]
        stamps = {Path(f"/pictures/{name}.jpg"): (FileStamp(1, 1), name) for name in part}
        facts = dict.fromkeys(part, ImageFacts(400, 300, "JPEG"))
        cache.put_batch(KEY, FeatureBatch(part, vectors[start : start + BATCH], facts, stamps=stamps))


def timed(label: str, work) -> tuple[str, float]:
    began = time.process_time()
    work()
    return label, time.process_time() - began


def main(count: int) -> None:
    rng = np.random.default_rng(0)
    names = [ContentHash(rng.bytes(16).hex()) for _ in range(count)]
    vectors = rng.normal(size=(count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.npy"
        np.save(plain, vectors.astype(np.float16))
        with FeatureCache(Path(folder) / "features.sqlite") as cache:
            stamps = {Path(f"/pictures/{name}.jpg"): FileStamp(1, 1) for name in names}
            rows = [
                timed(f"put in batches of {BATCH}", lambda: fill(cache, names, vectors)),
                timed("unchanged", lambda: cache.unchanged(stamps)),
                timed("missing", lambda: cache.missing(names, KEY)),
                timed("facts", lambda: cache.facts(names)),
                timed("vectors", lambda: cache.vectors(names, KEY)),
                timed("plain file", lambda: np.load(plain).astype(np.float32)),
            ]
            size = cache.path.stat().st_size
    for label, seconds in rows:
        print(f"{label:24} {seconds:8.3f} s CPU {seconds / count * 1e6:8.2f} us each")
    print(json.dumps({"count": count, "bytes_each": size / count, "cpu_seconds": dict(rows)}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
