"""Move to ...: pictures, or whole clusters, to a cluster found by a few letters of its name, or to a new one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shoal.domain import edits
from shoal.domain.grouping import UNSORTED, ClusterId, Grouping, Patch
from shoal.domain.sentence import Sentence
from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.editing import Editing
from shoal.qt.selection import Ids
from shoal.qt.session import Session
from shoal.widgets.actions import EDIT, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.name_picker import NamePicker, Target
from shoal.widgets.theme import CurrentTheme, cluster_argb
from shoal.widgets.translation import QT_TRANSLATE_NOOP, told
from shoal.widgets.views import Views


class Moving(QObject):
    def __init__(
        self,
        window: QWidget,
        session: Session,
        views: Views,
        chosen: ChosenCards,
        editing: Editing,
        theme: CurrentTheme,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._cards = window, session, views.cards
        self._chosen, self._editing, self._theme = chosen, editing, theme

    def ask(self) -> None:
        """Whole clusters, if the keys go to the cards; else the pictures that are selected, if any are."""
        clusters, images = self._chosen.clusters, self._session.selection.images
        if clusters and (self._cards.has_keys or not len(images)):
            self._ask_for_clusters(clusters)
        elif len(images):
            self._ask_for_pictures(images)
        else:
            self._editing.say(Sentence("Choose pictures or a cluster first."))

    def targets(self, without: Sequence[int] = ()) -> list[Target]:
        """The clusters that were used last, then the others in the order of their cards, then Unsorted."""
        session, grouping = self._session, self._session.grouping
        if grouping is None:
            return []
        counts = grouping.counts()
        ids = dict.fromkeys([*self._editing.recent, *session.order.of(grouping), UNSORTED])
        lightness = self._theme.theme.lightness
        return [
            Target(
                id_, session.cluster_name(id_), f"{counts[id_]:,}",
                cluster_argb(grouping.clusters[id_].colour, lightness) if id_ else 0,
            )
            for id_ in ids
            if id_ not in without and id_ in counts
        ]  # fmt: skip

    def _ask_for_pictures(self, images: Ids) -> None:
        grouping = self._session.grouping
        homes = [] if grouping is None else list(dict.fromkeys(grouping.home[images].tolist()))
        picker = self._open(Sentence("Move %n picture(s) to", n=len(images)), homes if len(homes) == 1 else ())
        picker.picked.connect(lambda to: self._editing.move(images, to))
        picker.named_anew.connect(lambda name: self._editing.create(name, images))

    def _ask_for_clusters(self, clusters: Sequence[ClusterId]) -> None:
        names = ", ".join(self._session.cluster_name(cluster) for cluster in clusters)
        picker = self._open(Sentence("Move all of {clusters} into", clusters=names), clusters)
        picker.picked.connect(lambda into: self._put_clusters(clusters, into))
        picker.named_anew.connect(lambda name: self._call_all(clusters, name))

    def _open(self, title: Sentence, without: Sequence[int]) -> NamePicker:
        picker = NamePicker(told(title), self.targets(without), self._window)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session.images_changed.connect(picker.reject_unless)
        picker.open()
        return picker

    def _put_clusters(self, clusters: Sequence[ClusterId], into: int) -> None:
        if into != UNSORTED:
            self._editing.merge(clusters, into)
            self._cards.choose(into)
        else:
            names = ", ".join(self._session.cluster_name(cluster) for cluster in clusters)
            label = Sentence("Dissolve {cluster}", cluster=names)
            self._editing.apply(label, partial(edits.dissolve_clusters, clusters=clusters))

    def _call_all(self, clusters: Sequence[ClusterId], name: str) -> None:
        """One cluster of that name; the largest keeps its identity."""
        names = ", ".join(self._session.cluster_name(cluster) for cluster in clusters)
        label = Sentence("Call {clusters} {name}", clusters=names, name=name)
        grouping = self._session.grouping
        if grouping is not None:
            counts = grouping.counts()
            into = max(clusters, key=lambda id_: counts[id_])
            self._editing.apply(label, partial(_called, clusters=clusters, into=into, name=name))
            self._cards.choose(into)


def _called(grouping: Grouping, clusters: Sequence[ClusterId], into: ClusterId, name: str) -> Patch:
    merged = edits.merge_clusters(grouping, clusters, into)
    renamed = edits.rename_cluster(grouping.patched(merged), into, name)
    return Patch(merged.places, {**merged.clusters, into: (grouping.clusters[into], renamed.clusters[into][1])})


def _build(parts: Parts) -> Handlers:
    moving = Moving(parts.window, parts.session, parts.views, parts.chosen, parts.editing, parts.theme)
    return {"actionMoveTo": moving.ask}


FEATURE = Feature(
    "moving",
    _build,
    (
        ActionRow(
            EDIT,
            33,
            "actionMoveTo",
            QT_TRANSLATE_NOOP("actions", "&Move to ..."),
            shortcut="M",
            needs=Needs.SORTABLE,
            tip=QT_TRANSLATE_NOOP("actions", "Move pictures, or a whole cluster, to a cluster found by its name"),
            edits=True,
            on_picture=6,
            on_card=3,
        ),
    ),
)
