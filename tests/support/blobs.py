"""Pictures that are all different: soft blobs of colour and boxes before them, by number."""

import numpy as np
from numpy.typing import NDArray


def blobs(number: int, height: int = 240, width: int = 320) -> NDArray[np.uint8]:
    random = np.random.default_rng(number)
    y, x = np.mgrid[:height, :width] / 200
    total = np.zeros((height, width, 3))
    for _blob in range(14):
        middle, wide, colour = random.uniform(0, 1.6, 2), random.uniform(0.05, 0.4), random.uniform(-1, 1, 3)
        total += np.exp(-((y - middle[0]) ** 2 + (x - middle[1]) ** 2) / wide**2)[..., np.newaxis] * colour
    picture = (127 + 127 * np.tanh(total)).astype(np.uint8)
    for _box in range(9):
        top, left = int(random.integers(0, height - 20)), int(random.integers(0, width - 20))
        down, across = random.integers(15, 90, 2).tolist()
        picture[top : top + down, left : left + across] = random.integers(0, 256, 3)
    return picture
