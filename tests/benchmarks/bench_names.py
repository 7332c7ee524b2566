"""What clusters are called, and what words find, on pictures with known labels, by the default model.

    python tests/benchmarks/bench_names.py [--on images|train] [--shared DIR] [--show]

Names: how many of the clusters that got a name got a right one (it fits at least seven in ten of their pictures, by the
table in `right_words.py`), and how many clean clusters (four in five pictures of one folder) got one. The names of
sub-folders play no part. Search: how many of the first ten pictures are of the folders that the table names, and what
the cut-off lets through. `images` is what it is judged by. The figures in `analysis/cluster_words.py` and
`looking/word_search.py` were chosen on `train`, small pictures of other things. `--show` lists every cluster.
"""

import argparse
import io
import json
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tests.benchmarks.right_words import RIGHT, SEARCHES

from shoal.analysis import automatic_clusters
from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.domain.extension_points import ClassifyingBackend, ClusterRequest, EmbeddingBackend, LoadOptions
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.images import FoundImage
from shoal.domain.task import Task
from shoal.domain.words import WordTree
from shoal.embedding import efficientnet_lite
from shoal.looking.content_names import content_names, word_in
from shoal.looking.extraction import Caches, extract
from shoal.looking.known_words import known_words
from shoal.looking.word_search import find_by_word
from shoal.store.feature_cache import FeatureCache

KEPT = Path(tempfile.gettempdir()) / "shoal-bench-names"
PER_LABEL = {"flowers": 60, "imagenette": 40}
MOST_OF_A_LABEL = 60
FITS = 0.7
CLEAN = 0.8
FIRST = 10
NEIGHBOURS = 15


@dataclass(frozen=True, slots=True, eq=False)
class LabelledSet:
    name: str
    embeddings: EmbeddingMatrix
    labels: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Named:
    """A cluster: its most frequent folder, that one's share, its name or "", and how many of its pictures that fits."""

    folder: str
    size: int
    share: float
    name: str
    fitting: float

    @property
    def right(self) -> bool:
        return bool(self.name) and self.fitting >= FITS

    @property
    def clean(self) -> bool:
        return self.share >= CLEAN


def labelled_sets(on: str, shared: Path, backend: EmbeddingBackend) -> Iterator[LabelledSet]:
    names = [name for name in RIGHT if name.startswith("train/") == (on == "train")]
    KEPT.mkdir(exist_ok=True)
    with FeatureCache(KEPT / "features.sqlite") as features:
        for name in names:
            folder = _unpacked(shared, name.partition("/")[2]) if on == "train" else shared / "images" / name
            files = sorted(path for path in folder.glob("*/*") if path.parent.name in RIGHT[name])
            found = [FoundImage(path, path.parent.name) for path in files]
            seen = extract(found, backend, Caches(features), Task())
            yield LabelledSet(name, seen.embeddings, np.array([record.label for record in seen.records]))


def _unpacked(shared: Path, source: str) -> Path:
    """The first pictures of each label of a source in the order of the archives, as files."""
    folder, taken = KEPT / source, Counter[str]()
    if folder.exists():
        return folder
    for archive in sorted((shared / "train").glob("*.tar")):
        with tarfile.open(archive) as members:
            for member in members:
                parts = member.name.split("/")
                if (
                    not member.isfile()
                    or parts[0] != source
                    or taken[parts[1]] >= PER_LABEL.get(source, MOST_OF_A_LABEL)
                ):
                    continue
                taken[parts[1]] += 1
                stream = members.extractfile(member)
                assert stream is not None
                target = folder / parts[1] / f"{taken[parts[1]]:03}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                Image.open(io.BytesIO(stream.read())).save(target)
    return folder


