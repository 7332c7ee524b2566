"""Files of cloud services that are listed but not there: opening one would download it.

Windows and macOS mark them, and say so without touching them. Linux has no such mark: what a service lists there
either comes with its contents, or is downloaded by the service's own file system, whoever reads it.
"""

import os

_RECALL_ON_OPEN = 0x0004_0000  # winnt.h: FILE_ATTRIBUTE_RECALL_ON_OPEN
_RECALL_ON_DATA_ACCESS = 0x0040_0000  # winnt.h: FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
_OFFLINE = 0x1000  # winnt.h: FILE_ATTRIBUTE_OFFLINE
_DATALESS = 0x4000_0000  # sys/stat.h of macOS: SF_DATALESS


def is_placeholder(status: os.stat_result) -> bool:
    """Whether reading the file would have its contents fetched from elsewhere."""
    attributes, flags = getattr(status, "st_file_attributes", 0), getattr(status, "st_flags", 0)
    return bool(attributes & (_RECALL_ON_OPEN | _RECALL_ON_DATA_ACCESS | _OFFLINE) or flags & _DATALESS)
