"""What the user's gestures do to clusters: each becomes one undoable step with a name in plain words."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain import edits
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.name_search import same_name
from shoal.domain.sentence import Sentence
from shoal.features.curating.keeping_place import KeepingPlace
from shoal.projects.portraits import core_of
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.qt.session_reading import clusters_by_key
from shoal.widgets.actions import CLUSTERS, EDIT, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.named import named
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told
from shoal.widgets.views import Views


class Curating(QObject):
    def __init__(self, window: QWidget, session: Session, views: Views, chosen: ChosenCards, editing: Editing) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._cards, self._chosen, self._editing = session, views.cards, chosen, editing
        for source in (views.cards, views.grid):
            source.images_dropped.connect(editing.move)
        views.cards.merge_dropped.connect(self._merge)
        views.map_area.images_dropped.connect(self._on_map_drop)
        views.cards.new_cluster_dropped.connect(self.new_cluster)
        views.cards.new_cluster_requested.connect(lambda: self.new_cluster(session.selection.images))
        views.clusters.renamed.connect(self._rename)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "actionUndo": self._editing.undo,
            "actionRedo": self._editing.redo,
            "actionAccept": self._accept,
            "actionUnpin": self._unpin,
            "actionMoveToUnsorted": lambda: self._editing.move(self._session.selection.images, UNSORTED),
            "actionTakeOutGone": self._take_out_gone,
            "actionNewCluster": lambda: self.new_cluster(self._session.selection.images),
            "actionRenameCluster": lambda: self._cards.edit_name(self._chosen.clusters[0]),
            "actionRecolourCluster": self._recolour,
            "actionMergeClusters": self._merge_chosen,
            "actionDissolveCluster": self._dissolve,
        }

    def _on_map_drop(self, images: Ids, nearest: int) -> None:
        """A drop on the map means the cluster of the picture nearest to it."""
        grouping = self._session.grouping
        if grouping is not None:
            self._editing.move(images, int(grouping.home[nearest]))

    def _accept(self) -> None:
        images = self._session.selection.images
        label = Sentence("Keep %n picture(s) where they are", n=len(images))
        self._editing.apply(label, lambda grouping: edits.accept_images(grouping, images))

    def _unpin(self) -> None:
        images = self._session.selection.images
        label = Sentence("Let go of %n picture(s)", n=len(images))
        self._editing.apply(label, lambda grouping: edits.unpin_images(grouping, images))

    def _take_out_gone(self) -> None:
        """What comes back is placed like a new picture."""
        gone = self._session.gone
        label = Sentence("Take out %n picture(s) that are gone", n=len(gone))
        self._editing.apply(label, lambda grouping: edits.take_out_images(grouping, gone))

    def new_cluster(self, images: Ids) -> None:
        """Of these pictures, with its name open to be typed; an empty one to be filled if there are none."""
        fresh = self._editing.create(self.tr("New cluster"), images)
        if fresh is not None:
            self._cards.edit_name(fresh)

    def _rename(self, cluster: int, name: str) -> None:
        """Two of one name are told from one another by nobody: it is asked whether they are the same."""
        grouping = self._session.grouping
        others = {} if grouping is None else grouping.clusters
        same = [id_ for id_, other in others.items() if id_ != cluster and same_name(name, other.name)]
        if same:
            self._ask_whether_same(cluster, same[0], name)
        else:
            self._call(cluster, name)

    def _ask_whether_same(self, cluster: int, other: ClusterId, name: str) -> None:
        box = named(QMessageBox(self._window), "sameName")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Shoal")
        box.setText(told(Sentence("There is a cluster {name} already.", name=self._session.cluster_name(other))))
        box.setInformativeText(told(Sentence("Merge the two, or keep two clusters of one name?")))
        merge = named(box.addButton(self.tr("Merge"), QMessageBox.ButtonRole.AcceptRole), "sameNameMerge")
        keep = named(box.addButton(self.tr("Keep both"), QMessageBox.ButtonRole.DestructiveRole), "sameNameKeep")
        named(box.addButton(QMessageBox.StandardButton.Cancel), "sameNameCancel")
        box.setDefaultButton(merge)
        answers = {merge: partial(self._merge, [cluster], other), keep: partial(self._call, cluster, name)}
        box.buttonClicked.connect(lambda button: answers.get(button, lambda: None)())
        box.open()

    def _call(self, cluster: int, name: str) -> None:
        """The pictures most typical of it are kept in what they gave its name to, whatever is clustered later."""
        label = Sentence("Rename {old} to {new}", old=self._session.cluster_name(cluster), new=name)
        core = core_of(self._session.members(ClusterId(cluster)), self._session.portraits.typicality)
        self._editing.apply(label, lambda grouping: edits.rename_cluster(grouping, ClusterId(cluster), name, core))

    def _recolour(self) -> None:
        for cluster in self._chosen.clusters[:1]:
            label = Sentence("Recolour {cluster}", cluster=self._session.cluster_name(cluster))
            self._editing.apply(label, partial(_with_free_colour, cluster=cluster))

    def _merge_chosen(self) -> None:
        """The largest keeps its identity."""
        clusters, grouping = self._chosen.clusters, self._session.grouping
        if grouping is not None and len(clusters) > 1:
            counts = grouping.counts()
            into = max(clusters, key=lambda id_: counts[id_])
            self._merge([id_ for id_ in clusters if id_ != into], into)

    def _merge(self, clusters: Sequence[int], into: int) -> None:
        """And on to the result."""
        self._editing.merge(clusters, into)
        self._cards.choose(into)

    def _dissolve(self) -> None:
        for cluster in self._chosen.clusters[:1]:
            label = Sentence("Dissolve {cluster}", cluster=self._session.cluster_name(cluster))
            self._editing.apply(label, partial(edits.dissolve_cluster, cluster=cluster))

    def send_to_number(self, number: int) -> None:
        """Keys 1-9: to the cluster that has the key."""
        cluster = clusters_by_key(self._session).get(number)
        if cluster is None and self._session.grouping is not None:
            told = Sentence("Nobody has the key {digit}: choose a card and press Ctrl+{digit}.", digit=number)
            self._editing.say(told)
        elif cluster is not None and len(self._session.selection):
            self._editing.move(self._session.selection.images, cluster)

    def give_number(self, number: int) -> None:
        """To the cluster whose card is chosen."""
        if len(self._chosen.clusters) == 1:
            self._editing.give_digit(number, self._chosen.clusters[0])
        else:
            self._editing.say(Sentence("Choose the card that is to have the key {digit}.", digit=number))


def _with_free_colour(grouping: Grouping, cluster: ClusterId) -> Patch:
    return edits.recolour_cluster(grouping, cluster, edits.free_colours(grouping, 1)[0])


def _build(parts: Parts) -> Handlers:
    views = parts.views
    curating = Curating(parts.window, parts.session, views, parts.chosen, parts.editing)
    KeepingPlace(parts.session, views.grid, views.cards, parts.editing)
    parts.number_pressed.connect(curating.send_to_number)
    parts.number_given.connect(curating.give_number)
    return curating.handlers


_edit, _cluster = (partial(ActionRow, menu, edits=True) for menu in (EDIT, CLUSTERS))

FEATURE = Feature(
    "curating",
    _build,
    (
        _edit(
            12,
            "actionTakeOutGone",
            QT_TRANSLATE_NOOP("actions", "&Take out what is gone"),
            needs=Needs.GONE,
            tip=QT_TRANSLATE_NOOP("actions", "Show pictures no longer whose files are not there any more"),
        ),
        _edit(10, "actionUndo", QT_TRANSLATE_NOOP("actions", "&Undo"), shortcut="Ctrl+Z", needs=Needs.UNDO),
        _edit(11, "actionRedo", QT_TRANSLATE_NOOP("actions", "&Redo"), shortcut="Ctrl+Shift+Z", needs=Needs.REDO),
        _edit(
            30,
            "actionAccept",
            QT_TRANSLATE_NOOP("actions", "&Keep here"),
            shortcut="K",
            needs=Needs.SELECTION,
            tip=QT_TRANSLATE_NOOP("actions", "Pin the selected pictures to their clusters"),
            on_picture=3,
        ),
        _edit(
            31,
            "actionUnpin",
            QT_TRANSLATE_NOOP("actions", "&Let go"),
            shortcut="Shift+K",
            needs=Needs.SELECTION,
            on_picture=4,
        ),
        _edit(
            32,
            "actionMoveToUnsorted",
            QT_TRANSLATE_NOOP("actions", "Move to &Unsorted"),
            shortcut="Backspace",
            needs=Needs.SELECTION,
            on_picture=5,
        ),
        _cluster(
            20,
            "actionNewCluster",
            QT_TRANSLATE_NOOP("actions", "&New cluster from selection"),
            shortcut="Ctrl+N",
            needs=Needs.SELECTION,
            on_picture=7,
        ),
        _cluster(
            21,
            "actionRenameCluster",
            QT_TRANSLATE_NOOP("actions", "&Rename"),
            shortcut="F2",
            needs=Needs.ONE_CLUSTER,
            on_card=1,
        ),
        _cluster(
            22,
            "actionRecolourCluster",
            QT_TRANSLATE_NOOP("actions", "Next c&olour"),
            needs=Needs.ONE_CLUSTER,
            on_card=2,
        ),
        _cluster(
            23,
            "actionMergeClusters",
            QT_TRANSLATE_NOOP("actions", "&Merge"),
            shortcut="Ctrl+M",
            needs=Needs.TWO_CLUSTERS,
            on_card=4,
        ),
        _cluster(
            26, "actionDissolveCluster", QT_TRANSLATE_NOOP("actions", "&Dissolve"), needs=Needs.ONE_CLUSTER, on_card=6
        ),
    ),
    page=4,
)
