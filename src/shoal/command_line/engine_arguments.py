"""Who works: this program by itself, or Ray with many hands."""

from argparse import ArgumentParser

from shoal.command_line.typed_words import fraction, whole_number


def add_engine(parser: ArgumentParser) -> None:
    """What `machine_look` reads."""
    parser.add_argument(
        "--engine",
        dest="worked_by",
        choices=("local", "ray"),
        default="local",
        help="who looks at the pictures: this program, or workers of Ray on this and other machines (local)",
    )
    parser.add_argument(
        "--ray-address",
        metavar="A",
        default="",
        help="with --engine ray: a Ray cluster that runs, such as 10.0.0.1:6379 or auto (RAY_ADDRESS, or else the "
        "cores of this computer)",
    )
    parser.add_argument(
        "--workers", metavar="N", type=whole_number, default=None, help="with --engine ray: so many (as many as fit)"
    )
    parser.add_argument(
        "--gpus-per-worker",
        metavar="G",
        type=fraction,
        default=0.0,
        help="with --engine ray: how much of a graphics card each worker gets, such as 0.25 (none)",
    )
    parser.add_argument(
        "--shards",
        metavar="PLACE",
        default="",
        help="with --engine ray: a folder or URL that all machines can write to, where finds wait to be taken up (on "
        "this computer a folder of the program's own)",
    )
