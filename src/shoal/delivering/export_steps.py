"""From a plan to the numbered steps that an export journal is made of."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from shoal.delivering.export_details import SortedImages, marks_of
from shoal.domain.export_journal import ExportHeader, Step
from shoal.domain.export_plan import ExportPlan, PlannedFile, PlannedSidecar
from shoal.domain.images import ImageId
from shoal.domain.marks import Marks
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.disk import RealDisk
from shoal.exports.marker import marker_content, marker_name
from shoal.exports.sidecars import LONGEST_SIDECAR, merged_sidecar, new_sidecar
from shoal.files.safe_files import SourceTrouble, read_file

READING_MARKS = Sentence("Reading stars and labels")


def export_steps(
    plan: ExportPlan, header: ExportHeader, images: SortedImages, documents: Mapping[Path, bytes], task: Task
) -> tuple[list[Step], dict[int, bytes]]:
    """The steps in the order in which they will be done, and what to write in those that write. None if none is due.

    The marker comes first, so that an export that is cut off can be found by its folder. Raises Cancelled.
    """
    files = [_file_step(plan, file) for file in plan.to_do]
    sidecars, contents = _sidecars(plan, images, task)
    if not (files or sidecars or documents):
        return [], {}
    marker = plan.root / marker_name(header.id)
    contents |= {file.target: file.source.crop.as_bytes() for file in plan.to_do if file.source.crop}
    contents |= {marker: marker_content(header), **documents}
    written = [Step(0, "write", None, target) for target in (marker, *documents)]
    steps = [
        replace(step, number=number, target=step.target.relative_to(plan.root))
        for number, step in enumerate([written[0], *files, *sidecars, *written[1:]])
    ]
    return steps, {step.number: contents[plan.root / step.target] for step in steps if step.action in {"write", "crop"}}


def _file_step(plan: ExportPlan, file: PlannedFile) -> Step:
    source = file.source
    if source.crop:
        return Step(0, "crop", source.path, file.target, source.stamp)
    return Step(0, plan.options.action, source.path, file.target, source.stamp, source.content_hash)


def _sidecars(plan: ExportPlan, images: SortedImages, task: Task) -> tuple[list[Step], dict[Path, bytes]]:
    """A sidecar that cannot be merged into is copied as it is, like any companion."""
    steps: list[Step] = []
    contents: dict[Path, bytes] = {}
    if not plan.sidecars:
        return steps, contents
    records = {record.id: record for record in images.records}
    marks: dict[ImageId, Marks] = {}
    for sidecar in task.track(plan.sidecars, READING_MARKS):
        if sidecar.image not in marks:
            marks = {sidecar.image: marks_of(images, records[sidecar.image])}  # those of one image follow each other
        content = _content(sidecar, marks[sidecar.image])
        if content is not None:
            contents[sidecar.target] = content
            steps.append(Step(0, "write", None, sidecar.target))
        elif sidecar.merges is not None and (found := RealDisk().find(sidecar.merges)):
            steps.append(Step(0, "copy", found[0], sidecar.target, found[1]))
    return steps, contents


def _content(sidecar: PlannedSidecar, marks: Marks) -> bytes | None:
    """None where there is nothing to say, or nothing that may be said."""
    if sidecar.merges is None:
        return new_sidecar(marks) if marks else None
    try:
        return merged_sidecar(read_file(sidecar.merges, LONGEST_SIDECAR), marks) if marks else None
    except SourceTrouble:
        return None