def named_clusters(one: LabelledSet, tree: WordTree) -> list[Named]:
    """As `auto` clusters and names them, without a look at the names of folders."""
    graph = neighbour_graph(one.embeddings, NEIGHBOURS, Task())
    labels = automatic_clusters.SPEC.run(one.embeddings, graph, ClusterRequest(), Task())
    assert one.embeddings.classes is not None
    names = content_names(one.embeddings.classes, labels, tree)
    right = right_places(RIGHT[one.name], tree)
    found = []
    for cluster in range(int(labels.max()) + 1):
        folders = one.labels[labels == cluster].tolist()
        folder, count = Counter(folders).most_common(1)[0]
        name = names.get(cluster, "")
        fitting = sum(word_in(name, tree) in right[one] for one in folders) / len(folders) if name else 0.0
        found.append(Named(folder, len(folders), count / len(folders), name, fitting))
    return found


def right_places(words: dict[str, tuple[str, ...]], tree: WordTree) -> dict[str, set[int]]:
    """For each folder the words that count as right, and all wider ones."""
    places: dict[str, set[int]] = defaultdict(set)
    for folder, names in words.items():
        places[folder] = set()
        for name in names:
            place = tree.find(name)
            assert place is not None, f"no word {name}"
            places[folder].update(tree.upwards(place))
    return places


def searched(one: LabelledSet) -> list[dict[str, object]]:
    """For each word: how right the first ten are, and what stands before the cut-off; in Chinese the same."""
    rows = []
    for english, chinese, folders in SEARCHES[one.name]:
        wanted = np.isin(one.labels, folders)
        found = find_by_word(english, one.embeddings, "")
        in_chinese = find_by_word(chinese, one.embeddings, "")
        ranked = wanted[one.embeddings.rows.rows_of(found.images)]
        count = found.count or 0
        rows.append(
            {
                "set": one.name, "word": english, "pictures": int(wanted.sum()),
                "precision_at_10": float(ranked[:FIRST].mean()), "shown": count,
                "precision_shown": float(ranked[:count].mean()) if count else None,
                "recall_shown": float(ranked[:count].sum() / wanted.sum()),
                "chinese_finds_the_same": bool((found.images == in_chinese.images).all()),
            }
        )  # fmt: skip
    return rows


def summed_up(clusters: list[Named]) -> dict[str, float | int]:
    named, clean = [one for one in clusters if one.name], [one for one in clusters if one.clean]
    return {
        "clusters": len(clusters), "named": len(named), "right": sum(one.right for one in named), "clean": len(clean),
        "share_right": round(sum(one.right for one in named) / max(1, len(named)), 3),
        "share_of_clean_named": round(sum(bool(one.name) for one in clean) / max(1, len(clean)), 3),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--on", choices=("images", "train"), default="images")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2].parent / "shared")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    backend, tree = efficientnet_lite.SPEC.load(LoadOptions(export_folder=KEPT)), known_words()
    assert isinstance(backend, ClassifyingBackend), "the weights are not here"
    assert tree is not None, "the words are not here"
    everything: list[Named] = []
    told: dict[str, object] = {"on": arguments.on}
    searches: list[dict[str, object]] = []
    for one in labelled_sets(arguments.on, arguments.shared, backend):
        clusters = named_clusters(one, tree)
        everything += clusters
        told[one.name] = summed_up(clusters)
        searches += searched(one) if one.name in SEARCHES else []
        print(f"{one.name:18}", told[one.name])
        for row in clusters if arguments.show else ():
            verdict = "" if not row.name else "right" if row.right else "WRONG"
            print(f"    {row.folder:20} {row.size:4} {row.share:5.2f}  {row.name or '-':28} {verdict}")
    told["all"] = summed_up(everything)
    print(f"{'all':18}", told["all"])
    for search in searches:
        print("   ", search)
    if searches:
        enough = [float(str(row["precision_at_10"])) for row in searches if int(str(row["pictures"])) >= FIRST]
        told["searches"] = searches
        told["mean_precision_at_10"] = round(sum(enough) / len(enough), 3)
        told["least_precision_at_10"] = min(enough)
        told["words_with_at_least_0.8"] = sum(one >= 0.8 for one in enough)
        print("precision at 10: mean", told["mean_precision_at_10"], "least", told["least_precision_at_10"])
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
