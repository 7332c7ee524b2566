"""Pictures that show what a text says, or are like some: what the command and `shoal.search` share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shoal.command_line.asked import load_model
from shoal.command_line.loaded import Model
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.images import FoundImage, ImageId, SkippedImage
from shoal.domain.left_alone import LeftAlone
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.folder_scan import require_readable
from shoal.looking.extracted import Extraction
from shoal.looking.likeness import rank_alike
from shoal.looking.model_loading import finds_by_words, knows_classes
from shoal.looking.pipeline import look_at_folders, require_pictures, vectors_of
from shoal.looking.stages import StopWatch
from shoal.looking.text_search import FoundImages, find_by_text
from shoal.looking.word_search import find_by_word, knows_no_words, require_known
from shoal.projects.workplace import Workplace

ByText = Callable[[EmbeddingMatrix], FoundImages]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`like`, `unlike`: files anywhere; `limit`: so many, whether they are near or not; None: as many as are."""

    folder: Path
    text: str
    like: tuple[Path, ...]
    unlike: tuple[Path, ...]
    limit: int | None
    model: str
    options: LoadOptions


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """`ranked`: what is to be shown, the best first, with the score of each."""

    model: Model
    found: FoundImages
    ranked: Sequence[tuple[Path, float]]
    extraction: Extraction
    skipped: tuple[SkippedImage, ...]
    left_alone: LeftAlone
    seconds: dict[str, float]


def search(query: Wanted, place: Workplace, task: Task) -> Searched:
    """Raises UserFacingError, ModelUnavailable and Cancelled."""
    _refuse_before_the_long_work(query)
    watch = StopWatch()
    by_text = _by_text(query, place, task) if query.text else None
    model = load_model(place, query.model, query.options, task)
    like, unlike = (
        vectors_of([FoundImage(file) for file in files], model.backend, place.tools, task)
        for files in (query.like, query.unlike)
    )
    looked = look_at_folders([query.folder], model.backend, place.tools, task, watch)
    extraction, skipped = looked.extraction, looked.skipped
    require_pictures(query.folder, extraction, skipped)
    with watch.stage("search"):
        said = None if by_text is None else by_text(extraction.embeddings)
        if said is None or query.like or query.unlike:
            images = rank_alike(extraction.embeddings, like, unlike, said)
        else:
            images = said
    best = images.best if query.limit is None else images.images[: query.limit]
    paths = {record.id: record.path for record in extraction.records}
    ranked = [(paths[ImageId(int(i))], round(float(s), 4)) for i, s in zip(best, images.scores, strict=False)]
    return Searched(model, images, ranked, extraction, skipped, looked.left_alone, watch.seconds)


def _refuse_before_the_long_work(query: Wanted) -> None:
    if not query.text and not query.like and not query.unlike:
        raise UserFacingError(
            Sentence("There is nothing to look for."),
            Sentence('Say what the pictures show, such as "red shoes", or name a picture after --like.'),
        )
    if query.text and query.options.focus == "colour":
        raise UserFacingError(Sentence("Colours are compared, not looked for."), Sentence("Choose another --focus."))
    for file in (*query.like, *query.unlike):
        if not file.is_file():
            raise UserFacingError(Sentence("There is no picture {path}.", path=file), Sentence("Name one that is."))
    require_readable(query.folder)


def _by_text(query: Wanted, place: Workplace, task: Task) -> ByText:
    """Any text if the model reads it, else the words for what it knows. Refuses what is no use before the long work."""
    text, model = query.text, query.model
    if not finds_by_words(model):
        raise knows_no_words(model)
    if not knows_classes(model):
        encoder = place.models.load_texts(model, query.options, task)
        return lambda embeddings: find_by_text(text, embeddings, encoder, task)
    require_known(text)
    return lambda embeddings: find_by_word(text, embeddings, model)
