"""What features may ask of the views that they share; what these are made of is the window's own business.

A feature that needs more of a view asks for it here, where it can be read beside all that others ask for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from shoal.qt.cluster_model import ClusterModel
from shoal.qt.cluster_order import ClusterSort
from shoal.qt.jobs import JobReport

if TYPE_CHECKING:  # handed through: what a feature is does not depend on what views are made of
    from shoal.widgets.grid_choosing import GridChoosing, GridPage
    from shoal.widgets.grid_presenter import GridPresenter, Order
    from shoal.widgets.map_presenter import MapPresenter
    from shoal.widgets.model_picker import ModelEntry


class Cards(Protocol):
    """The list of clusters: which cards are chosen, and what was done with the mouse on them."""

    chosen: SignalInstance
    images_dropped: SignalInstance
    merge_dropped: SignalInstance
    paths_dropped: SignalInstance
    new_cluster_dropped: SignalInstance
    new_cluster_requested: SignalInstance
    parent_dropped: SignalInstance
    parent_renamed: SignalInstance
    fold_toggled: SignalInstance
    context_requested: SignalInstance
    sort_requested: SignalInstance

    @property
    def chosen_ids(self) -> list[int]: ...

    @property
    def has_keys(self) -> bool: ...

    def choose(self, card_id: int) -> None: ...

    def choose_all(self, card_ids: Sequence[int]) -> None: ...

    def mark(self, card_ids: Sequence[int]) -> None: ...

    def edit_name(self, card_id: int) -> None: ...

    def show_sorting(self, by: ClusterSort) -> None: ...

    def holds(self, focus: QWidget | None) -> bool: ...


class Grid(Protocol):
    """The pictures: `page` tells what stands where, `choosing` selects. What is selected in its name moves nothing."""

    page: "GridPage"
    choosing: "GridChoosing"
    loupe_requested: SignalInstance
    images_dropped: SignalInstance
    context_requested: SignalInstance

    @property
    def picture_size(self) -> int: ...

    def set_picture_size(self, pixels: int) -> None: ...

    def show_names(self, shown: bool) -> None: ...

    def scroll_to_image(self, image: int) -> None: ...

    def hasFocus(self) -> bool: ...

    def setFocus(self) -> None: ...


class MapArea(Protocol):
    """Where the map is, or will be once it is loaded."""

    image_activated: SignalInstance
    context_requested: SignalInstance
    images_dropped: SignalInstance
    cluster_chosen: SignalInstance
    cluster_renamed: SignalInstance

    def zoom_to_selection(self) -> None: ...

    def zoom_to_all(self) -> None: ...


class Orders(Protocol):
    """In which order the pictures are, and what is shown in place of those of the cards."""

    order_chosen: SignalInstance
    others_let_go: SignalInstance

    def show_order(self, order: "Order | None", instead: str = "") -> None: ...

    def show_others(self, what: str) -> None: ...


class Models(Protocol):
    """The models to choose from. `picked` tells of one chosen by hand, `changed` of any."""

    picked: SignalInstance
    changed: SignalInstance

    @property
    def model_name(self) -> str: ...

    @property
    def is_empty(self) -> bool: ...

    def entries(self) -> dict[str, str]: ...

    def label_of(self, name: str) -> str: ...

    def show_entries(self, entries: "Sequence[ModelEntry]", plain: "Sequence[ModelEntry]" = ()) -> None: ...

    def choose(self, name: str) -> None: ...

    def offer(self, name: str, label: str) -> None: ...


class Dial(Protocol):
    """From one thing (0) to another (1)."""

    moved: SignalInstance
    let_go: SignalInstance

    @property
    def share(self) -> float: ...

    @property
    def is_held(self) -> bool: ...

    def put(self, share: float) -> None: ...

    def enable(self, possible: bool) -> None: ...


class Search(Protocol):
    """The field that is searched with, by names or by what pictures show. It takes pictures as well."""

    typed: SignalInstance
    entered: SignalInstance
    mode_changed: SignalInstance
    images_given: SignalInstance
    files_given: SignalInstance
    picture_given: SignalInstance

    @property
    def sought(self) -> str: ...

    @property
    def searches_content(self) -> bool: ...

    def begin_search(self) -> None: ...

    def clear_search(self) -> None: ...

    def offer_content(self, offered: bool) -> None: ...

    def complete(self, words: Sequence[str]) -> None: ...


class Notice(Protocol):
    """One sentence across the window, until it is read. `said` may be emitted from any thread."""

    said: SignalInstance

    def show_text(self, text: str) -> None: ...


class NoticeBar(Protocol):
    """What was done just now, for a while, with the way back."""

    def say(self, sentence: str, verb: str = "", back: Callable[[], object] | None = None) -> None: ...

    def hide(self) -> None: ...


class Status(Protocol):
    """The line below everything: what is being done, or how it ended."""

    cancel_requested: SignalInstance

    def begin(self, name: str) -> None: ...

    def show_report(self, report: JobReport) -> None: ...

    def rest(self, message: str) -> None: ...

    def show_waiting(self, names: Sequence[str]) -> None: ...

    def show_remark(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """The presenters decide what grid and map show; `clusters` is what the cards are drawn from.

    `detail` goes from coarse to fine, `moment` from what pictures look like to when they were taken.
    """

    clusters: ClusterModel
    cards: Cards
    grid: Grid
    grid_presenter: "GridPresenter"
    map_area: MapArea
    map_presenter: "MapPresenter"
    orders: Orders
    models: Models
    detail: Dial
    moment: Dial
    search: Search
    notice: Notice
    notice_bar: NoticeBar
    status: Status
