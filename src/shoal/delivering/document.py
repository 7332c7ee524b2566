"""What is written beside the exported pictures, and what its makers are given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shoal.delivering.export_details import SortedImages, sheet_clusters, table_rows
from shoal.domain.export_plan import ExportPlan
from shoal.domain.images import ImageId
from shoal.domain.sentence import Sentence
from shoal.exports.contact_sheet import SheetCluster
from shoal.exports.tables import TableRow
from shoal.looking.answers import WrongAnswer, answering

Thumbnail = Callable[[ImageId], bytes | None]
"""The small JPEG of an image, None where there is none."""


@dataclass(frozen=True, eq=False)
class Delivered:
    """An export as its documents describe it; what several of them need is computed once."""

    plan: ExportPlan
    images: SortedImages
    thumbnail: Thumbnail

    @cached_property
    def rows(self) -> list[TableRow]:
        """One for each picture, in the order of the plan."""
        return table_rows(self.images, self.plan)

    @cached_property
    def clusters(self) -> Sequence[SheetCluster]:
        """In the order of their folders, each with its most typical pictures first."""
        return sheet_clusters(self.rows, self.plan, self.thumbnail)


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """A document that can be chosen in the export dialog and with `shoal sort --document`.

    `name` is what it is called in the export folder. `make` gives its content under the name ""; or several, by their
    names, and then the document is a folder. The same export has to give the same bytes.
    """

    name: str
    label: Sentence
    make: Callable[[Delivered], Mapping[str, bytes]]


def content_of(spec: DocumentSpec, export: Delivered) -> Mapping[str, bytes]:
    """What it makes. Raises UserFacingError for a plugin's that fails, or makes something else."""
    with answering(spec.make, spec.name):
        made = spec.make(export)
        if not isinstance(made, Mapping) or not all(isinstance(content, bytes) for content in made.values()):
            raise WrongAnswer("it gave something else than bytes by their names")
        strange = next((part for part in made if Path(part).is_absolute() or ".." in Path(part).parts), None)
        if strange is not None:
            raise WrongAnswer(f"it wants to write {strange!r}, which is elsewhere")
        return made
