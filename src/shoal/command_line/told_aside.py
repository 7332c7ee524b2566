"""What a look did not look at, and what travels along with the pictures, told to people and to scripts."""

from collections.abc import Iterator
from typing import Any

from shoal.domain.export_plan import EDITED_THROUGH_LINKS, ExportPlan
from shoal.domain.left_alone import LeftAlone, kinds_of, named_folders, named_kinds, said_of_files
from shoal.domain.sentence import Sentence


def left_alone_lines(left: LeftAlone, included: bool = True) -> Iterator[str]:
    """Nothing where there is nothing. `included`: the command has --include."""
    if left.folders and included:
        yield Sentence(
            "Left alone: {folders}. --include NAME looks into one all the same.", folders=named_folders(left.folders)
        )
    elif left.folders:
        yield Sentence(
            "Left alone: {folders}. A command that is given one of them looks into it.",
            folders=named_folders(left.folders),
        )
    if left.kinds:
        yield f"{said_of_files(left)}."


def left_alone_data(left: LeftAlone) -> dict[str, Any]:
    """`left_alone`: folders; `not_looked_at`: the number of other files by their ending, "" for none that is known."""
    return {
        "left_alone": [{"path": str(folder.path), "reason": folder.what} for folder in left.folders],
        "not_looked_at": dict(left.kinds),
    }


def companion_lines(plan: ExportPlan) -> Iterator[str]:
    along = plan.companions
    if along:
        kinds = kinds_of(file.source.path.name for file in along)
        yield Sentence(
            "%n file(s) that belong to pictures go with them: {kinds}.", n=len(along), kinds=named_kinds(kinds)
        )


def link_lines(plan: ExportPlan) -> Iterator[str]:
    if plan.options.action == "hardlink" and plan.files:
        yield EDITED_THROUGH_LINKS


def planned_files(plan: ExportPlan) -> list[dict[str, Any]]:
    """`picture` names the file that a companion belongs to, below the export folder; null for a picture itself."""
    lead: dict[int, str] = {}
    planned = []
    for file in plan.files:
        target = file.target.relative_to(plan.root).as_posix()
        planned.append(
            {
                "source": str(file.source.path),
                "target": target,
                "picture": lead.get(file.image),
                "present": file.present,
            }
        )
        lead.setdefault(file.image, target)
    return planned


def companion_data(plan: ExportPlan, dry_run: bool) -> dict[str, Any]:
    """`companions`: how many files go along, by ending; `plan`, of a dry run: what would become of each file."""
    counts = kinds_of(file.source.path.name for file in plan.companions)
    return {"companions": dict(counts), **({"plan": planned_files(plan)} if dry_run else {})}
