"""The order of the clusters, as the user wants it; remembered from one start to the next."""

from PySide6.QtCore import QObject, QSettings

from shoal.qt.cluster_order import ClusterSort
from shoal.qt.session import Session, sort_clusters
from shoal.widgets.views import Cards


class Arranging(QObject):
    def __init__(self, session: Session, cards: Cards) -> None:
        super().__init__(session)
        self._session, self._cards = session, cards
        cards.sort_requested.connect(self._sort)
        cards.show_sorting(session.order.by)

    def restore(self, memory: QSettings) -> None:
        kept = memory.value("cluster_order")
        self._sort(next((by for by in ClusterSort if by.value == kept), ClusterSort.SIZE))

    def save(self, memory: QSettings) -> None:
        memory.setValue("cluster_order", self._session.order.by.value)

    def _sort(self, by: ClusterSort) -> None:
        sort_clusters(self._session, by)
        self._cards.show_sorting(by)
