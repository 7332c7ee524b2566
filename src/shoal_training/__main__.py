"""`python -m shoal_training distil --teacher T.onnx --data TAR_OR_FOLDER... --out DIR`, `... head`, `... limits`"""

import argparse
import sys
from pathlib import Path

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence
from shoal.domain.task import Progress, Task
from shoal.embedding.efficientnet_lite import WEIGHTS
from shoal_training.distilling import Request, distil
from shoal_training.export import Label
from shoal_training.head_fitting import add_head_arguments, fit_usual_head
from shoal_training.limits import measured_limits
from shoal_training.material import Mixture
from shoal_training.run import RunSettings, Stage
from shoal_training.teacher import TeacherInput, read_teacher_input
from shoal_training.trainer import StepSettings


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        report = options.work(options)
    except UserFacingError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command with --resume to go on.\n")
        return 130
    sys.stdout.write(f"{report}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m shoal_training", description="Distil a network for your own pictures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_distil(commands.add_parser("distil", help="train a small network to see as a large one does"))
    _add_limits(commands.add_parser("limits", help="of the numbers in the usual network, for its 8-bit form"))
    _add_head(commands.add_parser("head", help="compute the usual network's last matrix from labelled pictures"))
    return parser


def _add_limits(command: argparse.ArgumentParser) -> None:
    command.set_defaults(work=lambda options: measured_limits(WEIGHTS, options.pictures, Task(_show)))
    command.add_argument("--pictures", type=int, default=50, help="that the program draws (default 50)")


def _add_head(command: argparse.ArgumentParser) -> None:
    command.set_defaults(work=lambda options: fit_usual_head(options, Task(_show)))
    add_head_arguments(command)


def _add_distil(command: argparse.ArgumentParser) -> None:
    command.set_defaults(work=lambda options: distil(_request(options), Task(_show)))
    command.add_argument("--teacher", type=Path, required=True, metavar="ONNX", help="with its .json beside it")
    command.add_argument("--data", type=Path, nargs="+", required=True, metavar="TAR_OR_FOLDER")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--judge", type=Path, nargs="*", default=[], metavar="FOLDER", help="labelled, never learned")
    command.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    length = command.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="of training (default 90)")
    length.add_argument("--epochs", type=float)
    length.add_argument("--steps", type=int)
    command.add_argument("--threads", type=int, default=2)
    command.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--rate", type=float, default=0.03)
    command.add_argument("--balance", type=float, default=0.5, help="1: by pictures, 0: every source alike")
    command.add_argument("--emphasis", type=_source_and_factor, nargs="*", default=[], metavar="SOURCE=FACTOR")
    command.add_argument("--most-per-source", type=int, default=0, help="ask the teacher about so many (0: all)")
    command.add_argument("--teacher-output", default="", metavar="NAME")
    command.add_argument("--teacher-size", type=int, help="pixels; with the next two, instead of the .json")
    command.add_argument("--teacher-mean", type=float, nargs=3, default=(127.5, 127.5, 127.5))
    command.add_argument("--teacher-std", type=float, nargs=3, default=(127.5, 127.5, 127.5))
    command.add_argument("--sizes", type=int, nargs=3, default=(48, 64, 80), help="pixels early, later, at the end")
    command.add_argument("--batch", type=int, default=288)
    command.add_argument("--size", type=int, default=96, help="pixels that the exported network takes")
    command.add_argument("--dimension", type=int, default=512, help="numbers per picture")
    command.add_argument("--name", default="distilled")
    command.add_argument("--licence", default="unknown", help="of the exported weights")


def _source_and_factor(text: str) -> tuple[str, float]:
    source, _, factor = text.rpartition("=")
    return source, float(factor)


def _request(options: argparse.Namespace) -> Request:
    early, later, last = options.sizes
    part = max(1, options.batch // 6)
    lengths = {"steps": options.steps, "minutes": options.minutes}
    if not any((options.steps, options.minutes, options.epochs)):
        lengths["minutes"] = 90.0
    settings = RunSettings(
        **lengths,
        rate=options.rate,
        seed=options.seed,
        stages=(Stage(0.4, early), Stage(0.85, later), Stage(1.0, last)),
        judge_size=options.size,
        step=StepSettings(part_size=part),
    )
    return Request(
        teacher=options.teacher,
        looks=_teacher_input(options),
        data=tuple(options.data),
        out=options.out,
        settings=settings,
        label=Label(options.name, options.licence, options.size, options.size, options.dimension),
        judge=tuple(options.judge),
        teacher_output=options.teacher_output,
        epochs=options.epochs,
        resume=options.resume,
        threads=options.threads,
        device=options.device,
        mixture=Mixture(options.balance, dict(options.emphasis)),
        most_per_source=options.most_per_source,
    )


def _teacher_input(options: argparse.Namespace) -> TeacherInput:
    if options.teacher_size is not None:
        return TeacherInput(options.teacher_size, tuple(options.teacher_mean), tuple(options.teacher_std))
    sidecar = options.teacher.with_suffix(".json")
    if not sidecar.exists():
        raise UserFacingError(
            Sentence("{sidecar} does not exist.", sidecar=sidecar),
            Sentence("Say with --teacher-size what the teacher takes."),
        )
    return read_teacher_input(sidecar)


def _show(progress: Progress) -> None:
    part = progress.done / progress.total if progress.total else 0.0
    sys.stderr.write(f"\r{progress.message}: {part:.1%}   ")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
