"""Which model looks at pictures, how it is loaded, and what of the pictures it looks at."""

from argparse import ArgumentParser

from shoal.command_line.typed_words import confidence, path, whole_number
from shoal.domain.focus import FOCI


def add_model(parser: ArgumentParser, usual: str) -> None:
    parser.add_argument("--model", metavar="M", default="", help=f"how to look at pictures; see shoal models ({usual})")
    add_loading(parser)


def add_metric(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--metric", metavar="FILE", type=path, help="compare vectors as this file says, which shoal metric has written"
    )


def add_loading(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--preprocessing",
        metavar="P",
        default="",
        help="how pictures are prepared for the model: imagenet, symmetric, unit, bytes, or a JSON file; resize-256, "
        "tutorial and tutorial-bgr as recipes have it; rect for a YOLO: without grey bars, as YOLO.embed by itself",
    )
    parser.add_argument(
        "--layer",
        metavar="L",
        default="",
        help="take the vectors from this layer of the model; of a YOLO, numbers such as 22 or 4,6,9, counted from 0, "
        "or back from -1, the layer before the head",
    )
    parser.add_argument("--weights", metavar="FILE", type=path, help="load the model's weights from this file")
    parser.add_argument(
        "--trust-weights", action="store_true", help="load them even if the file could run code of its own"
    )
    parser.add_argument(
        "--image-size",
        metavar="N",
        type=whole_number,
        default=0,
        help="show the network pictures of N x N pixels (as it was trained)",
    )
    parser.add_argument("--device", metavar="D", default="auto", help="auto, cpu, cuda, mps, directml or coreml (auto)")
    parser.add_argument("--half", action="store_true", help="compute with 16-bit numbers on a graphics card")
    parser.add_argument(
        "--int8",
        action="store_true",
        help="compute with 8-bit numbers on the processor; says what that costs and gains",
    )
    parser.add_argument(
        "--focus",
        choices=FOCI,
        default="whole",
        help="what counts: the whole picture, its subject, the background, or the subject's colours (whole)",
    )
    parser.add_argument("--offline", action="store_true", help="download nothing, open no connection")


def add_objects(parser: ArgumentParser) -> None:
    """What `asked.object_choice` reads."""
    parser.add_argument(
        "--objects",
        dest="look",
        choices=("main", "every"),
        default="",
        help="go by the main object of each picture, or take every object by itself; needs a YOLO (whole pictures)",
    )
    parser.add_argument(
        "--classes", metavar="A,B", default="", help="only objects of these kinds, such as person,bottle"
    )
    parser.add_argument(
        "--confidence", metavar="C", type=confidence, default=0.25, help="how sure of an object, 0.1 to 1 (0.25)"
    )
