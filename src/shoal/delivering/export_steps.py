"""From a plan to the numbered steps that an export journal is made of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from shoal.delivering.export_details import SortedImages, keyword_of
from shoal.delivering.shot_sidecars import ShotSidecars, SidecarRemarks
from shoal.domain.export_journal import ExportHeader, Step
from shoal.domain.export_plan import ExportPlan, PlannedFile
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.disk import RealDisk
from shoal.exports.marker import marker_content, marker_name

READING_MARKS = Sentence("Reading stars and labels")


def export_steps(
    plan: ExportPlan,
    header: ExportHeader,
    images: SortedImages,
    documents: Mapping[Path, bytes],
    remarks: SidecarRemarks,
    task: Task,
) -> tuple[list[Step], dict[int, bytes]]:
    """The steps in the order in which they will be done, and what to write in those that write. None if none is due.

    The marker comes first, so that an export that is cut off can be found by its folder. Raises Cancelled.
    """
    files = [_file_step(plan, file) for file in plan.to_do]
    sidecars, contents = _sidecars(plan, images, remarks, task)
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


def _sidecars(
    plan: ExportPlan, images: SortedImages, remarks: SidecarRemarks, task: Task
) -> tuple[list[Step], dict[Path, bytes]]:
    """A sidecar that cannot be brought up to date is copied as it is, like any companion."""
    steps: list[Step] = []
    contents: dict[Path, bytes] = {}
    shots = _Shots(plan, images, remarks)
    for sidecar in task.track(plan.sidecars, READING_MARKS) if plan.sidecars else ():
        content = shots.of(sidecar.image).content(sidecar)
        if content is not None:
            contents[sidecar.target] = content
            steps.append(Step(0, "write", None, sidecar.target))
        elif sidecar.merges is not None and (found := RealDisk().find(sidecar.merges)):
            steps.append(Step(0, "copy", found[0], sidecar.target, found[1]))
    return steps, contents


class _Shots:
    """The last one that was asked for: sidecars of one image follow each other."""

    def __init__(self, plan: ExportPlan, images: SortedImages, remarks: SidecarRemarks) -> None:
        self._records: dict[ImageId, ImageRecord] = {record.id: record for record in images.records}
        self._targets: dict[ImageId, dict[Path, Path]] = defaultdict(dict)
        for file in plan.files:
            self._targets[file.image][file.source.path] = file.target
        self._images, self._remarks, self._crops = images, remarks, plan.options.crops
        self._last: tuple[ImageId, ShotSidecars] | None = None

    def of(self, image: ImageId) -> ShotSidecars:
        if self._last is None or self._last[0] != image:
            record, targets = self._records[image], None if self._crops else self._targets.get(image, {})
            cluster = keyword_of(self._images, record)
            self._last = image, ShotSidecars(record, cluster, targets, self._remarks)
        return self._last[1]
