"""Writing the clusters out from the window: what can be asked for. The window does not wait for what answers it."""

from functools import cache
from typing import TYPE_CHECKING

from shoal.widgets.actions import FILE, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from shoal.features.exporting.past_exporting import PastExporting
    from shoal.features.exporting.writing_out import Exporting


def _build(parts: Parts) -> Handlers:
    workplace = parts.workplace

    @cache
    def past() -> "PastExporting":
        from shoal.features.exporting.past_exporting import PastExporting  # noqa: PLC0415 - see above

        journals = workplace.locations.export_journals
        built = PastExporting(parts.window, parts.jobs, journals, lambda: workplace.whole_picture)
        parts.at_close.append(built.shutdown)
        return built

    @cache
    def exporting() -> "Exporting":
        from shoal.features.exporting.writing_out import Exporting  # noqa: PLC0415 - see above

        return Exporting(parts, past())

    return {"actionExport": lambda: exporting().ask(), "actionPastExports": lambda: past().ask()}


FEATURE = Feature(
    "exporting",
    _build,
    (
        ActionRow(
            FILE,
            20,
            "actionExport",
            QT_TRANSLATE_NOOP("actions", "&Export ..."),
            shortcut="Ctrl+E",
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "Write the clusters out as folders"),
        ),
        ActionRow(
            FILE,
            21,
            "actionPastExports",
            QT_TRANSLATE_NOOP("actions", "Past e&xports ..."),
            shortcut="Ctrl+Shift+E",
            tip=QT_TRANSLATE_NOOP("actions", "Show, go on with or take back what was exported, also on earlier days"),
        ),
    ),
    page=7,
)
