"""What is said of pictures that may be copies of each other."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FIELDS: Final = 16
WAVES: Final = 8
FIELD_BYTES: Final = FIELDS * FIELDS * 3
WAVE_BYTES: Final = 2 * WAVES * WAVES


@dataclass(frozen=True, slots=True, eq=False)
class SmallLooks:
    """`fields` 16 x 16 x 3 uint8, sRGB; `waves` 8 x 8 float16, down x across, of the brightness."""

    fields: NDArray[np.uint8]
    waves: NDArray[np.float16]

    def packed(self) -> bytes:
        return self.fields.tobytes() + self.waves.astype("<f2").tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class ManyLooks:
    """Of many pictures: `fields` n x 16 x 16 x 3 uint8, `waves` n x 8 x 8 float32."""

    fields: NDArray[np.uint8]
    waves: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.fields)


def many_looks(packed: list[bytes]) -> ManyLooks:
    """Raises ValueError where one of them is not what `SmallLooks.packed` gave."""
    if any(len(look) != FIELD_BYTES + WAVE_BYTES for look in packed):
        raise ValueError("the looks of a picture have the wrong length")
    rows = np.frombuffer(b"".join(packed), np.uint8).reshape(len(packed), FIELD_BYTES + WAVE_BYTES)
    fields = rows[:, :FIELD_BYTES].reshape(-1, FIELDS, FIELDS, 3)
    waves = np.ascontiguousarray(rows[:, FIELD_BYTES:]).view("<f2").reshape(-1, WAVES, WAVES).astype(np.float32)
    if not np.isfinite(waves).all():
        raise ValueError("the looks of a picture are no numbers")
    return ManyLooks(fields, waves)
