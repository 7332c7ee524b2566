"""What a network wants to be fed, and where that is written down.

A JSON file beside the weights (`net.onnx` and `net.json`) says it::

    {"name": "...", "input": {"size": 224, "resize": 256, "fit": "crop", "mean": [..], "std": [..]},
     "output": "...", "licence": "..."}

and means: x = (pixel - mean) / std, pixels 0..255 in the order red, green, blue (or blue first, with "order": "bgr" in
the input). Everything but `input.size` may be left out. Where no such file is, a usual scaling can be named instead, or
the whole way in which a recipe that people follow prepares pictures (`WAYS`).
"""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from shoal.domain.errors import ModelUnavailable
from shoal.domain.input_geometry import InputGeometry
from shoal.domain.sentence import Sentence
from shoal.embedding.prepared_input import Preprocessing, Triple

Fit = Literal["crop", "squash", "between", "letterbox", "cut"]

LARGEST_INPUT = 2048  # more is taken for a slip
RESIZE_PER_SIZE = 256 / 224  # the usual margin around the centre crop

SCALINGS: dict[str, tuple[Triple, Triple]] = {
    "imagenet": ((123.675, 116.28, 103.53), (58.395, 57.12, 57.375)),
    "symmetric": ((127.5, 127.5, 127.5), (127.5, 127.5, 127.5)),
    "unit": ((0.0, 0.0, 0.0), (255.0, 255.0, 255.0)),
    "bytes": ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
}
"""Mean and standard deviation by name: ImageNet's own, -1..1, 0..1, and pixels as they are."""
GUESS = "imagenet"

TUTORIAL = Preprocessing(InputGeometry(448, 512, "cut"), *SCALINGS["unit"])
"""Of a tutorial on clustering pictures with VGG-16 and k-means that many have followed: 512 pixels from the middle of
the picture, made 448, and no other scaling than to 0..1."""
WAYS: dict[str, Preprocessing] = {
    "tutorial": TUTORIAL,
    "tutorial-bgr": replace(TUTORIAL, bgr=True),
    "resize-256": Preprocessing(InputGeometry(224, 256, "crop", "whole"), *SCALINGS["imagenet"]),
}
"""By name: the tutorial's way, the same as it was printed (OpenCV gives blue first), and ImageNet's of old: the short
side to 256 pixels, 224 from the middle, as torchvision's transforms do it."""


def usual_preprocessing(scaling: str, size: int) -> Preprocessing:
    mean, std = SCALINGS[scaling]
    return Preprocessing(InputGeometry(size, round(size * RESIZE_PER_SIZE)), mean, std)


def chosen_preprocessing(own: Preprocessing, said: str, image_size: int) -> Preprocessing:
    """A model's own way, unless the user said another scaling, or another file that says how, or another size."""
    size = own.geometry.size
    how = own
    if said in SCALINGS:
        how = usual_preprocessing(said, size)
    elif said:
        how = WAYS[said] if said in WAYS else read_preprocessing(Path(said))
    return how if not image_size else with_side(how, image_size)


def with_side(how: Preprocessing, side: int) -> Preprocessing:
    """The same share of the picture, seen with more or fewer pixels."""
    if not 1 <= side <= LARGEST_INPUT:
        raise ModelUnavailable(
            Sentence("A picture cannot have a side of {side} pixels here.", side=side),
            Sentence("At most {limit}.", limit=LARGEST_INPUT),
        )
    geometry = how.geometry
    resize = round(geometry.resize * side / geometry.size)
    return replace(how, geometry=replace(geometry, size=side, resize=resize))


def read_preprocessing(path: Path) -> Preprocessing:
    """Raises `ModelUnavailable` with the reason if the file is not as described above."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ModelUnavailable(
            Sentence("{path} cannot be read ({reason}).", path=path, reason=error.strerror),
            Sentence("Choose another file."),
        ) from error
    except ValueError as error:
        raise _unfit(path, error) from error
    return preprocessing_from(text, path)


def preprocessing_from(text: str, path: Path) -> Preprocessing:
    """From what a file says, or what is noted in it. Raises `ModelUnavailable`."""
    try:
        return _parse(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _unfit(path, error) from error


def _unfit(path: Path, error: Exception) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence("{path} does not describe a network's input: {reason}.", path=path, reason=_reason(error)),
        Sentence(
            'It should look like {"input": {"size": 224, "resize": 256, "mean": [0, 0, 0], "std": [255, 255, 255]}}.'
        ),
    )


def _reason(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


def _parse(data: dict[str, object]) -> Preprocessing:
    entry = data["input"]
    if not isinstance(entry, dict):
        raise TypeError("'input' is not an object")
    size = _side(entry["size"])
    mean, std = SCALINGS[GUESS]
    return Preprocessing(
        InputGeometry(size, max(size, _side(entry.get("resize", round(size * RESIZE_PER_SIZE)))), _fit(entry)),
        _triple(entry.get("mean", mean), "mean"),
        _positive(_triple(entry.get("std", std), "std")),
        name=str(data.get("name", "")),
        output=str(data.get("output") or ""),
        bgr=_order(entry) == "bgr",
    )


def _side(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LARGEST_INPUT:
        raise ValueError(f"a side of {value!r} pixels")
    return value


def _fit(entry: dict[str, object]) -> Fit:
    for fit in get_args(Fit):
        if entry.get("fit", "crop") == fit:
            return fit  # type: ignore[no-any-return]  # get_args forgets that these are the literals
    raise ValueError(f"'fit' is {entry['fit']!r}, not one of {', '.join(get_args(Fit))}")


def _order(entry: dict[str, object]) -> str:
    order = entry.get("order", "rgb")
    if order not in ("rgb", "bgr"):
        raise ValueError(f"'order' is {order!r}, not rgb or bgr")
    return str(order)


def _triple(value: object, name: str) -> Triple:
    """One number for all three channels, or three."""
    values = value if isinstance(value, list | tuple) else [value] * 3
    numbers = [float(v) for v in values if isinstance(v, int | float) and math.isfinite(v)]
    if len(numbers) != 3 or len(values) != 3:
        raise ValueError(f"{name!r} is {value!r}, not three numbers")
    return numbers[0], numbers[1], numbers[2]


def _positive(std: Triple) -> Triple:
    if min(std) <= 0:
        raise ValueError(f"'std' is {std!r}, not above zero")
    return std
