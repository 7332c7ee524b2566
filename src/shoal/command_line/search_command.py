"""`shoal search`: the pictures of a folder that show what a text says."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from shoal.command_line.asked import load_model, load_options, workplace
from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.loaded import Model
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.images import ImageId, SkippedImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.model_loading import finds_by_words, knows_classes
from shoal.looking.pipeline import look_at_folders, require_pictures
from shoal.looking.stages import StopWatch
from shoal.looking.text_search import FoundImages, find_by_text
from shoal.looking.word_search import find_by_word, knows_no_words, require_known
from shoal.projects.workplace import Workplace

MOST_LISTED = 20


def run(arguments: Namespace, task: Task) -> Answer:
    folder, text = arguments.folder.absolute(), arguments.text.strip()
    if not text:
        raise UserFacingError(
            Sentence("There is nothing to look for."), Sentence('Say what the pictures show, such as "red shoes".')
        )
    watch, options = StopWatch(), load_options(arguments)
    if options.focus == "colour":
        raise UserFacingError(Sentence("Colours are compared, not looked for."), Sentence("Choose another --focus."))
    require_readable(folder)
    with workplace() as place:
        find = _finder(text, arguments.model, options, place, task)
        model = load_model(place, arguments.model, options, task)
        looked = look_at_folders([folder], model.backend, place.tools, task, watch)
        extraction, skipped = looked.extraction, looked.skipped
        require_pictures(folder, extraction, skipped)
        with watch.stage("search"):
            found = find(extraction.embeddings)
    paths = {record.id: record.path for record in extraction.records}
    ranked = [(paths[ImageId(int(i))], round(float(s), 4)) for i, s in zip(found.best, found.scores, strict=False)]
    data = {
        "text": text,
        "images": len(found.images),
        "found": [{"path": str(path), "score": score} for path, score in ranked],
        "clear": bool(found.count),
        "model": model.name,
        "cached": extraction.cached_count,
        "skipped": as_skipped(skipped),
        **left_alone_data(looked.left_alone),
        "seconds": watch.seconds,
    }
    return Answer(tuple(_lines(model, found, ranked, skipped)), data)


def _finder(
    text: str, model: str, options: LoadOptions, place: Workplace, task: Task
) -> Callable[[EmbeddingMatrix], FoundImages]:
    """Any text if the model reads it, else the words for what it knows. Refuses what is no use before the long work."""
    if not finds_by_words(model):
        raise knows_no_words(model)
    if not knows_classes(model):
        encoder = place.models.load_texts(model, options, task)
        return lambda embeddings: find_by_text(text, embeddings, encoder, task)
    require_known(text)
    return lambda embeddings: find_by_word(text, embeddings, model)


def _lines(
    model: Model, images_found: FoundImages, ranked: list[tuple[Path, float]], skipped: tuple[SkippedImage, ...]
) -> Iterator[str]:
    yield from model.remarks
    yield from skipped_lines(skipped)
    pictures = counted(len(images_found.images), "picture")
    if images_found.count == 0:
        yield f"Nothing here looks like that: {printable(images_found.text)!r}, in {pictures}."
    elif images_found.count is None:
        yield f"Nothing in {pictures} stands out for {printable(images_found.text)!r}; the nearest come first:"
    else:
        yield f"Found {images_found.count:,} of {pictures} for {printable(images_found.text)!r}:"
    for path, score in ranked[:MOST_LISTED]:
        yield f"  {score:6.3f}  {printable(path)}"
    if len(ranked) > MOST_LISTED:
        yield f"  and {len(ranked) - MOST_LISTED} more; --json lists them all"
