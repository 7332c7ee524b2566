"""The numbers that pictures get within their cluster, for the field {seq} of a name template."""

import os
import re
from collections import defaultdict
from collections.abc import Mapping

from shoal.domain.earlier_exports import ExportedFile
from shoal.domain.grouping import ClusterId
from shoal.domain.name_templates import NameTemplate
from shoal.domain.safe_names import safe_name, safe_stem

_DIGITS = re.compile(r"\d{1,9}")


class SequenceNumbers:
    """Counts from 1 in each cluster. A picture that an earlier export has numbered in its folder keeps its number."""

    def __init__(self, template: NameTemplate) -> None:
        self._template = template
        self._reserved: dict[ClusterId, set[int]] = defaultdict(set)
        self._last: dict[ClusterId, int] = defaultdict(int)
        self._folders: dict[tuple[str, ...], str] = {}

    def reserve(self, cluster: ClusterId, file: ExportedFile, values: Mapping[str, str]) -> int | None:
        """The number that is in the name of a file; None if the template would call it otherwise now."""
        if file.folder != self._folder(self._template.folder_names(values)):
            return None
        number = next((int(digits) for digits in _DIGITS.findall(file.name) if self._is_named(file, values, digits)), 0)
        if not number or number in self._reserved[cluster]:
            return None
        self._reserved[cluster].add(number)
        return number

    def _folder(self, names: tuple[str, ...]) -> str:
        if names not in self._folders:
            self._folders[names] = os.sep.join(map(safe_name, names))
        return self._folders[names]

    def _is_named(self, file: ExportedFile, values: Mapping[str, str], digits: str) -> bool:
        stem = self._template.file_stem({**values, "seq": str(int(digits))})
        for written in (stem, safe_stem(stem, ("",))):
            if file.name.startswith(written) and not file.name[len(written) : len(written) + 1].isdigit():
                return True
        return False

    def next(self, cluster: ClusterId) -> int:
        """The next number that nobody has."""
        number = self._last[cluster] + 1
        while number in self._reserved[cluster]:
            number += 1
        self._last[cluster] = number
        return number
