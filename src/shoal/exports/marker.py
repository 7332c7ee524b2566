"""The small file in an export folder that says which export made it: undo finds its journal by it, wherever the
folder has been moved to since. Read as untrusted input: only an id is taken from it, and from its name at that."""

import json
import os
import re
from pathlib import Path

from shoal.domain.export_journal import ExportHeader

_MARKER = re.compile(r"\.shoal-export-([0-9a-f]{32})\.json")


def marker_name(export_id: str) -> str:
    return f".shoal-export-{export_id}.json"


def aside_folder(export_id: str) -> str:
    """Where an export keeps what had to make room for newer files, until it is taken back."""
    return f".shoal-export-{export_id}.before"


def marker_content(header: ExportHeader) -> bytes:
    facts = {
        "shoal_export": header.id,
        "made_at": header.made_at,
        "action": header.action,
        "about": "Written by Shoal. `shoal undo-export` finds this export by it; without it, by the folder's old path.",
    }
    return json.dumps(facts, indent=1).encode()


def marked_exports(folder: Path) -> list[str]:
    """The ids of the exports that went into this folder."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [match[1] for match in map(_MARKER.fullmatch, names) if match]
