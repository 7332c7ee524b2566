"""`shoal search`: the pictures of a folder that show what a text says."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from shoal.command_line.sorting_report import as_skipped, counted, skipped_lines
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.workbench import Model, load_options, workbench
from shoal.domain.errors import UserFacingError
from shoal.domain.images import ImageId, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.pipeline import StopWatch, look_at_folders
from shoal.looking.text_search import FoundImages, find_by_text

MOST_LISTED = 20


def run(arguments: Namespace, task: Task) -> Answer:
    folder, text = arguments.folder.absolute(), arguments.text.strip()
    if not text:
        raise UserFacingError(
            Sentence("There is nothing to look for."), Sentence('Say what the pictures show, such as "red shoes".')
        )
    watch, options = StopWatch(), load_options(arguments)
    with workbench() as bench:
        encoder = bench.models.load_texts(arguments.model, options, task)
        model = bench.load_model(arguments.model, options, task)
        extraction, skipped = look_at_folders([folder], model.backend, bench.tools, task, watch)
        with watch.stage("search"):
            found = find_by_text(text, extraction.embeddings, encoder, task)
    paths = {record.id: record.path for record in extraction.records}
    ranked = [(paths[ImageId(int(i))], round(float(s), 4)) for i, s in zip(found.best, found.scores, strict=False)]
    data = {
        "text": text,
        "images": len(found.images),
        "found": [{"path": str(path), "score": score} for path, score in ranked],
        "clear": found.count is not None,
        "model": model.name,
        "cached": extraction.cached_count,
        "skipped": as_skipped(skipped),
        "seconds": watch.seconds,
    }
    return Answer(tuple(_lines(model, found, ranked, skipped)), data)


def _lines(
    model: Model, found: FoundImages, ranked: list[tuple[Path, float]], skipped: tuple[SkippedImage, ...]
) -> Iterator[str]:
    yield from model.remarks
    yield from skipped_lines(skipped)
    pictures = counted(len(found.images), "picture")
    if found.count is None:
        yield f"Nothing in {pictures} stands out for {printable(found.text)!r}; the nearest come first:"
    else:
        yield f"Found {found.count:,} of {pictures} for {printable(found.text)!r}:"
    for path, score in ranked[:MOST_LISTED]:
        yield f"  {score:6.3f}  {printable(path)}"
    if len(ranked) > MOST_LISTED:
        yield f"  and {len(ranked) - MOST_LISTED} more; --json lists them all"
