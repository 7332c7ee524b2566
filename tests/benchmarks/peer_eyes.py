"""How another program sees the pictures of a folder; run by that program's own Python, without Shoal.

    PYTHON peer_eyes.py fastdup|orange FOLDER OUT.npz

Writes `files` and `vectors`; what takes longest is looking, so the whole process is what is timed from outside.
fastdup (CC BY-NC-ND) and Orange's SqueezeNet bring their networks in their packages; both are only compared with.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np


def by_fastdup(folder):
    import fastdup

    with tempfile.TemporaryDirectory() as work:
        fastdup.create(work_dir=work, input_dir=str(folder)).run(print_summary=False, ccthreshold=0.99)
        files, vectors = fastdup.load_binary_feature(str(Path(work) / "atrain_features.dat"), d=576)
    return list(files), vectors


def by_orange(folder):
    from orangecontrib.imageanalytics.image_embedder import ImageEmbedder

    files = [str(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    with ImageEmbedder(model="squeezenet") as embedder:
        return files, embedder(files)


def main():
    name, folder, out = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    files, vectors = {"fastdup": by_fastdup, "orange": by_orange}[name](folder)
    seen = [(file, row) for file, row in zip(files, vectors, strict=True) if row is not None]
    np.savez(out, files=np.array([file for file, _ in seen]), vectors=np.array([row for _, row in seen], np.float32))


if __name__ == "__main__":
    main()
