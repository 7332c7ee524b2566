"""How a sorted folder is told, to people and to scripts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from shoal.command_line.delivery import Delivery
from shoal.command_line.lists import MOST_LISTED, as_skipped, counted, damaged_lines, listed, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import companion_data, companion_lines, left_alone_data, left_alone_lines, link_lines
from shoal.delivering.shot_sidecars import SidecarRemarks
from shoal.domain.export_plan import NOTHING_FOUND, ExportPlan
from shoal.domain.extension_points import USUAL_MODEL
from shoal.domain.images import SkippedImage
from shoal.domain.name_templates import LABEL_MEANS
from shoal.domain.recipe_text import recipe_text
from shoal.looking.snapshot import damaged_among

VERBS = {"copy": "Copied", "move": "Moved", "hardlink": "Linked", "symlink": "Linked", "reflink": "Cloned"}
FUTURE_VERBS = {"copy": "copy", "move": "move", "hardlink": "link", "symlink": "link", "reflink": "clone"}


def report(delivery: Delivery) -> Answer:
    """Exit code 1 where no picture could be read, or a sidecar could not take the cluster: the lines say why."""
    failed = not delivery.extraction.records or _remarks(delivery).lacking
    return Answer(tuple(_lines(delivery)), _data(delivery), 1 if failed else 0)


def _remarks(delivery: Delivery) -> SidecarRemarks:
    return SidecarRemarks() if delivery.written is None else delivery.written.sidecars


def _data(delivery: Delivery) -> dict[str, Any]:
    """`output` is null after a dry run. Paths in it are absolute; `typical` are originals.

    `sidecars_without_cluster` could not be changed safely; of `contradictions` the place named first counted.
    In a folder that was sorted into before: `moved` to another place there, `set_aside` for something newer or because
    it is no longer part of it, `left_as_is` for what the user has done there. `originals_kept` could be copied but not
    removed when they were to be moved. `sure`: how likely a picture of the cluster shows what the cluster is called;
    null for a name that says nothing of it, or that the user gave. `recipe`: the text of a file for --recipe;
    `silhouette_of_recipe`: among the numbers that were clustered, where `silhouette` goes by the vectors themselves.
    `planned`: what a dry run would write into each folder; null after one that has written.
    """
    extraction, summary, seconds = delivery.extraction, delivery.summary, delivery.seconds
    return {
        "images": len({record.path for record in extraction.records}),
        "objects": sum(record.region is not None for record in extraction.records),
        "skipped": as_skipped(skipped_files(delivery)),
        "damaged": as_skipped(damaged_among(extraction.records)),
        **left_alone_data(delivery.found.snapshot.left_alone),
        **companion_data(delivery.plan, delivery.order.dry_run),
        "clusters": _cluster_data(delivery),
        "where": None if delivery.order.where is None else delivery.order.where.text,
        "not_written": delivery.unwritten,
        "unsorted": summary.unsorted,
        "names": [{**asdict(offer), "margin": round(offer.margin, 4)} for offer in delivery.offers],
        "unknown_in_table": list(delivery.unknown),
        "disagreements": _disagreement_data(delivery),
        **_export_data(delivery),
        "silhouette": round(summary.silhouette, 4),
        "model": delivery.model.name,
        "algorithm": delivery.order.recipe.algorithm,
        "recipe": recipe_text(delivery.recipe),
        "silhouette_of_recipe": _silhouette_of_recipe(delivery),
        "run": delivery.order.run or None,
        "cached": extraction.cached_count,
        "seconds": seconds,
        "images_per_second": round(len(extraction.records) / max(seconds["embed"], 1e-4), 1),
        "planned": planned_folders(delivery.plan) if delivery.order.dry_run else None,
        "output": None if delivery.written is None else str(delivery.written.root),
    }


def _cluster_data(delivery: Delivery) -> list[dict[str, Any]]:
    paths = {record.id: record.path for record in delivery.extraction.records}
    return [
        {
            "name": cluster.name,
            "count": cluster.count,
            "sure": None if cluster.sure is None else round(cluster.sure, 4),
            "tightness": round(cluster.tightness, 4),
            "silhouette": round(cluster.silhouette, 4),
            "typical": str(paths[cluster.typical]),
        }
        for cluster in delivery.summary.clusters
    ]


def _disagreement_data(delivery: Delivery) -> list[dict[str, Any]]:
    """Pictures that lie in one sub-folder and look as if they belonged to another."""
    paths = {record.id: record.path for record in delivery.extraction.records}
    names = delivery.grouping.clusters
    return [
        {
            "path": str(paths[image.image]),
            "cluster": names[image.home].name,
            "rather": names[image.rather].name,
            "right": round(image.right, 4),
        }
        for image in delivery.disagreements
    ]


def _export_data(delivery: Delivery) -> dict[str, Any]:
    return {
        "sidecars_without_cluster": as_skipped(_remarks(delivery).lacking),
        "contradictions": as_skipped(_remarks(delivery).contradicting),
        "moved": [{"path": str(file.earlier), "to": str(file.target)} for file in delivery.plan.moved],
        "set_aside": [str(path) for path in delivery.plan.set_aside],
        "left_as_is": as_skipped(delivery.plan.notes),
        "originals_kept": as_skipped(() if delivery.written is None else delivery.written.originals_kept),
    }


def _silhouette_of_recipe(delivery: Delivery) -> float | None:
    """Of the clusters as they were found, among the numbers that were clustered; null without any."""
    proposal = delivery.found.snapshot.proposal
    inside = () if proposal is None else proposal.silhouette[proposal.labels >= 0]
    return round(float(np.mean(inside)), 4) if len(inside) else None


def skipped_files(delivery: Delivery) -> Sequence[SkippedImage]:
    """What could not be read, then what could be read but not written out."""
    left_out = delivery.plan.left_out if delivery.written is None else delivery.written.left_out
    return (*delivery.found.snapshot.skipped, *left_out)


def _lines(delivery: Delivery) -> Iterator[str]:
    yield from delivery.model.remarks
    if delivery.order.recipe.weights not in ("", delivery.model.backend.key.weights_hash):
        yield "The recipe was made with other weights, or with numbers of another size: the result may differ."
    if delivery.keeps_its_model:
        yield f"The folder keeps {delivery.model.name}, which sorted it before; --model {USUAL_MODEL} looks at it anew."
    if delivery.extraction.records:
        yield _looked(delivery)
        yield _found(delivery)
        yield from _clusters(delivery)
    if delivery.order.run:
        yield f"Kept as the run {printable(delivery.order.run)}; shoal runs compares it with others."
    if delivery.offers:
        sure = sum(offer.sure for offer in delivery.offers)
        yield f"The words name {sure} of {counted(len(delivery.offers), 'cluster')}; the others keep their names."
    yield from skipped_lines(skipped_files(delivery))
    yield from damaged_lines(delivery.extraction.records)
    yield from map(printable, left_alone_lines(delivery.found.snapshot.left_alone))
    yield from companion_lines(delivery.plan)
    yield from link_lines(delivery.plan)
    doubtful = [
        f"{image['path']}: {image['cluster']}, rather {image['rather']}" for image in _disagreement_data(delivery)
    ]
    yield from listed("These look as if they belonged to another sub-folder:", doubtful)
    yield from listed("In the table, but not among the pictures:", delivery.unknown)
    yield from _changed(delivery)
    yield from _written(delivery)
    yield from listed("Left there as you have it:", [f"{note.path}: {note.reason}" for note in delivery.plan.notes])
    if delivery.written is not None:
        kept = [f"{file.path}: {file.reason}" for file in delivery.written.originals_kept]
        yield from listed("These stand in both places:", kept)
    yield from _about_sidecars(_remarks(delivery))


def _about_sidecars(remarks: SidecarRemarks) -> Iterator[str]:
    lacking, contradicting = remarks.lacking, remarks.contradicting
    count = counted(len(lacking), "sidecar")
    yield from listed(f"{count} stayed without the cluster:", [f"{image.path}: {image.reason}" for image in lacking])
    heading = (
        f"What is said about {counted(len({image.path for image in contradicting}), 'picture')} contradicts itself:"
    )
    yield from listed(heading, [f"{image.path}: {image.reason}" for image in contradicting])


def _looked(delivery: Delivery) -> str:
    extraction, seconds = delivery.extraction, delivery.seconds["embed"]
    count, known = len(extraction.records), extraction.cached_count
    objects = sum(record.region is not None for record in extraction.records)
    if objects:
        pictures = len({record.path for record in extraction.records})
        before = f"; {known:,} pictures were known already" if known else ""
        return f"Found {counted(objects, 'object')} in {counted(pictures, 'picture')} in {seconds:.1f} s{before}."
    if known and known == count:
        those = "the picture" if count == 1 else f"all {count:,} pictures"
        return f"{delivery.model.name} had looked at {those} before."
    before = f"; {known:,} were known already" if known else ""
    return f"Looked at {counted(count - known, 'picture')} with {delivery.model.name} in {seconds:.1f} s{before}."


def _found(delivery: Delivery) -> str:
    summary, additions = delivery.summary, delivery.found.additions
    text = f"{counted(len(summary.clusters), 'cluster')} (silhouette {summary.silhouette:.2f})"
    if delivery.found.proposed is not None:
        return f"Found {text}:"
    return (
        f"Kept {text} and placed {counted(len(additions.images), 'new picture')}:"
        if len(additions.images)
        else f"Kept {text}:"
    )


def _clusters(delivery: Delivery) -> Iterator[str]:
    summary = delivery.summary
    rows = [(cluster.name, cluster.count) for cluster in summary.clusters]
    rows += [("Unsorted", summary.unsorted)] if summary.unsorted else []
    width = max((len(printable(name)) for name, _count in rows), default=0)
    for name, count in rows[:MOST_LISTED]:
        yield f"  {printable(name):{width}}  {count:6,}"
    if len(rows) > MOST_LISTED:
        yield f"  and {len(rows) - MOST_LISTED} more"


def planned_folders(plan: ExportPlan) -> list[dict[str, Any]]:
    """How many files would be written into each folder below the one that is exported to, in the order of the plan."""
    counts = Counter(str(file.target.parent.relative_to(plan.root)) for file in plan.to_do)
    return [{"folder": folder, "files": count} for folder, count in counts.items()]


def _changed(delivery: Delivery) -> Iterator[str]:
    """What happens to files that earlier runs wrote into the folder."""
    plan, is_done = delivery.plan, delivery.written is not None
    root, moved, aside = printable(plan.root), len(plan.moved), len(plan.set_aside)
    if moved:
        yield f"{'Moved' if is_done else 'Would move'} {counted(moved, 'file')} in {root} to where they belong now."
    if aside:
        yield f"{'Set' if is_done else 'Would set'} aside {counted(aside, 'file')} there; undo brings them back."


def _why_left_out(delivery: Delivery) -> str:
    conditions = ["of which the condition is not so"] if delivery.order.where is not None else []
    return " or ".join([*conditions, *(["below the tops of their stacks"] if delivery.order.only_tops else [])])


def _why_nothing(delivery: Delivery) -> str:
    """Pictures that were read and show nothing of what was asked for are no pictures that could not be read."""
    skipped = delivery.found.snapshot.skipped
    if skipped and all(one.reason == NOTHING_FOUND for one in skipped):
        return (
            "No object of the kinds that were asked for was found, so nothing was written; see --confidence, --classes."
        )
    return "No picture could be read, so nothing was written."


def _written(delivery: Delivery) -> Iterator[str]:
    plan, written, action = delivery.plan, delivery.written, delivery.order.options.action
    root = printable(plan.root)
    if "{label" in delivery.order.options.template:
        yield str(LABEL_MEANS)
    if delivery.unwritten:
        yield f"Left out {counted(delivery.unwritten, 'picture')} {_why_left_out(delivery)}."
    if written is None and not delivery.order.dry_run and delivery.extraction.records:
        yield "Nothing was left to be written."
    elif written is None and not delivery.order.dry_run:
        yield _why_nothing(delivery)
    elif written is None:
        megabytes = f"{plan.bytes_needed / 1e6:,.1f} MB"
        verb = "cut out" if plan.options.crops else FUTURE_VERBS[action]
        heading = f"Would {verb} {counted(len(plan.to_do), 'file')} into {root} ({megabytes}):"
        yield from listed(heading, [f"{folder['folder']}: {folder['files']:,}" for folder in planned_folders(plan)])
        yield "Nothing was written."
    else:
        done = set(written.done)
        pictures = sum(file.target in done for file in plan.to_do)
        present = len(written.present) - len(plan.moved)
        already = f"; {present:,} were there already" if present else ""
        verb = "Cut out" if plan.options.crops else VERBS[action]
        yield f"{verb} {counted(pictures, 'file')} into {root}{already}."
