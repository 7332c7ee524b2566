"""What `shoal runs` and `shoal metric` take besides the folder."""

from argparse import Action, ArgumentParser, Namespace
from typing import Any

from shoal.command_line.typed_words import path


class _OneOrTwo(Action):
    """Takes no more than two words."""

    def __call__(self, parser: ArgumentParser, space: Namespace, words: Any, *_: object) -> None:
        if len(words) > 2:
            parser.error(f"argument {self.option_strings[0]}: two names at most")
        setattr(space, self.dest, list(words))


def add_runs(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--keep", metavar="NAME", default="", help="keep the clusters and the map of now under this name")
    what.add_argument(
        "--compare",
        metavar="A [B]",
        action=_OneOrTwo,
        nargs="+",
        default=[],
        help="which pictures changed cluster from run A to run B, or to the clusters of now",
    )
    what.add_argument("--back", metavar="NAME", default="", help="go back to this run, which the window can undo")
    what.add_argument("--delete", metavar="NAME", default="", help="keep this run no longer")
    parser.add_argument(
        "--flow", metavar="FILE", type=path, help="with --compare: draw from where to where they went (.png or .svg)"
    )
    parser.add_argument("--model", metavar="M", default="", help="with --objects every: the model that found them")


def add_learning(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE.shoal-metric", type=path, required=True, help="the new file to write")
    parser.add_argument(
        "--labels",
        metavar="project|folders|TABLE",
        default="project",
        help="what is sorted rightly: the pictures that were put or kept where they are in the window (project), the "
        "sub-folders, or a table like clusters.csv",
    )
