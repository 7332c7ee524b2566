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


def search(wanted: Wanted, place: Workplace, task: Task) -> Searched:
    """Raises UserFacingError, ModelUnavailable and Cancelled."""
    _refuse_before_the_long_work(wanted)
    watch = StopWatch()
    by_text = _by_text(wanted, place, task) if wanted.text else None
    model = load_model(place, wanted.model, wanted.options, task)
    like, unlike = (
        vectors_of([FoundImage(file) for file in files], model.backend, place.tools, task)
        for files in (wanted.like, wanted.unlike)
    )
    looked = look_at_folders([wanted.folder], model.backend, place.tools, task, watch)
    extraction, skipped = looked.extraction, looked.skipped
    require_pictures(wanted.folder, extraction, skipped)
    with watch.stage("search"):
        said = None if by_text is None else by_text(extraction.embeddings)
        if said is None or wanted.like or wanted.unlike:
            found = rank_alike(extraction.embeddings, like, unlike, said)
        else:
            found = said
    best = found.best if wanted.limit is None else found.images[: wanted.limit]
    paths = {record.id: record.path for record in extraction.records}
    ranked = [(paths[ImageId(int(i))], round(float(s), 4)) for i, s in zip(best, found.scores, strict=False)]
    return Searched(model, found, ranked, extraction, skipped, looked.left_alone, watch.seconds)


def _refuse_before_the_long_work(wanted: Wanted) -> None:
    if not wanted.text and not wanted.like and not wanted.unlike:
        raise UserFacingError(
            Sentence("There is nothing to look for."),
            Sentence('Say what the pictures show, such as "red shoes", or name a picture after --like.'),
        )
    if wanted.text and wanted.options.focus == "colour":
        raise UserFacingError(Sentence("Colours are compared, not looked for."), Sentence("Choose another --focus."))
    for file in (*wanted.like, *wanted.unlike):
        if not file.is_file():
            raise UserFacingError(Sentence("There is no picture {path}.", path=file), Sentence("Name one that is."))
    require_readable(wanted.folder)


def _by_text(wanted: Wanted, place: Workplace, task: Task) -> ByText:
    """Any text if the model reads it, else the words for what it knows. Refuses what is no use before the long work."""
    text, model = wanted.text, wanted.model
    if not finds_by_words(model):
        raise knows_no_words(model)
    if not knows_classes(model):
        encoder = place.models.load_texts(model, wanted.options, task)
        return lambda embeddings: find_by_text(text, embeddings, encoder, task)
    require_known(text)
    return lambda embeddings: find_by_word(text, embeddings, model)
