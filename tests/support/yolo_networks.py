"""YOLOs with seeded random weights, and Ultralytics' own answers. All of it is called in an engine process.

Weights as they are drawn give nearly the same vector for every picture; so the normalisation layers are set by what
a few pictures make of them, and drawn wider: then pictures differ as they do to a trained network.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shoal.domain.task import Task

SIDE = 320
"""A quarter of the work of the usual 640, and no other code."""


def sample_pictures() -> list[Path]:
    """The two photographs that come inside the ultralytics package."""
    spec = find_spec("ultralytics")
    assert spec is not None
    assert spec.origin is not None
    return [Path(spec.origin).parent / "assets" / name for name in ("bus.jpg", "zidane.jpg")]


def random_yolo(architecture: str, seed: int = 0) -> Any:
    """`architecture`: the name of a description inside the ultralytics package, such as yolo11n."""
    import torch  # noqa: PLC0415  # in the engine only
    from ultralytics.nn.tasks import ClassificationModel, DetectionModel  # noqa: PLC0415

    torch.manual_seed(seed)
    kind = ClassificationModel if architecture.endswith("-cls") else DetectionModel
    network = kind(f"{architecture}.yaml", verbose=False)
    norms = [layer for layer in network.modules() if isinstance(layer, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 0.5
        torch.nn.init.uniform_(norm.weight, 0.8, 1.6)
        torch.nn.init.normal_(norm.bias, 0, 0.7)
    network.train()
    with torch.no_grad():
        for _ in range(8):
            network(_blocks(8, 128))
    return network.eval()


def _blocks(count: int, side: int) -> Any:
    """Pictures with edges of every length, so that every layer sees something."""
    import torch  # noqa: PLC0415  # in the engine only

    coarse = torch.rand(count, 3, 4, 4)
    fine = torch.rand(count, 3, 32, 32)
    mixed = 0.6 * torch.nn.functional.interpolate(coarse, (side, side)) + 0.4 * torch.nn.functional.interpolate(
        fine, (side, side)
    )
    return mixed.clamp(0, 1)


def write_random_yolo(name: str, path: Path, _task: Task) -> None:
    """A checkpoint of the model called `name`, as Ultralytics' trainer saves one after training on small pictures."""
    import torch  # noqa: PLC0415  # in the engine only

    network = random_yolo(name.replace("yolov5nu", "yolov5n"))
    said = {"imgsz": 224, "task": "classify"} if name.endswith("-cls") else {"imgsz": SIDE, "task": "detect"}
    torch.save({"model": deepcopy(network).half(), "ema": None, "train_args": said}, path)


def write_finding_yolo(path: Path, _task: Task) -> None:
    """A random YOLO11n whose head is set so that it finds a few things in every picture, wherever they may be."""
    import torch  # noqa: PLC0415

    network = random_yolo("yolo11n")
    lasts = [branch[-1] for branch in network.model[-1].cv3]
    for last in lasts:
        torch.nn.init.normal_(last.weight)
        torch.nn.init.zeros_(last.bias)
    with torch.no_grad():
        scores = network(_squares(sample_pictures()))[1]["scores"]
        best = scores.amax(1)
        enough, most = float(torch.quantile(best, 0.99, dim=1).min()), float(best.max())
        for last in lasts:  # the surest of all comes to 0.95, and one place in a hundred of each picture to 0.1
            last.weight *= 5.1 / (most - enough)
            last.bias += 2.9 - most * 5.1 / (most - enough)
    said = {"imgsz": SIDE, "task": "detect"}
    torch.save({"model": deepcopy(network).half(), "ema": None, "train_args": said}, path)


def write_untrained_yolo(path: Path, _task: Task) -> None:
    """As the library begins a training: nothing is lost in it, and nothing amplified."""
    import torch  # noqa: PLC0415
    from ultralytics.nn.tasks import DetectionModel  # noqa: PLC0415

    torch.manual_seed(0)
    network = DetectionModel("yolo11n.yaml", verbose=False).eval()
    torch.save({"model": network, "ema": None, "train_args": {"imgsz": SIDE, "task": "detect"}}, path)


def _squares(pictures: Sequence[Path], side: int = SIDE) -> Any:
    """As the network sees them: n x 3 x S x S, 0 to 1."""
    import torch  # noqa: PLC0415
    from ultralytics.data.augment import LetterBox  # noqa: PLC0415
    from ultralytics.utils.patches import imread  # noqa: PLC0415

    squares: list[Any] = [LetterBox((side, side))(image=imread(picture)) for picture in pictures]
    return torch.from_numpy(np.stack(squares)[..., ::-1].copy()).permute(0, 3, 1, 2) / 255


def ultralytics_boxes(weights: Path, pictures: Sequence[Path], _task: Task) -> list[NDArray[np.float32]]:
    """What `YOLO.predict` finds in each picture, in a square: left, top, right, bottom, confidence, number of kind."""
    YOLO: Any = import_module("ultralytics").YOLO  # noqa: N806  # its types are wrong

    model = YOLO(str(weights))
    said: dict[str, Any] = {
        "rect": False,
        "conf": 0.1,
        "iou": 0.7,
        "max_det": 100,
        "verbose": False,
        "device": "cpu",
        "save": False,
    }
    return [model.predict(str(picture), **said)[0].boxes.data.numpy() for picture in pictures]


def ultralytics_vectors(
    weights: Path, pictures: Sequence[Path], layers: Sequence[int] | None, _task: Task
) -> NDArray[np.float32]:
    """What `YOLO.embed` gives for each picture by itself, in a square."""
    return _embedded(weights, pictures, {"rect": False} | ({} if layers is None else {"embed": list(layers)}))


def ultralytics_default_vectors(weights: Path, pictures: Sequence[Path], _task: Task) -> NDArray[np.float32]:
    """What `YOLO.embed(file)` gives for each picture where nothing else is said: with no more bars than it must."""
    return _embedded(weights, pictures, {})


def _embedded(weights: Path, pictures: Sequence[Path], said: Mapping[str, Any]) -> NDArray[np.float32]:
    YOLO: Any = import_module("ultralytics").YOLO  # noqa: N806  # its types are wrong

    model = YOLO(str(weights))
    rows = [model.embed(str(picture), verbose=False, device="cpu", **said)[0] for picture in pictures]
    return np.stack([row.numpy() for row in rows])


def largest_of_first_layers(weights: Path, pictures: Sequence[Path], count: int, _task: Task) -> NDArray[np.float32]:
    """YOLOv5's recipe: the first `count` layers one after the other, the largest value of each channel."""
    import torch  # noqa: PLC0415

    YOLO: Any = import_module("ultralytics").YOLO  # noqa: N806  # its types are wrong

    layers = YOLO(str(weights)).model.float().eval().model[:count]
    with torch.no_grad():
        return layers(_squares(pictures)).amax((2, 3)).numpy()


def grid_of_first_layers(weights: Path, pictures: Sequence[Path], count: int, _task: Task) -> NDArray[np.float32]:
    """The same with where things stand: max-pooled 3 x 3, then 2 x 2, and laid out in a row, at 640 pixels."""
    import torch  # noqa: PLC0415
    from torch.nn.functional import max_pool2d  # noqa: PLC0415

    YOLO: Any = import_module("ultralytics").YOLO  # noqa: N806  # its types are wrong

    layers = YOLO(str(weights)).model.float().eval().model[:count]
    with torch.no_grad():
        rows = [max_pool2d(max_pool2d(layers(_squares([one], 640)), 3), 2).flatten(1).numpy() for one in pictures]
    return np.concatenate(rows)
