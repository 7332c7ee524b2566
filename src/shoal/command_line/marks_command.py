"""`shoal write-marks`: put the stars, flags and labels of a folder's project into sidecars, or take that back."""

from argparse import Namespace
from pathlib import Path
from typing import get_args

from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.delivering.mark_writing import MarksWritten, SidecarNames, last_writing, plan_marks, take_back, write_marks
from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.domain.verdicts import Verdict
from shoal.imaging.folder_scan import require_readable
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings


def run(arguments: Namespace, task: Task) -> Answer:
    """Exit code 1 if a sidecar had to stay."""
    locations = user_locations().create()
    if arguments.take_back:
        if last_writing(locations.mark_records) is None:
            raise UserFacingError(Sentence("Nothing was written that could be taken back."), Sentence("Write first."))
        return _answer("Put back", take_back(locations.mark_records, task), arguments.folder)
    require_readable(arguments.folder)
    with Workplace(locations, load_settings(locations.settings_file)) as place:
        names = _names(arguments.names or place.settings.text("sidecar_names"))
        with place.open_project([arguments.folder], "", apart=True) as opened:
            said = opened.project.grouping.verdicts.tolist()
            records = [(record, _verdict(said[record.id])) for record in opened.known().images]
    plan = plan_marks(records, names, task)
    if plan.unasked:
        raise UserFacingError(
            Sentence("%n picture(s) have no sidecar yet, and nothing says how it is to be called.", n=plan.unasked),
            Sentence("Add --names stem (IMG_1.xmp, Lightroom) or --names full (IMG_1.JPG.xmp, darktable, digiKam)."),
        )
    if arguments.dry_run:
        would = MarksWritten(tuple(change.path for change in plan.changes), plan.lacking)
        return _answer("Would write", would, arguments.folder)
    written = write_marks(plan, locations.mark_records, task)
    return _answer("Wrote", MarksWritten(written.done, (*plan.lacking, *written.kept)), arguments.folder)


def _verdict(row: list[int]) -> Verdict:
    stars, flag, colour = row
    return stars, flag, colour


def _names(text: str) -> SidecarNames | None:
    names: dict[str, SidecarNames] = {way: way for way in get_args(SidecarNames)}
    return names.get(text)


def _answer(verb: str, written: MarksWritten, folder: Path) -> Answer:
    lines = (f"{verb} {counted(len(written.done), 'sidecar')} in {printable(folder)}.", *skipped_lines(written.kept))
    facts = {"sidecars": [str(path) for path in written.done], "skipped": as_skipped(written.kept)}
    return Answer(lines, facts, 1 if written.kept else 0)
