"""The keys of every menu entry: as they come, as in the programs people come from, or as they choose themselves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from shoal.setup.shortcuts import Shortcuts
from shoal.widgets.actions import ActionRow
from shoal.widgets.translation import QT_TRANSLATE_NOOP

TAKEN: Mapping[str, str] = {
    **dict.fromkeys("123456789", QT_TRANSLATE_NOOP("keys", "Send the selection to the cluster with that key")),
    **{f"Ctrl+{digit}": QT_TRANSLATE_NOOP("keys", "Give the chosen card that key, for good") for digit in "123456789"},
    "Space": QT_TRANSLATE_NOOP("keys", "Look at the picture large; arrows go on"),
}
"""Keys that belong to the grid, whatever else is chosen, with what they do."""


@dataclass(frozen=True, slots=True)
class Preset:
    """`keys` has only what differs from our own: action -> keys, empty for none.

    `digits_mark`: people coming from there type digits for stars and labels.
    """

    name: str
    label: str
    keys: Mapping[str, str]
    digits_mark: bool = False


PRESETS: tuple[Preset, ...] = (
    Preset("", "Shoal", {}),
    Preset(
        "lightroom",
        "Lightroom Classic",
        {
            "actionOpenFolder": "Ctrl+Shift+I",
            "actionAddFolder": "Ctrl+Alt+Shift+I",
            "actionExport": "Ctrl+Shift+E",
            "actionPastExports": "Ctrl+Alt+Shift+E",
            "actionReveal": "Ctrl+R",
            "actionRecluster": "Ctrl+Shift+R",
            "actionRedo": "Ctrl+Y",
            "actionLoupe": "E",
            "actionFilter": "\\",
            "actionLarger": "=",
            "actionSmaller": "-",
            "actionShortcuts": "Ctrl+/",
        },
        digits_mark=True,
    ),
    Preset(
        "photo_mechanic",
        "Photo Mechanic",
        {
            "actionPick": "Ctrl++",
            "actionNoFlag": "Ctrl+-",
            "actionLoupe": "Ctrl+R",
            "actionRecluster": "Ctrl+Shift+R",
            "actionRefresh": "/",
            "actionLarger": "",
            "actionSmaller": "",
        },
        digits_mark=True,
    ),
    Preset(
        "digikam",
        "digiKam",
        {
            **dict.fromkeys([f"actionStars{number}" for number in range(6)], ""),
            "actionReject": "Alt+1",
            "actionPick": "Alt+3",
            "actionNoFlag": "Alt+0",
            "actionLabelRed": "Ctrl+Alt+1",
            "actionLabelYellow": "Ctrl+Alt+3",
            "actionLabelGreen": "Ctrl+Alt+4",
            "actionLabelBlue": "Ctrl+Alt+5",
            "actionLabelPurple": "Ctrl+Alt+6",
            "actionNoLabel": "Ctrl+Alt+0",
        },
        digits_mark=True,
    ),
)
"""Lightroom: import, export, show in Explorer, redo, loupe, thumbnails, the list of keys; its P, U and X are ours.
Photo Mechanic: tag, untag, preview, rescan. digiKam: flags by Alt, labels by Ctrl+Alt; its Ctrl+0 to 5 come with the
digits. What these keys do there is nearest to what the entries do here; entries in their way have moved."""


def keys_of(shortcuts: Shortcuts, rows: Sequence[ActionRow]) -> dict[str, str]:
    """The keys of every action, in Qt's portable spelling; empty for none."""
    preset = next((known for known in PRESETS if known.name == shortcuts.preset), PRESETS[0])
    usual = {row.name: row.shortcut for row in rows}
    known = {name: keys for name, keys in shortcuts.own.items() if name in usual}
    return {name: _portable(keys) for name, keys in {**usual, **preset.keys, **known}.items()}


def digits_mark(preset: str) -> bool:
    """Whether people who know the keys of that program type digits for stars."""
    return any(known.digits_mark for known in PRESETS if known.name == preset)


def conflicts(keys: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Keys that are wanted more than once, or by an action and the grid, each with the actions."""
    names_by_key: defaultdict[str, list[str]] = defaultdict(list)
    for name, key in keys.items():
        if key:
            names_by_key[key].append(name)
    return [(key, names) for key, names in names_by_key.items() if len(names) > 1 or key in TAKEN]


def differing(preset: str, keys: Mapping[str, str], rows: Sequence[ActionRow]) -> Shortcuts:
    """What is worth keeping of a whole table: where it differs from the preset."""
    usual = keys_of(Shortcuts(preset), rows)
    return Shortcuts(preset, {name: key for name, key in keys.items() if key != usual[name]})


def _portable(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
