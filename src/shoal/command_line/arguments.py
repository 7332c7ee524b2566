"""What can be typed after `shoal`. Building this must stay instant: nothing heavier than argparse is imported here."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

from shoal.command_line.classify_arguments import add_classes
from shoal.command_line.engine_arguments import add_engine
from shoal.command_line.model_arguments import add_loading, add_metric, add_model, add_objects
from shoal.command_line.recipe_arguments import add_preparing
from shoal.command_line.run_arguments import add_learning, add_runs
from shoal.command_line.sort_arguments import add_clustering, add_export
from shoal.command_line.typed_words import names_in, path, path_or_url, share, whole_number
from shoal.domain.keep_rules import KEEP_RULES

PROGRAM = "shoal"
EXIT_CODES = "Exit codes: 0 done, 1 you can mend it (the message says how), 2 wrong usage, 130 interrupted."


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `shoal`, what it takes, and the module that carries it out in a function `run`.

    `plugins`: it works with models, algorithms or documents, and so with those of the plugins that are allowed.
    """

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    module: str
    plugins: bool = False


class WrongUsage(Exception):
    """What was typed cannot be meant: `usage` says how the command `prog` is typed."""

    def __init__(self, message: str, prog: str, usage: str) -> None:
        super().__init__(message)
        self.message, self.prog, self.usage = message, prog, usage


def parser() -> argparse.ArgumentParser:
    """Its `parse_args` raises WrongUsage."""
    top = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [FOLDER ...]\n       {PROGRAM} COMMAND ...",
        description="Sorts folders of pictures by what is in them. Works offline and leaves the originals alone. "
        "Without a command it opens the window, with the folders, pictures or project that are named.",
        epilog=f"{EXIT_CODES} {PROGRAM} COMMAND --help says what a command takes.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action=_Version, help="show the version and leave")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser, prog=PROGRAM)
    for command in COMMANDS:
        own = commands.add_parser(
            command.name, help=command.help, description=_sentence(command.help), allow_abbrev=False
        )
        command.add_arguments(own)
        own.set_defaults(module=command.module, plugins=command.plugins, json=False)
    return top


class _Version(argparse.Action):
    """Looks the version up only when asked: it stands in the package's metadata."""

    def __init__(self, option_strings: list[str], dest: str, **options: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=options.get("help"))

    def __call__(self, parser: argparse.ArgumentParser, *_others: object) -> None:
        sys.stdout.write(f"{PROGRAM} {import_module('importlib.metadata').version(PROGRAM)}\n")
        parser.exit()


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


