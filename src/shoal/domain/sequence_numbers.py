"""The numbers that pictures get within their cluster, for the field {seq} of a name template."""

import re
from collections import defaultdict
from collections.abc import Mapping

from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.grouping import ClusterId
from shoal.domain.name_templates import NameTemplate
from shoal.domain.safe_names import safe_name, safe_stem


class SequenceNumbers:
    """Counts from 1 in each cluster. A picture that an earlier export has numbered in its folder keeps its number."""

    def __init__(self, template: NameTemplate) -> None:
        self._template = template
        self._reserved: dict[ClusterId, set[int]] = defaultdict(set)
        self._last: dict[ClusterId, int] = defaultdict(int)

    def reserve(self, cluster: ClusterId, file: ExportedFile, values: Mapping[str, str]) -> int | None:
        """The number that is in the name of a file; None if the template would call it otherwise now."""
        folder = "/".join(map(safe_name, self._template.folder_names(values)))
        found = re.fullmatch(self._template.pattern(values, safe_part), file.name.rpartition(".")[0])
        if found is None or file.folder.replace("\\", "/") != folder:
            return None
        number = int(found[1])
        is_free = number not in self._reserved[cluster]
        self._reserved[cluster].add(number)
        return number if is_free else None

    def next(self, cluster: ClusterId) -> int:
        """The next number that nobody has."""
        number = self._last[cluster] + 1
        while number in self._reserved[cluster]:
            number += 1
        self._last[cluster] = number
        return number


def safe_part(text: str) -> str:
    """A part of a name, as it looks when the whole is made safe."""
    return safe_stem(f"x{text}x", ("",))[1:-1]
