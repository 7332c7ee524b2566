"""What a machine does to a project on the user's behalf, each as one step that can be undone.

What users do by hand needs no service: an edit of `domain.edits` and `Project.apply`.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.edits import place_new_images
from shoal.domain.geometry import Proposal, Rows
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.projects.project import Project

ADOPTING = Sentence("Sort into clusters")
PLACING = Sentence("Place new pictures")

_MOST_OF_A_CLUSTER = 0.7
_MOST_OF_A_FOLDER = 0.5
_CAMERA_FOLDER = re.compile(r"[\W\d_]*|\d{3}[A-Z0-9_]{5}|dcim", re.IGNORECASE)


def adopt(project: Project, proposal: Proposal, records: Sequence[ImageRecord], word: str = "Cluster") -> None:
    """Make the proposal the project's clusters, as far as the user has not decided otherwise.

    Pinned images stay, named clusters keep their names, clusters that are found again keep who they are.
    """
    patch = adopt_proposal(project.grouping, proposed_clusters(proposal, records, word))
    project.apply(ADOPTING, patch)


def place(project: Project, images: NDArray[np.int64], clusters: NDArray[np.int32]) -> None:
    """Put new images into the clusters there are: `clusters[i]` for the i-th of ascending `images`."""
    project.apply(PLACING, place_new_images(project.grouping, images, clusters))


def proposed_clusters(proposal: Proposal, records: Sequence[ImageRecord], word: str = "Cluster") -> ProposedClusters:
    """The proposal with a plain name for each cluster where there is one: its sub-folder, or its day.

    A name must be earned from both sides: nearly all of the cluster comes from there, and most of what is there is in
    the cluster. Otherwise it is `word` and a number. `records` in any order.
    """
    return named_clusters(proposal.rows, proposal.labels, records, word)


def named_clusters(of: Rows, labels: NDArray[np.int32], records: Sequence[ImageRecord], word: str) -> ProposedClusters:
    """The same for any labels of images: 0..k-1 per row, -1 for what belongs nowhere."""
    by_id = {record.id: record for record in records}
    rows = [by_id.get(ImageId(int(id_))) for id_ in of.ids]
    names = [""] * (int(labels.max(initial=-1)) + 1)
    for origin in (_day, _folder):
        for cluster, name in _earned_names(labels, [origin(record) if record else "" for record in rows]):
            names[cluster] = name
    return ProposedClusters(of.ids, labels, names, word)


def _earned_names(labels: NDArray[np.int32], origins: Sequence[str]) -> list[tuple[int, str]]:
    """Cluster and origin where the one is nearly all of the other; nothing if all come from one place."""
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(origin, len(numbers)) for origin in origins], np.int64)
    if len(numbers) < 2:
        return []
    inside = labels >= 0
    pairs, common = np.unique(labels[inside].astype(np.int64) * len(numbers) + codes[inside], return_counts=True)
    label, code = np.divmod(pairs, len(numbers))
    cluster, origin = np.bincount(labels[inside])[label], np.bincount(codes)[code]
    earned = (common >= _MOST_OF_A_CLUSTER * cluster) & (common > _MOST_OF_A_FOLDER * origin)
    names = list(numbers)
    found = zip(label[earned].tolist(), code[earned].tolist(), strict=True)
    return [(cluster, names[number]) for cluster, number in found if names[number]]


def _folder(record: ImageRecord) -> str:
    """The innermost sub-folder's name, "" where it is the number that a camera made up."""
    name = record.label.rpartition("/")[2]
    return "" if _CAMERA_FOLDER.fullmatch(name) else name


def _day(record: ImageRecord) -> str:
    return record.facts.taken[:10] if record.facts.taken else ""
