"""Where clusters come from besides the pictures: a scheme of named bins, or the sub-folders."""

from argparse import ArgumentParser
from pathlib import Path


def add_bins(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--scheme",
        metavar="FILE",
        type=Path,
        help="sort into the named clusters that a scheme keeps; pictures that fit none surely stay in Unsorted",
    )
    parser.add_argument(
        "--save-scheme", metavar="FILE", type=Path, help="keep the named clusters as a scheme for other folders"
    )
    parser.add_argument(
        "--start-from-folders",
        action="store_true",
        help="take the sub-folders for the clusters, and say which pictures look as if they belonged elsewhere",
    )
