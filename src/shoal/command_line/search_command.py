"""`shoal search`: the pictures of a folder that show what a text says, or are like those that are named."""

from argparse import Namespace
from collections.abc import Iterator

from shoal.command_line.asked import load_options, workplace
from shoal.command_line.lists import as_skipped, counted, skipped_lines
from shoal.command_line.searching import Searched, Wanted, search
from shoal.command_line.terminal import Answer, printable
from shoal.command_line.told_aside import left_alone_data
from shoal.domain.task import Task

MOST_LISTED = 20


def run(arguments: Namespace, task: Task) -> Answer:
    like, unlike = (tuple(file.absolute() for file in files) for files in (arguments.like, arguments.unlike))
    folder, text = arguments.folder.absolute(), arguments.text.strip()
    query = Wanted(folder, text, like, unlike, arguments.limit, arguments.model, load_options(arguments))
    with workplace() as place:
        searched = search(query, place, task)
    data = {
        "text": query.text,
        "like": [str(file) for file in like],
        "unlike": [str(file) for file in unlike],
        "images": len(searched.extraction.records),
        "found": [{"path": str(path), "score": score} for path, score in searched.ranked],
        "clear": bool(searched.found.count),
        "model": searched.model.name,
        "cached": searched.extraction.cached_count,
        "skipped": as_skipped(searched.skipped),
        **left_alone_data(searched.left_alone),
        "seconds": searched.seconds,
    }
    return Answer(tuple(_lines(query, searched)), data)


def _lines(query: Wanted, searched: Searched) -> Iterator[str]:
    yield from searched.model.remarks
    yield from skipped_lines(searched.skipped)
    pictures, count = counted(len(searched.extraction.records), "picture"), searched.found.count
    sought = repr(printable(query.text)) if query.text else "what is like the given pictures"
    if count == 0:
        yield f"Nothing here looks like that: {sought}, in {pictures}."
    elif count is None:
        yield f"Nothing in {pictures} stands out for {sought}; the nearest come first:"
    else:
        yield f"Found {count:,} of {pictures} for {sought}:"
    for path, score in searched.ranked[:MOST_LISTED]:
        yield f"  {score:6.3f}  {printable(path)}"
    if len(searched.ranked) > MOST_LISTED:
        yield f"  and {len(searched.ranked) - MOST_LISTED} more; --json lists them all"
