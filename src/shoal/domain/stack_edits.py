"""What a user can do to stacks: join, take apart, split, choose the top. Each edit only says what changes.

What the user has said of an image stays said, whatever is found later; `Patch.inverse` is the undo. Edits raise
ValueError for images that are not there.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shoal.domain.grouping import Grouping, Patch
from shoal.domain.stacks import ALONE, FREE, STACK, TOP, StackChange

Images = NDArray[np.integer]


def join_stack(grouping: Grouping, images: Images) -> Patch:
    """One stack of these, whatever stacks they were in; those that stay behind there stay together."""
    return split_stack(grouping, [images])


def split_stack(grouping: Grouping, parts: Sequence[Images]) -> Patch:
    """A stack of its own for each part; a single image is alone. A top stays one where it is."""
    after = grouping.stacked.copy()
    number = int(after[:, STACK].max(initial=FREE))
    for part in parts:
        number += 1
        after[_known(grouping, part), STACK] = number if len(part) > 1 else ALONE
    return _patch(grouping, after)


def take_apart(grouping: Grouping, images: Images) -> Patch:
    """Out of their stacks, each for itself; nothing is on top any more."""
    after = grouping.stacked.copy()
    after[_known(grouping, images)] = ALONE, 0
    return _patch(grouping, after)


def let_find(grouping: Grouping, images: Images) -> Patch:
    """Back to the stacks that were found."""
    after = grouping.stacked.copy()
    after[_known(grouping, images)] = FREE, 0
    return _patch(grouping, after)


def put_on_top(grouping: Grouping, members: Images, top: int) -> Patch:
    """`members` of its stack; none of the others is on top any more."""
    after = grouping.stacked.copy()
    after[_known(grouping, members), TOP] = 0
    after[_known(grouping, np.array([top])), TOP] = 1
    return _patch(grouping, after)


def _known(grouping: Grouping, images: Images) -> NDArray[np.int64]:
    column = images.astype(np.int64)
    if len(column) and not 0 <= column.min() <= column.max() < len(grouping.home):
        raise ValueError(f"image {column.max()} is not among the {len(grouping.home)} images")
    return column


def _patch(grouping: Grouping, after: NDArray[np.int32]) -> Patch:
    images = np.flatnonzero((after != grouping.stacked).any(axis=1)).astype(np.int32)
    return Patch(stacks=StackChange(images, grouping.stacked[images], after[images]))
