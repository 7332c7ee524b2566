"""What the machine suggests about pictures, to be followed or refused for good."""

from shoal.widgets.actions import EDIT, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


def _build(parts: Parts) -> Handlers:
    selection, editing = parts.session.selection, parts.editing
    return {
        "actionFollowSuggestion": lambda: editing.follow_suggestions(selection.images),
        "actionRefuseSuggestion": lambda: editing.refuse_suggestions(selection.images),
    }


FEATURE = Feature(
    "suggesting",
    _build,
    (
        ActionRow(
            EDIT,
            40,
            "actionFollowSuggestion",
            QT_TRANSLATE_NOOP("actions", "Move &where suggested"),
            shortcut="Y",
            needs=Needs.SUGGESTION,
            tip=QT_TRANSLATE_NOOP("actions", "Put the selected pictures where most of those like them are"),
            edits=True,
            on_picture=1,
        ),
        ActionRow(
            EDIT,
            41,
            "actionRefuseSuggestion",
            QT_TRANSLATE_NOOP("actions", "Not t&here"),
            shortcut="N",
            needs=Needs.SUGGESTION,
            tip=QT_TRANSLATE_NOOP("actions", "Never suggest again that the selected pictures belong there"),
            edits=True,
            on_picture=2,
        ),
    ),
)
