"""What the rooms below say in plain English, as rows for translators: they know neither Qt nor languages.

A row is a whole text, or a sentence with {0}, {1} ... where values stand. A test holds the rows against the sources.
"""

import re
from functools import cache

from shoal.widgets.translation import QT_TRANSLATE_NOOP, translated

ROWS = (
    QT_TRANSLATE_NOOP("sentences", "A brace in the template “{0}” has no partner."),
    QT_TRANSLATE_NOOP("sentences", "A network from an ONNX file"),
    QT_TRANSLATE_NOOP("sentences", "An ONNX file holds its own weights."),
    QT_TRANSLATE_NOOP("sentences", "Any image model exported to ONNX, written as onnx:FILE; how pictures are "
                                   "prepared is read from FILE's .json."),
    QT_TRANSLATE_NOOP("sentences", "Automatic"),
    QT_TRANSLATE_NOOP("sentences", "Building the tree"),
    QT_TRANSLATE_NOOP("sentences", "Built-in"),
    QT_TRANSLATE_NOOP("sentences", "Check that it is there and that you may open it."),
    QT_TRANSLATE_NOOP("sentences", "Check that its drive is there and that you may write to it."),
    QT_TRANSLATE_NOOP("sentences", "Check that the drive is there and may be written to, then go on."),
    QT_TRANSLATE_NOOP("sentences", "Check the path."),
    QT_TRANSLATE_NOOP("sentences", "Checking"),
    QT_TRANSLATE_NOOP("sentences", "Choose a clusters.csv or clusters.json."),
    QT_TRANSLATE_NOOP("sentences", "Choose a clusters.csv."),
    QT_TRANSLATE_NOOP("sentences", "Choose a folder outside it, or the copies would be sorted along with the "
                                   "originals next time."),
    QT_TRANSLATE_NOOP("sentences", "Choose a folder."),
    QT_TRANSLATE_NOOP("sentences", "Choose another export folder."),
    QT_TRANSLATE_NOOP("sentences", "Choose another file."),
    QT_TRANSLATE_NOOP("sentences", "Choose another folder."),
    QT_TRANSLATE_NOOP("sentences", "Choose another name."),
    QT_TRANSLATE_NOOP("sentences", "Choose another output."),
    QT_TRANSLATE_NOOP("sentences", "Choose one of: {0}."),
    QT_TRANSLATE_NOOP("sentences", "Choose to copy instead."),
    QT_TRANSLATE_NOOP("sentences", "Choosing the number of clusters"),
    QT_TRANSLATE_NOOP("sentences", "Close it there first."),
    QT_TRANSLATE_NOOP("sentences", "Close other programs, or choose a smaller model."),
    QT_TRANSLATE_NOOP("sentences", "Close the other window and open the project again."),
    QT_TRANSLATE_NOOP("sentences", "Colours and shapes"),
    QT_TRANSLATE_NOOP("sentences", "Communities of the neighbour graph, of any shape and size. Every image gets a "
                                   "cluster."),
    QT_TRANSLATE_NOOP("sentences", "Comparing images"),
    QT_TRANSLATE_NOOP("sentences", "Comparing neighbours"),
    QT_TRANSLATE_NOOP("sentences", "Correct the size in the JSON file."),
    QT_TRANSLATE_NOOP("sentences", "Dense clusters of any size; images between them stay unsorted, unless you have "
                                   "them absorbed."),
    QT_TRANSLATE_NOOP("sentences", "Describing clusters"),
    QT_TRANSLATE_NOOP("sentences", "Drawing sample pictures"),
    QT_TRANSLATE_NOOP("sentences", "Drawing the map"),
    QT_TRANSLATE_NOOP("sentences", "Everything is as it was; go on from here, or open a backup of the project."),
    QT_TRANSLATE_NOOP("sentences", "Export it to ONNX again."),
    QT_TRANSLATE_NOOP("sentences", "Finding clusters for new pictures"),
    QT_TRANSLATE_NOOP("sentences", "Finds out how many clusters there are. Every image gets one."),
    QT_TRANSLATE_NOOP("sentences", "Gathering images"),
    QT_TRANSLATE_NOOP("sentences", "Getting the map ready, which takes long only the first time"),
    QT_TRANSLATE_NOOP("sentences", "Give the folder that was exported to."),
    QT_TRANSLATE_NOOP("sentences", "Grouping"),
    QT_TRANSLATE_NOOP("sentences", "HDBSCAN"),
    QT_TRANSLATE_NOOP("sentences", "It has: {0}."),
    QT_TRANSLATE_NOOP("sentences", 'It should look like {"input": {"size": 224, "resize": 256, "mean": [0, 0, 0], '
                                   '"std": [255, 255, 255]}}.'),
    QT_TRANSLATE_NOOP("sentences", "Its weights are not in this copy of the program, so it sorts by look, as "
                                   "colour-layout does."),
    QT_TRANSLATE_NOOP("sentences", "Judging clusters"),
    QT_TRANSLATE_NOOP("sentences", "Leave these options out."),
    QT_TRANSLATE_NOOP("sentences", "Leiden"),
    QT_TRANSLATE_NOOP("sentences", "Looking at images"),
    QT_TRANSLATE_NOOP("sentences", "Looking for changes"),
    QT_TRANSLATE_NOOP("sentences", "Looking for images"),
    QT_TRANSLATE_NOOP("sentences", "Make it, or name another."),
    QT_TRANSLATE_NOOP("sentences", "Make room on it or choose another folder."),
    QT_TRANSLATE_NOOP("sentences", "Make room on it, then export again: it goes on from here."),
    QT_TRANSLATE_NOOP("sentences", "Make room on that drive, then try again."),
    QT_TRANSLATE_NOOP("sentences", "Name a folder with one sub-folder for each kind of picture."),
    QT_TRANSLATE_NOOP("sentences", "No export into {0} is waiting to be finished."),
    QT_TRANSLATE_NOOP("sentences", "No file was named for the model 'onnx'."),
    QT_TRANSLATE_NOOP("sentences", "No two pictures share a sub-folder, so there is no confusion matrix."),
    QT_TRANSLATE_NOOP("sentences", "One hierarchy, cut as coarse or fine as you like. Every image gets a cluster."),
    QT_TRANSLATE_NOOP("sentences", "Only {seq} takes a width, from 1 to 9."),
    QT_TRANSLATE_NOOP("sentences", "Place new pictures"),
    QT_TRANSLATE_NOOP("sentences", "Please update the program."),
    QT_TRANSLATE_NOOP("sentences", "Plug in or mount it, then undo again."),
    QT_TRANSLATE_NOOP("sentences", "Plug in or mount its drive, then export again: it goes on."),
    QT_TRANSLATE_NOOP("sentences", "Probing"),
    QT_TRANSLATE_NOOP("sentences", "Put several pictures into each."),
    QT_TRANSLATE_NOOP("sentences", "Ranking images"),
    QT_TRANSLATE_NOOP("sentences", "Round clusters of similar breadth; you may say how many. Every image gets a "
                                   "cluster."),
    QT_TRANSLATE_NOOP("sentences", "Say what it wants in a JSON file beside it."),
    QT_TRANSLATE_NOOP("sentences", "Shoal needs one that takes one square colour picture."),
    QT_TRANSLATE_NOOP("sentences", "Sort into clusters"),
    QT_TRANSLATE_NOOP("sentences", "Sorts by look: colours, edges, texture and composition. No network, nothing to "
                                   "download."),
    QT_TRANSLATE_NOOP("sentences", "Sorts by what is in the pictures. Comes with the program, works offline."),
    QT_TRANSLATE_NOOP("sentences", "Start a new one."),
    QT_TRANSLATE_NOOP("sentences", "The drive of {0} is full."),
    QT_TRANSLATE_NOOP("sentences", "The drive of {0} is not there."),
    QT_TRANSLATE_NOOP("sentences", "The ending says what kind of file it becomes."),
    QT_TRANSLATE_NOOP("sentences", "The export folder {0} lies inside {1}, the folder that is being sorted."),
    QT_TRANSLATE_NOOP("sentences", "The export needs {0}, and the drive of {1} has {2} left."),
    QT_TRANSLATE_NOOP("sentences", "The folder {0} is not there."),
    QT_TRANSLATE_NOOP("sentences", "The journal of this export has gone."),
    QT_TRANSLATE_NOOP("sentences", "The journal {0} is damaged."),
    QT_TRANSLATE_NOOP("sentences", "The network does not take pictures of {0} x {1} pixels: {2}."),
    QT_TRANSLATE_NOOP("sentences", "The network has no output {0}."),
    QT_TRANSLATE_NOOP("sentences", "The network takes {0} x {1} pixels, but its description says {2}."),
    QT_TRANSLATE_NOOP("sentences", "The network {0}."),
    QT_TRANSLATE_NOOP("sentences", "The output {0} is not a vector per picture."),
    QT_TRANSLATE_NOOP("sentences", "The pictures in {0} are not sorted into sub-folders, so there is nothing to "
                                   "compare with."),
    QT_TRANSLATE_NOOP("sentences", "The table cannot be read: {0}."),
    QT_TRANSLATE_NOOP("sentences", "The template asks for {{0}:{1}}."),
    QT_TRANSLATE_NOOP("sentences", "The template for file names is incomplete."),
    QT_TRANSLATE_NOOP("sentences", "The template has no field {{0}}."),
    QT_TRANSLATE_NOOP("sentences", "The template has too many folders inside each other."),
    QT_TRANSLATE_NOOP("sentences", "The weights {0} cannot be read ({1})."),
    QT_TRANSLATE_NOOP("sentences", "The {0} helper process is closed."),
    QT_TRANSLATE_NOOP("sentences", "There are {0}."),
    QT_TRANSLATE_NOOP("sentences", "There is no folder {0}."),
    QT_TRANSLATE_NOOP("sentences", "There is no model {0}."),
    QT_TRANSLATE_NOOP("sentences", "There is no space left to write {0}."),
    QT_TRANSLATE_NOOP("sentences", "There is not enough memory to look at a single image with this model."),
    QT_TRANSLATE_NOOP("sentences", "This export is being worked on by another window."),
    QT_TRANSLATE_NOOP("sentences", "This export was made by a newer version of the program."),
    QT_TRANSLATE_NOOP("sentences", "This step cannot be taken back: the history in the project file is damaged."),
    QT_TRANSLATE_NOOP("sentences", "Tree"),
    QT_TRANSLATE_NOOP("sentences", "Try {0}."),
    QT_TRANSLATE_NOOP("sentences", "Undoing the export"),
    QT_TRANSLATE_NOOP("sentences", "Update the program; the file was left as it is."),
    QT_TRANSLATE_NOOP("sentences", "Wait until it is done."),
    QT_TRANSLATE_NOOP("sentences", "What sorts by look is no network: it has no layers, weights or preprocessing."),
    QT_TRANSLATE_NOOP("sentences", "What was exported is safe, but stays as it is."),
    QT_TRANSLATE_NOOP("sentences", "What was exported stays as it is."),
    QT_TRANSLATE_NOOP("sentences", "Write it as onnx:FILE, without --weights."),
    QT_TRANSLATE_NOOP("sentences", "Write it as onnx:FILE."),
    QT_TRANSLATE_NOOP("sentences", "Writing into {0} failed ({1})."),
    QT_TRANSLATE_NOOP("sentences", "a step of its history is damaged"),
    QT_TRANSLATE_NOOP("sentences", "another file has taken its old place"),
    QT_TRANSLATE_NOOP("sentences", "has no output with a vector per picture"),
    QT_TRANSLATE_NOOP("sentences", "it belongs to another program"),
    QT_TRANSLATE_NOOP("sentences", "it cannot be read"),
    QT_TRANSLATE_NOOP("sentences", "it changed while the export was being undone"),
    QT_TRANSLATE_NOOP("sentences", "it contradicts itself ({0})"),
    QT_TRANSLATE_NOOP("sentences", "it has changed since it was exported"),
    QT_TRANSLATE_NOOP("sentences", "it has changed since it was looked at"),
    QT_TRANSLATE_NOOP("sentences", "it is a link to a file elsewhere, and only files are moved"),
    QT_TRANSLATE_NOOP("sentences", "it is damaged"),
    QT_TRANSLATE_NOOP("sentences", "it is no longer in the export folder"),
    QT_TRANSLATE_NOOP("sentences", "it is no longer the same file as its original"),
    QT_TRANSLATE_NOOP("sentences", "it is no longer there"),
    QT_TRANSLATE_NOOP("sentences", "it is no project, or it is damaged"),
    QT_TRANSLATE_NOOP("sentences", "its list of images is damaged ({0})"),
    QT_TRANSLATE_NOOP("sentences", "its original has changed since, and this may be the last copy of what it was"),
    QT_TRANSLATE_NOOP("sentences", "its original is not there, and this may be the last copy"),
    QT_TRANSLATE_NOOP("sentences", "its tables are not those of a project"),
    QT_TRANSLATE_NOOP("sentences", "k-means"),
    QT_TRANSLATE_NOOP("sentences", "not a file but a folder, device, pipe or socket"),
    QT_TRANSLATE_NOOP("sentences", "not a picture, whatever its name says"),
    QT_TRANSLATE_NOOP("sentences", "onnxruntime cannot use {0} here."),
    QT_TRANSLATE_NOOP("sentences", "reading it does not come to an end"),
    QT_TRANSLATE_NOOP("sentences", "takes pictures of shape {0}"),
    QT_TRANSLATE_NOOP("sentences", "takes {0} inputs"),
    QT_TRANSLATE_NOOP("sentences", "takes {0} of shape {1}"),
    QT_TRANSLATE_NOOP("sentences", "the RAW file cannot be read: {0}"),
    QT_TRANSLATE_NOOP("sentences", "the file changed while it was being read"),
    QT_TRANSLATE_NOOP("sentences", "the file does not fit into the memory"),
    QT_TRANSLATE_NOOP("sentences", "the file is damaged ({0}: {1})"),
    QT_TRANSLATE_NOOP("sentences", "the file is damaged: nothing of the picture is left"),
    QT_TRANSLATE_NOOP("sentences", "the file is empty"),
    QT_TRANSLATE_NOOP("sentences", "the file is too large ({0} MB)"),
    QT_TRANSLATE_NOOP("sentences", "the folder cannot be read: {0}"),
    QT_TRANSLATE_NOOP("sentences", "the picture does not fit into the memory"),
    QT_TRANSLATE_NOOP("sentences", "the picture is too large ({0} x {1} pixels)"),
    QT_TRANSLATE_NOOP("sentences", "{0} can only be looked at: it is open in another window, or may not be written."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be looked into ({1})."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be opened: {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be read ({1})."),
    QT_TRANSLATE_NOOP("sentences", "{0} cannot be written."),
    QT_TRANSLATE_NOOP("sentences", "{0} does not describe a network's input: {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} does not end in {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} holds no export that can be undone."),
    QT_TRANSLATE_NOOP("sentences", "{0} is a file."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no longer a folder."),
    QT_TRANSLATE_NOOP("sentences", "{0} is no number"),
    QT_TRANSLATE_NOOP("sentences", "{0} is not a network that onnxruntime can load: {1}."),
    QT_TRANSLATE_NOOP("sentences", "{0} is open in another window."),
    QT_TRANSLATE_NOOP("sentences", "{0} is there already, and nothing is ever overwritten."),
    QT_TRANSLATE_NOOP("sentences", "{0} was made by a newer version of Shoal."),
)  # fmt: skip

_PLACE = re.compile(r"\{(\d)\}")


def told(text: str) -> str:
    """A text from below in the language of the window, also where it holds values; else as it is."""
    for row, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return _with_values(translated("sentences", row), [told(value) for value in found.groups()])
    return text


def _with_values(sentence: str, values: list[str]) -> str:
    return _PLACE.sub(lambda place: values[int(place[1])], sentence)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The rows with the most words of their own first: of two that fit, that one says more."""
    rows = sorted(ROWS, key=lambda row: -len(_PLACE.sub("", row)))
    return [(row, re.compile("(.+)".join(map(re.escape, _PLACE.split(row)[::2])), re.DOTALL)) for row in rows]
