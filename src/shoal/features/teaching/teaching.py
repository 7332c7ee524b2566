"""Corrections that teach: every cluster named in one pass, then the doubtful pictures of all of them in one list."""

from functools import partial

from shoal.features.teaching.doubtful import Doubtful
from shoal.features.teaching.naming_pass import NamingPass
from shoal.widgets.actions import CLUSTERS, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


def _build(parts: Parts) -> Handlers:
    session, editing = parts.session, parts.editing
    doubtful = Doubtful(parts.window, session, editing, parts.pictures)
    parts.at_close.append(doubtful.shutdown)
    naming = NamingPass(parts.window, session, editing, parts.workplace.name_style.word)
    return {"actionNamePass": naming.open, "actionDoubtful": doubtful.open}


_row = partial(ActionRow, CLUSTERS, needs=Needs.CLUSTERS, edits=True)

FEATURE = Feature(
    "teaching",
    _build,
    (
        _row(
            32,
            "actionNamePass",
            QT_TRANSLATE_NOOP("actions", "Naming &pass ..."),
            shortcut="Ctrl+Shift+N",
            tip=QT_TRANSLATE_NOOP("actions", "Name cluster after cluster; a name there is puts two together"),
        ),
        _row(
            33,
            "actionDoubtful",
            QT_TRANSLATE_NOOP("actions", "Dou&btful pictures ..."),
            shortcut="Ctrl+Shift+D",
            tip=QT_TRANSLATE_NOOP("actions", "The likeliest mistakes of all clusters, one after the other, by keys"),
        ),
    ),
    page=10,
)
