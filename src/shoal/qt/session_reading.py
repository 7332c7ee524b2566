"""What can be read off an open project without asking anybody else."""

from pathlib import Path

import numpy as np

from shoal.domain.grouping import OUT, ClusterId
from shoal.domain.images import ImageId
from shoal.projects.portraits import Explanation, explain
from shoal.qt.selection import Ids
from shoal.qt.session import Session


def is_ahead(session: Session) -> bool:
    """A first look is under way: the pictures can be sorted, and no more."""
    return session.project is not None and session.project.ahead


def image_count(session: Session) -> int:
    """How many there are to be shown."""
    grouping = session.grouping
    return len(session.images) if grouping is None else int(np.count_nonzero(grouping.home != OUT))


def files_of(session: Session, images: Ids) -> list[Path]:
    """The pictures and all that belongs to them, each file once."""
    entries = [session.images[int(image)] for image in images]
    return list(dict.fromkeys(path for entry in entries for path in (entry.path, *entry.companions)))


def explanation(session: Session, image: int) -> Explanation | None:
    """Why an image is where it is, as far as that is known yet."""
    snapshot, grouping = session.snapshot, session.grouping
    if snapshot.embeddings is None or grouping is None:
        return None
    return explain(ImageId(image), snapshot.embeddings, snapshot.graph, grouping.homes, session.portraits)


def clusters_by_key(session: Session) -> dict[int, ClusterId]:
    """Which cluster each number key means."""
    project = session.project
    return project.digits.by_digit(project.grouping) if project else {}
