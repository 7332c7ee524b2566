"""What `shoal sort` alone takes: where clusters come from and are called after, and how they are written."""

from argparse import ArgumentParser

from shoal.command_line.bin_arguments import add_bins
from shoal.command_line.recipe_arguments import add_recipe
from shoal.command_line.typed_words import DOCUMENTS, one_of, path, percent, where_names_are_from


def add_clustering(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--vectors",
        metavar="FILE",
        type=path,
        help="take the vectors from this .npz, .npy, .parquet or .json of another program instead of looking; pictures "
        "that it lacks are left out",
    )
    add_recipe(parser)
    parser.add_argument(
        "--clusters-from",
        metavar="FILE",
        type=path,
        help="take the clusters from this clusters.csv or clusters.json, edited or not; pictures it lacks stay put",
    )
    _add_moment(parser)
    add_bins(parser)
    parser.add_argument(
        "--run", metavar="NAME", default="", help="keep what comes of it under this name, to compare with shoal runs"
    )
    parser.add_argument("--pin", action="store_true", help="pin there what --clusters-from says, for later clusterings")
    parser.add_argument(
        "--release", action="store_true", help="let go of all that was pinned or named, and cluster again"
    )
    parser.add_argument(
        "--names",
        metavar="auto|FILE|none",
        type=where_names_are_from,
        default="auto",
        help="name clusters after what is in them, where the model knows it and they agree (auto); after the words in "
        "this text file, one a line, which needs a model that reads text (CLIP); or after sub-folders and days (none)",
    )
    parser.add_argument(
        "--outliers",
        metavar="FOLDERNAME",
        default="",
        help="put pictures that are unlike all others into a cluster folder of this name, except those you placed",
    )


def _add_moment(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--moment",
        metavar="PERCENT",
        type=percent,
        default=None,
        help="how much it counts beside looks when pictures were taken, 0 (looks only) to 100 (the moment only); as "
        "the folder was clustered before, unless you say otherwise (0)",
    )


def add_export(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--by",
        choices=("copy", "move", "hardlink", "symlink", "reflink"),
        default="copy",
        help="how files get into the cluster folders (copy); reflink: copies that share their space on the drive",
    )
    parser.add_argument(
        "--template",
        metavar="T",
        default="{cluster}/{name}",
        help="what the files are called, such as {cluster}/{date}_{seq}_{name} ({cluster}/{name})",
    )
    parser.add_argument(
        "--where",
        metavar="CONDITION",
        help="write only pictures of which this is so: 'stars>=3 and not rejected', 'camera~canon or dark'",
    )
    parser.add_argument(
        "--only-tops",
        action="store_true",
        help="write only the top of each stack of near-identical pictures: the sharpest, or the one put on top in the "
        "window; brackets, panoramas and focus series are written whole",
    )
    parser.add_argument(
        "--crops", action="store_true", help="write the objects, cut out; needs --objects every or main"
    )
    parser.add_argument(
        "--sidecars",
        action="store_true",
        help="write XMP files too: the cluster as a keyword, and the stars, label and keywords that pictures have",
    )
    parser.add_argument(
        "--bring-back",
        action="store_true",
        help="write again what an earlier run wrote there and you have thrown away since",
    )
    _add_documents(parser)


def _add_documents(parser: ArgumentParser) -> None:
    document = parser.add_argument(
        "--document",
        dest="documents",
        metavar="NAME",
        action="append",
        type=one_of(DOCUMENTS),
        default=[],
        help="write this beside the pictures, too; may be given several times: {names}",
    )
    document.catalogue = DOCUMENTS  # type: ignore[attr-defined]  # for the help
    sheet = parser.add_mutually_exclusive_group()
    for option, name in (("--contact-sheet", "contact-sheet.html"), ("--contact-sheet-folder", "contact-sheet")):
        sheet.add_argument(
            option, dest="documents", action="append_const", const=name, help=f"the same as --document {name}"
        )
