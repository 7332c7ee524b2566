"""What a network is fed: which pixels of a picture, and which numbers these become."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shoal.domain.input_geometry import InputGeometry

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """`output` names the output to take, empty for the first that serves. `guessed`: nobody said how, we assumed.

    `bgr`: the network is given blue first, as OpenCV reads pictures; mean and deviation are in its order.
    """

    geometry: InputGeometry
    mean: Triple
    std: Triple
    name: str = ""
    output: str = ""
    guessed: bool = False
    bgr: bool = False

    @property
    def description(self) -> str:
        """Everything that changes a vector, for the `EmbeddingKey`."""
        numbers = ",".join(f"{value:g}" for value in (*self.mean, *self.std))
        sampling = "" if self.geometry.sampling == "area" else f" {self.geometry.sampling}"
        order = "bgr" if self.bgr else "rgb"
        square = f"{self.geometry.fit} {self.geometry.size}/{self.geometry.resize}{sampling} {order} {numbers}"
        return f"{square} {self.geometry.framing}"

    def network_input(self, pixels: NDArray[np.uint8], channels_last: bool = False) -> NDArray[np.float32]:
        """n x S x S x 3 bytes to n x 3 x S x S float32 (or n x S x S x 3), through a table of 256 values a channel."""
        count, height, width, _ = pixels.shape
        shape = (count, height, width, 3) if channels_last else (count, 3, height, width)
        values = np.empty(shape, np.float32)
        for channel in range(3):
            table = ((np.arange(256) - self.mean[channel]) / self.std[channel]).astype(np.float32)
            target = values[..., channel] if channels_last else values[:, channel]
            source = pixels[..., 2 - channel if self.bgr else channel]
            np.take(table, source, out=target, mode="clip")  # half the time of table[...]
        return values
