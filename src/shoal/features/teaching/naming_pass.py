"""The naming pass: every cluster gets its name once; giving a name that exists puts the two together."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain.grouping import ClusterId
from shoal.domain.naming_edits import name_cluster, set_apart
from shoal.domain.sentence import Sentence
from shoal.features.teaching.naming_pass_dialog import NamingPassDialog
from shoal.projects.naming_pass import Unnamed, to_be_named, unnamed
from shoal.qt.editing import Editing
from shoal.qt.session import Session
from shoal.widgets.picture_box_row import Tile
from shoal.widgets.translation import told


class NamingPass(QObject):
    def __init__(self, window: QWidget, session: Session, editing: Editing, number_word: str) -> None:
        """`number_word`: what clusters without a better name are called, before their number."""
        super().__init__(window)
        self._window, self._session, self._editing, self._word = window, session, editing, number_word
        self._dialog: NamingPassDialog | None = None
        self._shown: Unnamed | None = None
        self._skipped: list[ClusterId] = []

    def open(self) -> None:
        self._skipped.clear()
        grouping, embeddings = self._session.grouping, self._session.snapshot.embeddings
        if grouping is None or embeddings is None:
            self._editing.say(Sentence("Clusters can be named when every picture has been looked at."))
            return
        if not to_be_named(grouping):
            self._editing.say(Sentence("Every cluster has a name of yours."))
            return
        self._dialog = dialog = NamingPassDialog(self._session.thumbnails, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named_so.connect(self._name)
        dialog.set_apart.connect(self._set_apart)
        dialog.skipped.connect(self._skip)
        dialog.undo_requested.connect(self._undo)
        dialog.finished.connect(self._on_closed)
        self._show_next()
        dialog.open()

    def _show_next(self) -> None:
        grouping, embeddings = self._session.grouping, self._session.snapshot.embeddings
        if self._dialog is None or grouping is None or embeddings is None:
            return
        left = [id_ for id_ in to_be_named(grouping) if id_ not in self._skipped]
        if not left:
            self._dialog.accept()
            return
        same = self._shown.cluster if self._shown is not None else left[0]
        cluster = same if same in left else left[0]  # what lost a part is still in question
        self._shown = shown = unnamed(grouping, embeddings, cluster, self._word)
        tiles = [Tile(part.face, f"{digit}  ·  {len(part.images):,}") for digit, part in enumerate(shown.parts, 1)]
        names = [cluster.name for cluster in grouping.clusters.values() if cluster.named]
        title = told(Sentence("What do these %n picture(s) show?", n=shown.count))
        left_to_name = told(Sentence("%n cluster(s) left", n=len(left)))
        self._dialog.show_cluster(title, left_to_name, shown.offer, tiles, names)

    def _name(self, name: str) -> None:
        if self._shown is None:
            return
        cluster = self._shown.cluster
        label = Sentence("Call {cluster} {name}", cluster=self._session.cluster_name(cluster), name=name)
        try:
            self._editing.apply(label, lambda grouping: name_cluster(grouping, cluster, name))
        except ValueError:  # a name without letters
            return
        self._show_next()

    def _set_apart(self, number: int) -> None:
        """One of several parts; a part that is all of the cluster stays."""
        shown = self._shown
        if shown is None or len(shown.parts) < 2:
            return
        part = shown.parts[number]
        name = self._session.cluster_name(shown.cluster)
        label = Sentence("Set %n picture(s) of {cluster} apart", n=len(part.images), cluster=name)
        self._editing.apply(label, lambda grouping: set_apart(grouping, shown.cluster, [part.images]))
        self._show_next()

    def _skip(self) -> None:
        if self._shown is not None:
            self._skipped.append(self._shown.cluster)
            self._show_next()

    def _undo(self) -> None:
        """The last step, or the last skip."""
        if self._skipped and self._shown is not None:
            self._skipped.pop()
        else:
            self._editing.undo()
        self._show_next()

    def _on_closed(self) -> None:
        self._dialog = self._shown = None
