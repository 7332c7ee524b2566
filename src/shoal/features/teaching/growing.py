"""More than can be looked at one by one look like those just moved: a few looks say down to where they are right."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.bisection import Bisection
from shoal.domain.sentence import Sentence
from shoal.features.teaching.grow_dialog import GrowDialog
from shoal.features.teaching.more_dialog import SHOWN
from shoal.qt.session import Session
from shoal.widgets.picture_box_row import Tile
from shoal.widgets.translation import told

GROWS_ABOVE = 2 * SHOWN
"""So many proposals, or fewer, are sooner looked at one by one."""

Taken = Callable[[NDArray[np.int32], NDArray[np.int32]], object]
"""Hears the images that are right, and those that were seen and are not; each ascending."""


class Growing(QObject):
    """One run through the `images`, the likeliest first, that may belong to the cluster of this `name`."""

    def __init__(self, window: QWidget, session: Session, name: str, images: NDArray[np.int32], taken: Taken) -> None:
        dialog = GrowDialog(session.thumbnails, window)
        super().__init__(dialog)
        self._dialog = dialog
        self._session, self._name, self._images, self._taken = session, name, images, taken
        self._states = [Bisection.of(len(images), SHOWN)]
        self._refused: list[slice] = [slice(0, 0)]
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_down_to.connect(self._on_answer)
        dialog.back_requested.connect(self._on_back)
        session.images_changed.connect(dialog.reject)
        self._show()
        dialog.open()

    def _show(self) -> None:
        state = self._states[-1]
        shown = self._images[_looked_at(state)]
        self._dialog.show_state(state)
        self._dialog.show_tiles(self._title(state), self._tiles(shown))

    def _title(self, state: Bisection) -> str:
        if state.is_found:
            rest = state.count - state.right
            sentence = Sentence(
                "{count} to {cluster}, {rest} stay where they are; these are the last of them",
                count=f"{state.right:,}", cluster=self._name, rest=f"{rest:,}",
            )  # fmt: skip
            return told(sentence)
        place = state.shown
        sentence = Sentence(
            "{count} more may belong to {cluster}. Are these right, {first} to {last}? {left} looks at the most",
            count=f"{state.count:,}", cluster=self._name, first=f"{place.start + 1:,}", last=f"{place.stop:,}",
            left=state.most_left,
        )  # fmt: skip
        return told(sentence)

    def _tiles(self, shown: NDArray[np.int32]) -> Sequence[Tile]:
        grouping, name = self._session.grouping, self._session.cluster_name
        return [] if grouping is None else [Tile(image, name(int(grouping.home[image]))) for image in shown.tolist()]

    def _on_answer(self, count: int) -> None:
        state = self._states[-1]
        if state.is_found:
            self._end(state, all_of_it=count > 0)
            return
        shown, after = state.shown, state.down_to(count)
        self._refused.append(slice(shown.start + count, shown.stop))
        self._states.append(after)
        if after.is_found and not after.right:
            self._end(after, all_of_it=True)
        else:
            self._show()

    def _on_back(self) -> None:
        if len(self._states) > 1:
            self._states.pop()
            self._refused.pop()
            self._show()

    def _end(self, state: Bisection, *, all_of_it: bool) -> None:
        """Refused is what was seen; nobody has said anything of the rest."""
        self._dialog.accept()
        if all_of_it:
            refused = np.concatenate([self._images[part] for part in self._refused])
            self._taken(np.sort(self._images[: state.right]), np.sort(refused))


def _looked_at(state: Bisection) -> slice:
    """The page in question; when all is said, the last ones that are right."""
    return slice(max(0, state.right - SHOWN), state.right) if state.is_found else state.shown
