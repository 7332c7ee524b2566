"""One image up close: a large preview, when and with what it was taken, and why it is where it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from shoal.domain.verdicts import Verdict
from shoal.features.inspecting.picture_box import PictureBox
from shoal.qt.thumbnails import Thumbnails
from shoal.widgets.fitting import square_of
from shoal.widgets.named import in_bold, named
from shoal.widgets.verdict_bar import VerdictBar

_NEAR = 64


@dataclass(frozen=True, slots=True)
class InspectorContent:
    """`facts` are (label, text) rows; `nearest` image ids with their similarity; `reason` one plain sentence.

    `suggestion` names the cluster in which most pictures like this one are, if that is another; "" for none.
    `part`: where a network looked, in shares of width and height; None for all of the picture. `verdict`: stars, flag
    and label that count; None where none can be given yet.
    """

    image: int
    title: str
    facts: Sequence[tuple[str, str]]
    nearest: Sequence[tuple[int, float]] = ()
    reason: str = ""
    suggestion: str = ""
    part: tuple[float, float, float, float] | None = None
    verdict: Verdict | None = None


class Inspector(QWidget):
    image_chosen = Signal(int)
    loupe_requested = Signal(int)
    suggestion_followed = Signal(int)
    suggestion_refused = Signal(int)
    verdict_given = Signal(int, int, int)
    """The image, then as `VerdictBar.given`."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setWindowTitle(self.tr("Inspector"))
        self._thumbnails = thumbnails
        self._content: InspectorContent | None = None
        self._preview = named(PictureBox(), "inspectorPreview", self.tr("Preview"))
        self._preview.show_hint(self.tr("Click a picture to see it here, and why it is in its cluster."))
        self._preview.setToolTip(self.tr("Look at it large  (Space)"))
        self._preview.clicked.connect(self._on_preview_clicked)
        self._title = _plain_label("inspectorTitle")
        self._title.setWordWrap(False)
        in_bold(self._title)
        self._verdict = VerdictBar()
        self._verdict.given.connect(self._give)
        self._facts = QFormLayout(horizontalSpacing=10, verticalSpacing=3)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._reason = _plain_label("inspectorReason")
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._near = QHBoxLayout()
        self._near.setSpacing(6)
        self._near.addStretch()
        self._nearest: list[QToolButton] = []
        self._arrange()
        thumbnails.arrived.connect(self._on_thumbnails)
        self.setMinimumWidth(210)
        self.show_content(None)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        self._edge = layout.contentsMargins().left()
        layout.addWidget(self._preview)
        layout.addWidget(self._title)
        layout.addWidget(self._verdict)
        layout.addLayout(self._facts)
        layout.addSpacing(8)
        layout.addWidget(self._reason)
        layout.addLayout(self._near)
        layout.addSpacing(8)
        layout.addWidget(self._suggestion_box())
        layout.addStretch(1)

    def show_content(self, content: InspectorContent | None) -> None:
        """Show one image, or nothing."""
        same = self._content is not None and content is not None and self._content.image == content.image
        self._content = content
        self._show_facts(content.facts if content else ())
        self._show_title()
        self._reason.setText(content.reason if content else "")
        suggestion = content.suggestion if content else ""
        self._suggested.setVisible(bool(suggestion))
        self._advice.setText(self.tr("Most pictures like this one are in {0}.").format(suggestion))
        self._verdict.setVisible(content is not None and content.verdict is not None)
        if content is not None and content.verdict is not None:
            self._verdict.show_verdict(content.verdict)
        self._preview.mark_part(content.part if content else None)
        if not same:
            self._preview.show_picture(self._thumbnails.pixmap(content.image) if content else None)
        self._show_nearest()

    def show_preview(self, image: int, picture: QImage) -> None:
        """The large picture once it is decoded; ignored if another image is shown by now."""
        if self._content is not None and self._content.image == image and not picture.isNull():
            self._preview.show_picture(picture)

    def _suggestion_box(self) -> QWidget:
        self._suggested = named(QWidget(), "suggestion")
        self._advice = _plain_label("suggestionText")
        row = QHBoxLayout()
        for name, text, signal in (
            ("suggestionFollow", self.tr("Move it there  (Y)"), self.suggestion_followed),
            ("suggestionRefuse", self.tr("Not there  (N)"), self.suggestion_refused),
        ):
            button = named(QPushButton(text), name)
            button.clicked.connect(lambda _on=False, signal=signal: self._answer(signal))
            row.addWidget(button)
        column = QVBoxLayout(self._suggested)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._advice)
        column.addLayout(row)
        self._suggested.hide()
        return self._suggested

    def _answer(self, signal: SignalInstance) -> None:
        if self._content is not None:
            signal.emit(self._content.image)

    def _give(self, column: int, value: int) -> None:
        if self._content is not None:
            self.verdict_given.emit(self._content.image, column, value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_title()

    def _show_title(self) -> None:
        """A name has no place for a second line to begin, and would be cut off; the whole of it is told by a tip."""
        title, room = self._content.title if self._content else "", self.width() - 2 * self._edge
        shown = self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, room)
        self._title.setText(shown)
        self._title.setToolTip(title if shown != title else "")

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """In the labels that are there: to make and dress new ones takes longer than all else that a picture costs."""
        while len(self._rows) < len(facts):
            self._rows.append((_quiet(""), _plain_label("")))
            self._facts.addRow(*self._rows[-1])
        for row, (name, value) in enumerate(self._rows):
            self._facts.setRowVisible(row, row < len(facts))
            if row < len(facts):
                name.setText(facts[row][0])
                value.setText(facts[row][1])

    def _show_nearest(self) -> None:
        nearest = self._content.nearest if self._content else ()
        while len(self._nearest) < len(nearest):
            self._nearest.append(self._near_button())
            self._near.insertWidget(len(self._nearest) - 1, self._nearest[-1])
        for place, button in enumerate(self._nearest):
            button.setVisible(place < len(nearest))
            if place < len(nearest):
                image, similarity = nearest[place]
                button.setText(f"{similarity:.0%}")
                button.setAccessibleName(self.tr("Similar picture, {0}").format(f"{similarity:.0%}"))
                button.setProperty("image", image)
        self._on_thumbnails()

    def _near_button(self) -> QToolButton:
        button = QToolButton(autoRaise=True, toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(_NEAR, _NEAR))
        button.setToolTip(self.tr("Show this picture"))
        button.clicked.connect(lambda: self.image_chosen.emit(int(button.property("image"))))
        return button

    def _on_thumbnails(self) -> None:
        for button in self._nearest:
            picture = None if button.isHidden() else self._thumbnails.pixmap(int(button.property("image")))
            shown = 0 if picture is None else picture.cacheKey()
            if shown != button.property("shown"):
                button.setProperty("shown", shown)
                button.setIcon(self._icon_of(picture))

    def _icon_of(self, picture: QPixmap | None) -> QIcon:
        if picture is None or picture.isNull():
            return QIcon()
        return QIcon(square_of(picture, _NEAR, self.devicePixelRatioF()))

    def _on_preview_clicked(self) -> None:
        if self._content is not None:
            self.loupe_requested.emit(self._content.image)


def _plain_label(name: str) -> QLabel:
    """What files say about themselves is text, whatever markup it contains."""
    label = named(QLabel(), name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setEnabled(False)
    return label
