"""`shoal demo`: draw a sample set and sort it."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from shoal.command_line.asked import workplace
from shoal.command_line.delivery import Delivery, Order
from shoal.command_line.sorting import sort_and_write
from shoal.command_line.sorting_report import report
from shoal.command_line.terminal import Answer, printable
from shoal.domain.errors import UserFacingError
from shoal.domain.objects import WHOLE_PICTURES
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.samples.demo_pictures import SamplePicture, sample_pictures, write_sample_pictures
from shoal.store.own_files import plain_words

DEFAULT_FOLDER = Path("shoal-demo")


def run(arguments: Namespace, task: Task) -> Answer:
    """Safe to repeat: pictures that are there are not drawn again, and the second time the result is the same."""
    folder = (arguments.to or DEFAULT_FOLDER).absolute()
    samples, sorted_ = folder / "pictures", folder / "sorted"
    pictures = sample_pictures()
    _require_ours(folder, samples, pictures)
    with workplace() as place:
        with plain_words(samples):
            samples.mkdir(parents=True, exist_ok=True)
            write_sample_pictures(samples, pictures, task)
        recipe = replace(place.settings.recipe, focus="whole", objects=WHOLE_PICTURES, algorithm="auto")
        delivery = sort_and_write(Order(samples, sorted_, recipe=recipe), place, task)
    told = report(delivery)
    return Answer((*told.lines, *_verdict(delivery, samples, sorted_)), told.data)


def _require_ours(folder: Path, samples: Path, pictures: list[SamplePicture]) -> None:
    """Nothing is drawn among, or sorted together with, somebody's own files."""
    if folder.exists() and not folder.is_dir():
        raise UserFacingError(
            Sentence("{folder} is a file.", folder=folder), Sentence("Name a new or empty folder with --to.")
        )
    strange = {path.name for path in folder.glob("*")} - {"pictures", "sorted"}
    strange |= {path.name for path in samples.glob("*")} - {picture.file_name for picture in pictures}
    if strange:
        raise UserFacingError(
            Sentence("{folder} holds something else already ({example}).", folder=folder, example=min(strange)),
            Sentence("Name a new or empty folder with --to."),
        )


def _verdict(delivery: Delivery, samples: Path, sorted_: Path) -> Iterator[str]:
    share = _in_good_company(delivery)
    yield f"{share:.0%} of the pictures are in a cluster where most are of their own kind."
    yield f"The pictures as they came: {printable(samples)}"
    yield f"The pictures as sorted:    {printable(sorted_)}"


def _in_good_company(delivery: Delivery) -> float:
    """The kind of a sample is at the end of its name; sorting has not looked at it."""
    home, records = delivery.grouping.home, delivery.extraction.records
    counts = Counter((int(home[record.id]), record.path.stem.rpartition("-")[2]) for record in records)
    largest: dict[int, int] = {}
    for (cluster, _kind), count in counts.items():
        if cluster:
            largest[cluster] = max(largest.get(cluster, 0), count)
    return sum(largest.values()) / max(len(records), 1)
