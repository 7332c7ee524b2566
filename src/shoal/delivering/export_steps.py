"""From a plan to the numbered steps that an export journal is made of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from shoal.delivering.export_details import SortedImages, keyword_of
from shoal.delivering.shot_sidecars import ShotSidecars, SidecarRemarks
from shoal.domain.companions import Role
from shoal.domain.export_journal import ExportHeader, Step
from shoal.domain.export_plan import ExportPlan, PlannedFile, PlannedMove, PlannedSidecar
from shoal.domain.images import ImageId, ImageRecord
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.exports.disk import RealDisk
from shoal.exports.marker import aside_folder, marker_content, marker_name
from shoal.exports.sidecars import LONGEST_SIDECAR
from shoal.files.safe_files import SourceTrouble, look, read_file

_BY_NUMBER = "by number"
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
    records = {record.id: record for record in images.records}
    moves = [step for move in plan.moves if (step := _move_step(plan, header, move))]
    files = [_file_step(plan, file, records[file.image]) for file in plan.to_do]
    sidecars, contents = _sidecars(plan, header, _Shots(plan, images, remarks), task)
    if not (moves or files or sidecars or documents):
        return [], {}
    marker = plan.root / marker_name(header.id)
    contents |= {file.target: file.source.crop.as_bytes() for file in plan.to_do if file.source.crop}
    contents |= {marker: marker_content(header), **documents}
    about = [step for path in documents for step in _document_steps(plan, header, path)]
    steps = [
        replace(step, number=number, target=_with_number(step.target.relative_to(plan.root), number))
        for number, step in enumerate([Step(0, "write", None, marker), *moves, *files, *sidecars, *about])
    ]
    return steps, {step.number: contents[plan.root / step.target] for step in steps if step.action in {"write", "crop"}}


def _document_steps(plan: ExportPlan, header: ExportHeader, path: Path) -> list[Step]:
    """What has this name makes room: an earlier export wrote it, or the plan would have chosen another name."""
    aside = _set_aside(plan, header, path, None, "")
    written = Step(0, "write", None, path, role="document", key=plan.origin)
    return [written] if aside is None else [aside, written]


def _move_step(plan: ExportPlan, header: ExportHeader, move: PlannedMove) -> Step | None:
    """None where there is nothing to move any more."""
    if move.target is None:
        return _set_aside(plan, header, move.source, move.picture, move.key)
    seen, source = look(move.source), move.source.relative_to(plan.root)
    if seen is None:
        return None
    return Step(0, "move", source, move.target, seen.stamp, picture=move.picture, role=move.role, key=move.key)


def _set_aside(plan: ExportPlan, header: ExportHeader, path: Path, picture: Path | None, key: str) -> Step | None:
    seen, folder = look(path), plan.root / aside_folder(header.id)
    source = path.relative_to(plan.root)
    if seen is None:
        return None
    return Step(0, "move", source, folder / _BY_NUMBER, seen.stamp, picture=picture, role="aside", key=key)


def _with_number(target: Path, number: int) -> Path:
    return target.with_name(str(number)) if target.name == _BY_NUMBER else target


def _file_step(plan: ExportPlan, file: PlannedFile, record: ImageRecord) -> Step:
    source, target = file.source, file.target
    role: Role = "picture" if source.content_hash or source.crop else "companion"
    of = Step(0, plan.options.action, source.path, target, source.stamp, picture=record.path, role=role)
    if source.crop:
        return replace(of, action="crop", key=source.crop.part)
    return replace(of, content_hash=source.content_hash, key=(record.facts.taken or "") if role == "picture" else "")


def _sidecars(
    plan: ExportPlan, header: ExportHeader, shots: "_Shots", task: Task
) -> tuple[list[Step], dict[Path, bytes]]:
    """A sidecar that cannot be brought up to date is copied as it is, like any companion.

    Where an earlier export wrote one, it is written anew only if it says something else now.
    """
    steps: list[Step] = []
    contents: dict[Path, bytes] = {}
    for sidecar in task.track(plan.sidecars, READING_MARKS) if plan.sidecars else ():
        shot, picture = shots.of(sidecar.image), shots.picture(sidecar.image)
        step, content = _sidecar_step(plan, sidecar, picture, shot)
        old = sidecar.replaces
        if old and (step is None or _says_the_same(old.source, step, content)):
            move = replace(old, target=sidecar.target, role="sidecar")
            step = None if old.source == sidecar.target else _move_step(plan, header, move)
        elif old and (aside := _move_step(plan, header, old)):
            steps.append(aside)
        if step is not None:
            steps += [*_original_set_aside(plan, header, sidecar, step), step]
            contents |= {sidecar.target: content} if step.action == "write" else {}
    return steps, contents


def _sidecar_step(
    plan: ExportPlan, sidecar: PlannedSidecar, picture: Path, shot: ShotSidecars
) -> tuple[Step | None, bytes]:
    """How it comes to be, and what is written; no step where there is nothing to say."""
    content, key = shot.content(sidecar), sidecar.key_of(shot.cluster)
    if content is not None:
        return Step(0, "write", None, sidecar.target, picture=picture, role="sidecar", key=key), content
    original = RealDisk().find(sidecar.merges) if sidecar.merges else None
    if original is None:
        return None, b""
    action = plan.options.action
    return Step(0, action, original[0], sidecar.target, original[1], picture=picture, role="companion", key=key), b""


def _original_set_aside(plan: ExportPlan, header: ExportHeader, sidecar: PlannedSidecar, step: Step) -> list[Step]:
    """Where pictures move, the sidecar in whose place a fuller one is written leaves the old place with them."""
    if plan.options.action != "move" or step.action != "write" or sidecar.merges is None:
        return []
    original, folder = RealDisk().find(sidecar.merges), plan.root / aside_folder(header.id)
    moved = original and Step(
        0, "move", original[0], folder / _BY_NUMBER, original[1], picture=step.picture, role="aside"
    )
    return [moved] if moved else []


def _says_the_same(path: Path, step: Step, content: bytes) -> bool:
    try:
        text = content if step.source is None else read_file(step.source, LONGEST_SIDECAR)
        return read_file(path, LONGEST_SIDECAR) == text
    except SourceTrouble:
        return False


class _Shots:
    """The last one that was asked for: sidecars of one image follow each other."""

    def __init__(self, plan: ExportPlan, images: SortedImages, remarks: SidecarRemarks) -> None:
        self._records: dict[ImageId, ImageRecord] = {record.id: record for record in images.records}
        self._targets: dict[ImageId, dict[Path, Path]] = defaultdict(dict)
        self._places: dict[ImageId, dict[Path, Path]] = defaultdict(dict)
        for file in plan.files:
            place = file.earlier or file.target
            self._targets[file.image] |= {file.source.path: file.target, place: file.target}
            self._places[file.image][file.source.path] = place
        self._images, self._remarks, self._crops = images, remarks, plan.options.crops
        self._last: tuple[ImageId, ShotSidecars] | None = None

    def picture(self, image: ImageId) -> Path:
        return self._records[image].path

    def of(self, image: ImageId) -> ShotSidecars:
        if self._last is None or self._last[0] != image:
            record, targets = self._records[image], self._targets.get(image, {})
            cluster = keyword_of(self._images, record)
            placed = record if self._crops else _where_it_is(record, self._places.get(image, {}))
            moved = placed is not record
            shot = ShotSidecars(placed, cluster, None if self._crops else targets, self._remarks, moved)
            self._last = image, shot
        return self._last[1]


def _where_it_is(record: ImageRecord, places: Mapping[Path, Path]) -> ImageRecord:
    """An earlier export may have moved it; then it is read where it stands."""
    if look(record.path) is not None:
        return record
    companions = tuple(places.get(path, path) for path in record.companions)
    return replace(record, path=places.get(record.path, record.path), companions=companions)
