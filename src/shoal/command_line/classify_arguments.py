"""What `shoal classify` takes besides the folder and the model."""

from argparse import ArgumentParser

from shoal.command_line.typed_words import path, share

WAYS = ("auto", "prototypes", "probe")


def add_classes(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--examples",
        metavar="DIR",
        type=path,
        help="a folder with a sub-folder for each class and a few pictures in each, or a table like clusters.csv",
    )
    what.add_argument(
        "--words",
        metavar="A,B|FILE",
        default="",
        help="words for the classes, or a text file with one a line: any with CLIP, else those that the model knows",
    )
    parser.add_argument(
        "--by",
        dest="way",
        choices=WAYS,
        default="auto",
        help="the nearest prototype, a linear probe, or what does better on examples held back (auto)",
    )
    parser.add_argument(
        "--right",
        metavar="P",
        type=share,
        default=0.95,
        help="put pictures into a class only where such answers are right so often, 0.01 to 0.999 (0.95)",
    )
    _add_writing(parser)


def _add_writing(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="DIR", type=path, help="write a folder for each class, with copies of the pictures"
    )
    parser.add_argument(
        "--by-link",
        dest="action",
        action="store_const",
        const="hardlink",
        default="copy",
        help="with --to: link the pictures instead of copying them",
    )
    parser.add_argument(
        "--confusion-matrix",
        metavar="FILE",
        type=path,
        help="write what examples that were held back were taken for (.png or .csv)",
    )
