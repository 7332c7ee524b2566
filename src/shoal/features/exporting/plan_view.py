"""What the export dialog shows of a plan, picked out beside the GUI thread: there may be a hundred thousand files."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from shoal.domain.export_plan import ExportPlan, PlannedFile
from shoal.domain.images import SkippedImage

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class PlanView:
    """The first of each kind, what changes before what stays, and how many there are of it."""

    plan: ExportPlan
    left_out: tuple[SkippedImage, ...]
    notes: tuple[SkippedImage, ...]
    set_aside: tuple[Path, ...]
    files: tuple[PlannedFile, ...]
    renamed: Set[Path]
    written: int
    moved: int
    makes_room: int
    companions: int

    @property
    def has_something_to_do(self) -> bool:
        return bool(self.written or self.moved or self.makes_room or self.plan.sidecars or self.plan.documents)


def view_of(plan: ExportPlan) -> PlanView:
    to_do, moved, set_aside = plan.to_do, plan.moved, plan.set_aside
    files = chain(to_do, moved, _staying(plan))
    return PlanView(
        plan,
        plan.left_out[:MOST_ROWS],
        plan.notes[:MOST_ROWS],
        set_aside[:MOST_ROWS],
        tuple(islice(files, MOST_ROWS)),
        {conflict.target for conflict in plan.conflicts},
        len(to_do),
        len(moved),
        len(set_aside),
        len(plan.companions),
    )


def _staying(plan: ExportPlan) -> Iterator[PlannedFile]:
    return (file for file in plan.files if file.present and file.earlier is None)
