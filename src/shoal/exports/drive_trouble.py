"""What an error of the system means for a whole export, in two sentences."""

import errno
from pathlib import Path

from shoal.domain.errors import ExportRefused, ShoalError, StorageFull
from shoal.domain.sentence import Sentence, reason_of

FULL = {errno.ENOSPC, errno.EDQUOT}


def plain_error(error: OSError, root: Path) -> ShoalError:
    if error.errno in FULL:
        return StorageFull(
            Sentence("The drive of {root} is full.", root=root),
            Sentence("Make room on it, then export again: it goes on from here."),
        )
    reason = reason_of(error)
    return ExportRefused(
        Sentence("Writing into {root} failed ({reason}).", root=root, reason=reason),
        Sentence("Check that the drive is there and may be written to, then go on."),
    )
