"""The map follows the cards, and the cards the map: what is chosen is lit, labels choose and name clusters."""

from PySide6.QtCore import QObject

from shoal.qt.chosen_cards import ChosenCards
from shoal.qt.cluster_model import ClusterModel
from shoal.widgets.cluster_panel import ClusterPanel
from shoal.widgets.grid_presenter import GridPresenter
from shoal.widgets.map_place import MapPlace
from shoal.widgets.map_presenter import MapPresenter


class Lighting(QObject):
    def __init__(
        self,
        chosen: ChosenCards,
        place: MapPlace,
        map_presenter: MapPresenter,
        grid_presenter: GridPresenter,
        cards: ClusterModel,
        panel: ClusterPanel,
    ) -> None:
        super().__init__(place)
        self._chosen, self._map, self._cards, self._panel = chosen, map_presenter, cards, panel
        chosen.changed.connect(self._light)
        grid_presenter.changed_subject.connect(self._light)
        place.cluster_chosen.connect(panel.choose)
        place.cluster_renamed.connect(self._rename)

    def _light(self) -> None:
        self._map.light(self._chosen.clusters)

    def _rename(self, cluster: int, name: str) -> None:
        if self._cards.editable and any(card.id == cluster and card.name != name for card in self._cards.cards):
            self._cards.renamed.emit(cluster, name)