class _Parser(argparse.ArgumentParser):
    """Help texts may hold {names}, which is looked up when the help is shown: making the parser must stay instant."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(message, self.prog, self.format_usage())

    def format_help(self) -> str:
        for action in self._actions:
            catalogue = getattr(action, "catalogue", "")
            if catalogue and action.help:
                action.help = action.help.replace("{names}", ", ".join(names_in(catalogue)))
        return super().format_help()


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=path, help="the pictures, in any depth of sub-folders")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object and nothing else")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="DIR", type=path, help="where to put it: a new or empty folder (shoal-demo in this folder)"
    )


def _sort(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument(
        "--include",
        metavar="NAME",
        action="append",
        default=[],
        help="look into this folder too, which is left alone otherwise (a library, a bin, a cache); may be repeated",
    )
    parser.add_argument("--to", metavar="DIR", type=path, required=True, help="where the cluster folders go")
    add_model(parser, "efficientnet-lite; in a folder that was sorted before, the model that did it")
    add_metric(parser)
    add_objects(parser)
    add_clustering(parser)
    add_export(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
    _add_json(parser)


def _embed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        type=path_or_url,
        help="the pictures, in any depth of sub-folders; with --engine ray also a URL such as s3://bucket/pictures",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=path,
        required=True,
        help="where the vectors go: .npz, .npy, .parquet (embedding-atlas, data frames) or .json (FiftyOne); must not "
        "exist yet",
    )
    parser.add_argument(
        "--neighbours",
        metavar="K",
        type=whole_number,
        default=None,
        help="also write the K most similar pictures of each, as rows of the file, and distances (.npz, .parquet)",
    )
    add_preparing(parser)
    add_engine(parser)
    add_model(parser, "efficientnet-lite")
    add_metric(parser)
    add_objects(parser)
    _add_json(parser)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument(
        "--model",
        metavar="M",
        action="append",
        help="what to judge (efficientnet-lite); several, each after a --model, compare",
    )
    add_loading(parser)
    parser.add_argument(
        "--confusion-matrix",
        metavar="FILE",
        type=path,
        help="write which folders are taken for which: a picture (.png) or a table (.csv)",
    )
    _add_json(parser)


def _search(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="?",
        default="",
        help='what the pictures show, such as "shoes"; with CLIP any text, such as "red shoes on white"',
    )
    for option, what in (("--like", "are like"), ("--unlike", "are not like")):
        parser.add_argument(
            option,
            metavar="FILE",
            action="append",
            type=path,
            default=[],
            help=f"find pictures that {what} this one, wherever it lies; may be repeated, and goes with a text",
        )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=whole_number,
        default=None,
        help="list so many (as many as stand out)",
    )
    parser.add_argument(
        "--model",
        metavar="M",
        default="efficientnet-lite",
        help="one that knows words; a CLIP model reads any text; see shoal models (efficientnet-lite)",
    )
    add_loading(parser)
    _add_json(parser)


def _duplicates(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument(
        "--keep",
        metavar="RULE",
        action="append",
        choices=KEEP_RULES,
        default=[],
        help=f"what of a group stays: {', '.join(KEEP_RULES)}; several, the first counts most (raw, largest ...)",
    )
    parser.add_argument(
        "--reference", metavar="DIR", type=path, help="what lies in this folder, in FOLDER or elsewhere, always stays"
    )
    parser.add_argument(
        "--at-least",
        metavar="P",
        type=share,
        default=0.5,
        help="how likely two pictures must be copies, 0.01 to 0.999 (0.5)",
    )
    parser.add_argument(
        "--kind",
        action="append",
        choices=("exact", "pixels", "near", "series"),
        help="only these: the same file, the same picture with other metadata, copies, shots of one moment; several",
    )
    parser.add_argument(
        "--to-trash",
        action="store_true",
        help="say what would go to the trash, and with --yes move it there; no shots of one moment unless by --kind",
    )
    parser.add_argument("--yes", action="store_true", help="do what --to-trash says")
    parser.add_argument(
        "--from-trash", action="store_true", help="bring back what went to the trash from this folder the last time"
    )
    add_model(parser, "efficientnet-lite")
    _add_json(parser)


def _classify(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    add_classes(parser)
    add_model(parser, "efficientnet-lite")
    add_metric(parser)
    _add_json(parser)


def _undo_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=path, help="the folder that shoal sort wrote to")
    parser.add_argument(
        "--trash-kept",
        action="store_true",
        help="move to the trash what has to stay because it was changed since or may be the last copy",
    )


def _write_marks(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument(
        "--names",
        choices=("stem", "full"),
        default="",
        help="how new sidecars are called: stem IMG_1.xmp (Lightroom), full IMG_1.JPG.xmp (darktable, digiKam)",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="only say which sidecars would change")
    what.add_argument("--take-back", action="store_true", help="put the sidecars of the last writing back as they were")
    _add_json(parser)


def _metric(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    add_learning(parser)
    add_model(parser, "efficientnet-lite")
    _add_json(parser)


def _distil(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument("--out", metavar="FILE.onnx", type=path, required=True, help="the new file to write")
    add_model(parser, "efficientnet-lite")
    _add_json(parser)


def _runs(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    add_runs(parser)
    add_objects(parser)
    _add_json(parser)


def _recipes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", default="", help="show this one, or what a recipe.toml says")
    parser.add_argument("--out", metavar="FILE.toml", type=path, help="write it there; must not exist yet")
    _add_json(parser)


def _plugins(parser: argparse.ArgumentParser) -> None:
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--allow", metavar="NAME", default="", help="let this package in: it runs with your rights")
    choice.add_argument("--forbid", metavar="NAME", default="", help="let it in no more")
    _add_json(parser)


def _nothing(_one: argparse.ArgumentParser) -> None: ...


COMMANDS = (
    Command("demo", "make a sample set of pictures and sort it", _demo, "shoal.command_line.demo_command"),
    Command(
        "sort",
        "sort the pictures of a folder into cluster folders",
        _sort,
        "shoal.command_line.sort_command",
        plugins=True,
    ),
    Command(
        "embed", "write one vector per picture to a file", _embed, "shoal.command_line.embed_command", plugins=True
    ),
    Command("search", "find pictures by what they show", _search, "shoal.command_line.search_command", plugins=True),
    Command(
        "duplicates",
        "find copies, near copies and series of one moment",
        _duplicates,
        "shoal.command_line.duplicates_command",
        plugins=True,
    ),
    Command(
        "classify",
        "put pictures into named classes, after a few examples or by words",
        _classify,
        "shoal.command_line.classify_command",
        plugins=True,
    ),
    Command(
        "evaluate",
        "measure how well clusters and neighbours agree with the sub-folder names",
        _evaluate,
        "shoal.command_line.evaluate_command",
        plugins=True,
    ),
    Command(
        "metric",
        "learn from sorted pictures what counts when pictures are compared",
        _metric,
        "shoal.command_line.metric_command",
        plugins=True,
    ),
    Command(
        "distil",
        "make a quick model that sees a folder's pictures as a heavy one does",
        _distil,
        "shoal.command_line.distil_command",
        plugins=True,
    ),
    Command(
        "runs", "keep and compare what came of sorting a folder, under names", _runs, "shoal.command_line.runs_command"
    ),
    Command("recipes", "list recipes by the names that people know", _recipes, "shoal.command_line.recipes_command"),
    Command("models", "list the models", _add_json, "shoal.command_line.models_command", plugins=True),
    Command(
        "plugins",
        "list packages that add models, algorithms or documents, and allow one",
        _plugins,
        "shoal.command_line.plugins_command",
    ),
    Command(
        "undo-export", "take back what shoal sort wrote to a folder", _undo_export, "shoal.command_line.undo_command"
    ),
    Command(
        "write-marks",
        "write the stars, flags and labels given in the window into sidecars",
        _write_marks,
        "shoal.command_line.marks_command",
    ),
    Command(
        "doctor", "check this computer and say what to do about problems", _nothing, "shoal.command_line.doctor_command"
    ),
)
