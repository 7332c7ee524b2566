"""Corrections that teach: every cluster named in one pass, then the doubtful pictures of all of them in one list."""

from functools import partial

from shoal.features.teaching.bins import KnownBins
from shoal.features.teaching.doubtful import Doubtful
from shoal.features.teaching.more_like_these import MoreLikeThese
from shoal.features.teaching.naming_pass import NamingPass
from shoal.widgets.actions import CLUSTERS, FILE, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


def _build(parts: Parts) -> Handlers:
    session, editing = parts.session, parts.editing
    doubtful = Doubtful(parts.window, session, editing, parts.pictures)
    parts.at_close.append(doubtful.shutdown)
    naming = NamingPass(parts.window, session, editing, parts.workplace.name_style.word)
    bins = KnownBins(parts.window, session, editing, parts.jobs, doubtful)
    more = MoreLikeThese(parts.window, parts.places.over_pictures, session, editing)
    parts.at_close.append(more.shutdown)
    return {
        "actionMoreLikeThese": more.open,
        "actionNamePass": naming.open,
        "actionDoubtful": doubtful.open,
        "actionSaveBins": bins.ask_to_save,
        "actionUseBins": bins.ask_to_use,
        "actionStartFromFolders": bins.start_from_folders,
    }


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
        _row(
            34,
            "actionMoreLikeThese",
            QT_TRANSLATE_NOOP("actions", "More like &these ..."),
            shortcut="Ctrl+Shift+L",
            tip=QT_TRANSLATE_NOOP("actions", "Pictures elsewhere that look like those you moved to one cluster"),
        ),
        ActionRow(
            FILE,
            25,
            "actionSaveBins",
            QT_TRANSLATE_NOOP("actions", "Save &bins for other folders ..."),
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "Keep the clusters that you named, so that other pictures fall into them"),
        ),
        ActionRow(
            FILE,
            26,
            "actionUseBins",
            QT_TRANSLATE_NOOP("actions", "Sort into &known bins ..."),
            needs=Needs.CLUSTERS,
            tip=QT_TRANSLATE_NOOP("actions", "Put pictures into the clusters of a scheme; unsure ones into Unsorted"),
            edits=True,
        ),
        ActionRow(
            FILE,
            27,
            "actionStartFromFolders",
            QT_TRANSLATE_NOOP("actions", "Start from my s&ub-folders"),
            needs=Needs.IMAGES,
            tip=QT_TRANSLATE_NOOP("actions", "Take the sub-folders for the clusters, and show what looks misplaced"),
            edits=True,
        ),
    ),
    page=5,
)
