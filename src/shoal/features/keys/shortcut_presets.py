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
    """`keys` has only what differs from our own: action -> keys, empty for none."""

    name: str
    label: str
    keys: Mapping[str, str]


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
            "actionAccept": "P",
            "actionUnpin": "U",
            "actionMoveToUnsorted": "X",
            "actionLoupe": "E",
            "actionLarger": "=",
            "actionSmaller": "-",
            "actionShortcuts": "Ctrl+/",
        },
    ),
    Preset(
        "photo_mechanic",
        "Photo Mechanic",
        {
            "actionAccept": "Ctrl++",
            "actionUnpin": "Ctrl+-",
            "actionLoupe": "Ctrl+R",
            "actionRecluster": "Ctrl+Shift+R",
            "actionRefresh": "/",
            "actionLarger": "",
            "actionSmaller": "",
        },
    ),
)
"""Lightroom: import, export, show in Explorer, redo, pick, unflag, reject, loupe, thumbnails, the list of keys. Photo
Mechanic: tag, untag, preview, rescan. What these keys do there is nearest to what the entries do here; entries in their
way have moved."""


def keys_of(shortcuts: Shortcuts, rows: Sequence[ActionRow]) -> dict[str, str]:
    """The keys of every action, in Qt's portable spelling; empty for none."""
    preset = next((one for one in PRESETS if one.name == shortcuts.preset), PRESETS[0])
    usual = {row.name: row.shortcut for row in rows}
    known = {name: keys for name, keys in shortcuts.own.items() if name in usual}
    return {name: _portable(keys) for name, keys in {**usual, **preset.keys, **known}.items()}


def conflicts(keys: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Keys that are wanted more than once, or by an action and the grid, each with the actions."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for name, one in keys.items():
        if one:
            wanted[one].append(name)
    return [(one, names) for one, names in wanted.items() if len(names) > 1 or one in TAKEN]


def differing(preset: str, keys: Mapping[str, str], rows: Sequence[ActionRow]) -> Shortcuts:
    """What is worth keeping of a whole table: where it differs from the preset."""
    usual = keys_of(Shortcuts(preset), rows)
    return Shortcuts(preset, {name: one for name, one in keys.items() if one != usual[name]})


def _portable(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
