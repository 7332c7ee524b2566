"""The open project: the one owner of state. Everyone else holds a reference to it, never a copy of it."""

from collections.abc import Callable
from contextlib import ExitStack

from shoal.domain.errors import ProjectNotReadable, UserFacingError
from shoal.domain.grouping import Grouping, Patch
from shoal.domain.history import GroupingJournal, MemoryJournal
from shoal.domain.sentence import Sentence

Listener = Callable[[Patch, object | None], None]
"""Hears which patch was applied, and who asked for it (so that a view can ignore its own echo)."""


class Project:
    """Lives on the thread that opened it. Not thread-safe, on purpose: workers return values, they do not call in.

    Each change goes: compute, persist, swap, record, announce. If persisting fails, nothing has changed.
    """

    def __init__(
        self,
        grouping: Grouping,
        journal: GroupingJournal | None = None,
        only_to_look_at: UserFacingError | None = None,
    ) -> None:
        """`only_to_look_at` says why nothing may be edited: every edit, whoever asks for it, raises it."""
        self._grouping, self._refusal = grouping, only_to_look_at
        self._journal: GroupingJournal = MemoryJournal() if journal is None else journal
        self._listeners: list[Listener] = []

    @property
    def grouping(self) -> Grouping:
        return self._grouping

    @property
    def editable(self) -> bool:
        return self._refusal is None

    @property
    def undo_label(self) -> str | None:
        """The step that `undo` takes back."""
        position = self._journal.position
        return self._journal.labels[position - 1] if position else None

    @property
    def redo_label(self) -> str | None:
        position, labels = self._journal.position, self._journal.labels
        return labels[position] if position < len(labels) else None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; returns what ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, label: str, patch: Patch, *, initiator: object | None = None) -> None:
        """Do a step. Raises ValueError, changing nothing, if the patch was made for another grouping."""
        self._require_editable()
        if not patch:
            return
        after = self._grouping.patched(patch)
        self._journal.record(label, patch, after)
        self._swap(after, patch, initiator)

    def undo(self, *, initiator: object | None = None) -> None:
        """Take the last step back; does nothing if there is none."""
        self._require_editable()
        position = self._journal.position
        if position:
            self._replay(self._journal.patch(position - 1).inverse, position - 1, initiator)

    def redo(self, *, initiator: object | None = None) -> None:
        """Do the last step undone again; does nothing if there is none."""
        self._require_editable()
        position = self._journal.position
        if position < len(self._journal.labels):
            self._replay(self._journal.patch(position), position + 1, initiator)

    def grow_to(self, image_count: int) -> None:
        """Make room for images met since: unpinned in Unsorted. No step, for it is not the user's doing."""
        self._grouping = self._grouping.grown_to(image_count)

    def show(self, patch: Patch) -> None:
        """Change what is seen of a project that is only looked at: no step, and kept nowhere."""
        if patch:
            self._swap(self._grouping.patched(patch), patch, None)

    def _require_editable(self) -> None:
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)

    def _replay(self, patch: Patch, position: int, initiator: object | None) -> None:
        try:
            after = self._grouping.patched(patch)
        except ValueError as error:  # patches fitted when they were recorded, so what was kept is not what was done
            raise ProjectNotReadable(
                Sentence("This step cannot be taken back: the history in the project file is damaged."),
                Sentence("Everything is as it was; go on from here, or open a backup of the project."),
            ) from error
        self._journal.move_to(position, patch, after)
        self._swap(after, patch, initiator)

    def _swap(self, after: Grouping, patch: Patch, initiator: object | None) -> None:
        """Announce last of all: a listener that fails loses no step, and the others hear of it all the same."""
        self._grouping = after
        with ExitStack() as announcements:
            for listener in reversed(self._listeners):
                announcements.callback(listener, patch, initiator)
