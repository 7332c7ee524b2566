"""Plain names for proposed clusters: their sub-folder, what is in them, or their day."""

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from shoal.domain.adoption import ProposedClusters, never
from shoal.domain.geometry import EmbeddingMatrix, Proposal, Rows
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.words import WordTree
from shoal.looking.content_names import NameStyle, content_names, word_in
from shoal.looking.known_words import known_words

NUMBERS = NameStyle()
_MOST_OF_A_CLUSTER = 0.7
_MOST_OF_A_FOLDER = 0.5
_CAMERA_FOLDER = re.compile(r"[\W\d_]*|\d{3}[A-Z0-9_]{5}|dcim", re.IGNORECASE)


def proposed_clusters(
    proposal: Proposal,
    records: Sequence[ImageRecord],
    style: NameStyle = NUMBERS,
    embeddings: EmbeddingMatrix | None = None,
) -> ProposedClusters:
    """The proposal with a plain name for each cluster where there is one: its sub-folder, what is in it, or its day.

    A folder or a day must be earned from both sides: nearly all of the cluster comes from there, and most of what is
    there is in the cluster. What is in it says a model that knows classes, in `embeddings` of the proposal's rows.
    Otherwise the name is a number. `records` in any order.
    """
    return named_clusters(proposal.rows, proposal.labels, records, style, embeddings)


def named_clusters(
    of: Rows,
    labels: NDArray[np.int32],
    records: Sequence[ImageRecord],
    style: NameStyle = NUMBERS,
    embeddings: EmbeddingMatrix | None = None,
) -> ProposedClusters:
    """The same for any labels of images: 0..k-1 per row, -1 for what belongs nowhere."""
    by_id = {record.id: record for record in records}
    rows = [by_id.get(ImageId(int(id_))) for id_ in of.ids]
    names = [""] * (int(labels.max(initial=-1)) + 1)
    by_day, by_folder = (
        _earned_names(labels, [origin(record) if record else "" for record in rows]) for origin in (_day, _folder)
    )
    seen = embeddings.classes if embeddings is not None and embeddings.rows.are(of) else None
    tree = known_words()
    if seen is None or tree is None:
        by_content, outlived = {}, never
    else:
        by_content = content_names(seen, labels, tree, style.chinese, by_folder) if style.by_content else {}
        outlived = partial(_is_word, tree)
    for cluster, name in {**by_day, **by_content, **by_folder}.items():
        names[cluster] = name
    return ProposedClusters(of.ids, labels, names, style.word, outlived)


def _is_word(tree: WordTree, name: str) -> bool:
    """A name that came from what was seen, and says no more than that."""
    return word_in(name, tree) is not None


def _earned_names(labels: NDArray[np.int32], origins: Sequence[str]) -> dict[int, str]:
    """Cluster and origin where the one is nearly all of the other; nothing if all come from one place."""
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(origin, len(numbers)) for origin in origins], np.int64)
    if len(numbers) < 2:
        return {}
    inside = labels >= 0
    pairs, common = np.unique(labels[inside].astype(np.int64) * len(numbers) + codes[inside], return_counts=True)
    label, code = np.divmod(pairs, len(numbers))
    cluster, origin = np.bincount(labels[inside])[label], np.bincount(codes)[code]
    earned = (common >= _MOST_OF_A_CLUSTER * cluster) & (common > _MOST_OF_A_FOLDER * origin)
    names = list(numbers)
    earning = zip(label[earned].tolist(), code[earned].tolist(), strict=True)
    return {cluster: names[number] for cluster, number in earning if names[number]}


def _folder(record: ImageRecord) -> str:
    """The innermost sub-folder's name, "" where it is the number that a camera made up."""
    name = record.label.rpartition("/")[2]
    return "" if _CAMERA_FOLDER.fullmatch(name) else name


def _day(record: ImageRecord) -> str:
    return record.facts.taken[:10] if record.facts.taken else ""
