"""Which pictures are good: stars, picks, rejections, colour labels."""

from functools import partial

from shoal.delivering.picture_table import Readings, exposures_of
from shoal.delivering.said_in_files import said_in_files
from shoal.features.culling.filtering import Filtering
from shoal.features.culling.marking import DIGITS, GO_ON, Marking, handlers_of
from shoal.features.culling.reading import VerdictsInFiles
from shoal.features.culling.writing import Writing
from shoal.widgets.actions import MARKS, VIEW, ActionRow, Needs
from shoal.widgets.feature import Feature, Handlers, Parts
from shoal.widgets.translation import QT_TRANSLATE_NOOP


def _build(parts: Parts) -> Handlers:
    session, memory = parts.session, parts.memory
    marking = Marking(parts.window, session, parts.views, parts.chosen, parts.editing, parts.actions)
    in_files = VerdictsInFiles(session, partial(said_in_files, cache=parts.workplace.said))
    parts.at_start.append(lambda: marking.restore(memory))
    parts.at_close.append(lambda: marking.save(memory))
    parts.at_close.append(in_files.shutdown)
    writing = Writing(parts.window, session, parts.jobs, parts.workplace, parts.views.notice_bar)
    filtering = Filtering(parts.window, session, parts.views, Readings(exposures_of(parts.workplace.pictures)))
    parts.places.add_bar(filtering.bar)
    parts.at_start.append(lambda: filtering.restore(memory))
    parts.at_close.append(lambda: filtering.save(memory))
    parts.at_close.append(filtering.shutdown)
    return {
        **handlers_of(marking),
        "actionFilter": filtering.turn,
        "actionWriteMarks": writing.ask,
        "actionTakeMarksBack": writing.take_back,
    }


_mark = partial(ActionRow, MARKS, edits=True, needs=Needs.SORTABLE, with_shift=True)
_switch = partial(ActionRow, MARKS, switch=True)

FEATURE = Feature(
    "culling",
    _build,
    (
        _mark(10, "actionPick", QT_TRANSLATE_NOOP("actions", "&Pick"), shortcut="P", on_picture=31, on_card=31),
        _mark(11, "actionReject", QT_TRANSLATE_NOOP("actions", "&Reject"), shortcut="X", on_picture=32, on_card=32),
        _mark(12, "actionNoFlag", QT_TRANSLATE_NOOP("actions", "&Neither"), shortcut="U", on_picture=33, on_card=33),
        _mark(20, "actionStars0", QT_TRANSLATE_NOOP("actions", "N&o stars"), shortcut="Alt+0"),
        _mark(21, "actionStars1", "★", shortcut="Alt+1"),
        _mark(22, "actionStars2", "★★", shortcut="Alt+2"),
        _mark(23, "actionStars3", "★★★", shortcut="Alt+3"),
        _mark(24, "actionStars4", "★★★★", shortcut="Alt+4"),
        _mark(25, "actionStars5", "★★★★★", shortcut="Alt+5"),
        _mark(30, "actionLabelRed", QT_TRANSLATE_NOOP("actions", "Red"), shortcut="Alt+6"),
        _mark(31, "actionLabelYellow", QT_TRANSLATE_NOOP("actions", "Yellow"), shortcut="Alt+7"),
        _mark(32, "actionLabelGreen", QT_TRANSLATE_NOOP("actions", "Green"), shortcut="Alt+8"),
        _mark(33, "actionLabelBlue", QT_TRANSLATE_NOOP("actions", "Blue"), shortcut="Alt+9"),
        _mark(34, "actionLabelPurple", QT_TRANSLATE_NOOP("actions", "Purple")),
        _mark(35, "actionNoLabel", QT_TRANSLATE_NOOP("actions", "No label")),
        _switch(
            40,
            GO_ON,
            QT_TRANSLATE_NOOP("actions", "&Go on to the next picture"),
            tip=QT_TRANSLATE_NOOP("actions", "After a mark; Shift with its key does it the other way round"),
        ),
        _switch(
            41,
            DIGITS,
            QT_TRANSLATE_NOOP("actions", "&Digits give stars and labels"),
            shortcut="Ctrl+Alt+D",
            tip=QT_TRANSLATE_NOOP("actions", "0 to 5 are stars, 6 to 9 labels; otherwise digits send to clusters"),
        ),
        ActionRow(
            VIEW,
            35,
            "actionFilter",
            QT_TRANSLATE_NOOP("actions", "&Filter pictures"),
            shortcut="Ctrl+Shift+F",
            needs=Needs.IMAGES,
            tip=QT_TRANSLATE_NOOP("actions", "By stars, flag, label, camera, date, exposure and more"),
        ),
        ActionRow(
            MARKS,
            50,
            "actionWriteMarks",
            QT_TRANSLATE_NOOP("actions", "&Write into sidecars ..."),
            shortcut="Ctrl+S",
            needs=Needs.IMAGES,
            tip=QT_TRANSLATE_NOOP("actions", "Stars, flags and labels given here, for other programs to read"),
        ),
        ActionRow(
            MARKS,
            51,
            "actionTakeMarksBack",
            QT_TRANSLATE_NOOP("actions", "&Take the last writing back"),
            needs=Needs.IMAGES,
        ),
    ),
    page=6,
)
