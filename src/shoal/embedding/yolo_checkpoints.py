"""Ultralytics' own files (.pt): which may be loaded, and loading one so that it neither runs code nor calls home.

Such a file is a pickled network. Ultralytics' safe loading builds only classes it knows from it; without it,
`YOLO("x.pt")` runs whatever the file says. Everything here happens in the engine process, whose environment switches
safe loading on and analytics, installing and downloading off; that it did is looked at before each load, because the
library decides when it is imported and then never again.
"""

import pickle
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shoal.domain.errors import ModelUnavailable
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.embedding.yolo_layers import trunk

if TYPE_CHECKING:
    import torch

DETECT, CLASSIFY = "detect", "classify"
USUAL_SIDE = {CLASSIFY: 224}  # what Ultralytics trains with where the file does not say
USUAL_SIDE_ELSE = 640
OLD_YOLOV5 = (b"cmodels.yolo\n", b"\x8c\x0bmodels.yolo")
"""The module of the original repository, as pickles name it; Ultralytics' own is ultralytics.models.yolo."""
LONGEST_PICKLE = 64 << 20  # the weights stand beside it: what is longer was made to fill the memory
UNREADABLE = (
    pickle.UnpicklingError, RuntimeError, OSError, EOFError, ValueError, TypeError, LookupError, AttributeError,
    ImportError, AssertionError,
)  # fmt: skip
"""What torch and Ultralytics let out of files that are none of theirs."""


@dataclass(frozen=True, slots=True)
class YoloFacts:
    """What a checkpoint says about itself. `head`: the index of the last layer; `side`: of the input, in pixels.

    `stride`: the input's side has to be a multiple of it. `classes`: what it can find or tell apart, by number. Of
    detectors, `channels` and `strides` of the maps that feed the head.
    """

    task: str
    head: int
    side: int
    stride: int
    classes: tuple[str, ...]
    channels: tuple[int, ...] = ()
    strides: tuple[int, ...] = ()


def yolo_facts(path: Path, _task: Task) -> YoloFacts:
    """Raises `ModelUnavailable` for what is no checkpoint of Ultralytics, or might run code."""
    model = load_yolo(path)
    task = str(model.task)
    saved = getattr(model, "args", {}).get("imgsz")
    side = saved if isinstance(saved, int) else USUAL_SIDE.get(task, USUAL_SIDE_ELSE)
    stride = 1 if task == CLASSIFY else max(32, int(max(model.stride)))
    names = model.names if isinstance(model.names, dict) else dict(enumerate(model.names))
    classes = tuple(str(names[key]) for key in sorted(names))
    channels, strides = _maps_of(model) if task == DETECT else ((), ())
    return YoloFacts(task, len(model.model) - 1, side, stride, classes, channels, strides)


def _maps_of(model: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """By trying: channels and strides of the maps that feed the head."""
    import torch

    head, side = model.model[-1], 4 * int(max(model.stride))
    maps = trunk(model, head.i - 1, tuple(head.f))(torch.zeros(1, 3, side, side))
    return tuple(level.shape[1] for level in maps), tuple(side // level.shape[3] for level in maps)


def load_yolo(path: Path) -> Any:  # a network of Ultralytics', which has no type of its own here
    """The network in evaluation mode, in 32-bit numbers, on the processor. Raises `ModelUnavailable`."""
    _require_safety()
    if is_of_old_yolov5(path):
        raise _of_old_yolov5(path)
    _require_plain_name(path)
    from ultralytics.nn.tasks import load_checkpoint

    try:
        model, _ = load_checkpoint(str(path))  # type: ignore[no-untyped-call]  # Ultralytics has no types
    except ModuleNotFoundError as error:
        raise _refused(
            path, Sentence("it was made with {error}, which is not here", error=error.name or "a module")
        ) from error
    except UNREADABLE as error:
        raise _refused(
            path, Sentence("it is damaged, or holds something else than a network of Ultralytics")
        ) from error
    if getattr(model, "model", None) is None or not hasattr(model, "names"):
        raise _refused(path, Sentence("it holds no network of Ultralytics"))
    return _without_training_leftovers(model)


def _require_safety() -> None:
    """A promise to the user, checked where it is kept and not where it is made."""
    from ultralytics import utils

    if not getattr(utils, "SAFE_LOAD", False) or utils.AUTOINSTALL or utils.ONLINE:
        raise ModelUnavailable(
            Sentence("Ultralytics' library was loaded without its safety switches, so no checkpoint is opened."),
            Sentence("Start the program again."),
        )


def _require_plain_name(path: Path) -> None:
    """The library takes apostrophes out of names and adds letters to some, and then looks for the file elsewhere."""
    from ultralytics.utils.checks import check_yolov5u_filename

    name = str(path)
    if check_yolov5u_filename(name.strip().replace("'", ""), verbose=False) != name:
        raise ModelUnavailable(
            Sentence(
                "Ultralytics' library cannot open a file called {path} in {folder}.", path=path.name, folder=path.parent
            ),
            Sentence("Call the file and its folder something plain, such as weights.pt."),
        )


def _refused(path: Path, why: str) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence("{path} cannot be loaded: {why}.", path=path, why=why),
        Sentence("Choose a .pt file that Ultralytics wrote, version 8 or newer."),
    )


def is_of_old_yolov5(path: Path) -> bool:
    """Whether a checkpoint names classes of the repository that YOLOv5 came from. Nothing of it is loaded."""
    try:
        with zipfile.ZipFile(path) as parts:
            pickles = (part for part in parts.infolist() if part.filename.endswith("data.pkl"))
            return any(_names_old_yolov5(parts.open(pickle).read(LONGEST_PICKLE)) for pickle in pickles)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        with suppress(OSError), path.open("rb") as file:
            return _names_old_yolov5(file.read(LONGEST_PICKLE))
    return False


def _names_old_yolov5(pickled: bytes) -> bool:
    return any(name in pickled for name in OLD_YOLOV5)


def _of_old_yolov5(path: Path) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence(
            "{path} was made by the original YOLOv5 repository: it needs that repository's own program to be loaded, "
            "which Shoal does not run.",
            path=path,
        ),
        Sentence(
            "Export it there with python export.py --weights {name} --include onnx, and name the .onnx file; or take "
            "yolov5su.pt, the same network for Ultralytics' library.",
            name=path.name,
        ),
    )


def _without_training_leftovers(model: "torch.nn.Module") -> "torch.nn.Module":
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    return model.eval()
