"""The map follows the cards, and the cards the map: what is chosen is lit, labels choose and name clusters."""

from PySide6.QtCore import QObject

from shoal.qt.chosen_cards import ChosenCards
from shoal.widgets.views import Views


class Lighting(QObject):
    def __init__(self, chosen: ChosenCards, views: Views) -> None:
        super().__init__(chosen)
        self._chosen, self._map, self._clusters = chosen, views.map_presenter, views.clusters
        chosen.changed.connect(self._light)
        views.grid_presenter.changed_subject.connect(self._light)
        views.map_area.cluster_chosen.connect(views.cards.choose)
        views.map_area.cluster_renamed.connect(self._rename)

    def _light(self) -> None:
        self._map.light(self._chosen.clusters)

    def _rename(self, cluster: int, name: str) -> None:
        if self._clusters.editable and any(card.id == cluster and card.name != name for card in self._clusters.cards):
            self._clusters.renamed.emit(cluster, name)
