"""Colours that a picture gives by video's numbers instead of a profile (ITU-T H.273), brought to sRGB.

Wide primaries become sRGB's. High dynamic range (BT.2100's PQ and HLG) is brought to the brightness of a usual picture:
diffuse white, 203 nits by BT.2408, is nearly white, and what is brighter is rolled off below white with its hue kept.
Gain maps are left alone: the picture that they would brighten is the one that every screen can show.
"""

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from shoal.imaging.heif_boxes import HeifBoxes

_PQ, _HLG, _LINEAR = 16, 18, 8  # H.273's numbers of transfer curves
_GAMMAS: Final = {4: 2.2, 5: 2.8}
_TO_SRGB: Final = {
    9: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    11: ((1.1573, -0.1573, 0.0), (-0.0416, 1.0416, 0.0), (-0.0181, -0.0722, 1.0903)),
    12: ((1.2249, -0.2249, 0.0), (-0.0420, 1.0420, 0.0), (-0.0197, -0.0786, 1.0983)),
}
"""BT.2020, and P3 by its white point of cinemas and of screens; others are taken for sRGB's."""
_PQ_NUMBERS: Final = (0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875)  # m1, m2, c1, c2, c3 of SMPTE ST 2084
_HLG_NUMBERS: Final = (0.17883277, 0.28466892, 0.55991073)  # a, b, c of BT.2100
_NITS_OF_PQ, _NITS_OF_HLG, _NITS_OF_WHITE = 10_000.0, 1_000.0, 203.0
_KNEE: Final = 0.8
"""Of white: darker colours are left as they are."""

Colours = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VideoColours:
    """The numbers of the primaries and of the transfer curve."""

    primaries: int
    transfer: int

    @property
    def is_usual(self) -> bool:
        return self.primaries not in _TO_SRGB and self.transfer not in {_PQ, _HLG, _LINEAR, *_GAMMAS}


def video_colours_of(data: bytes) -> VideoColours | None:
    """What the boxes of a HEIC or AVIF say of its picture; None if nothing, or nothing unusual."""
    try:
        boxes = HeifBoxes(data)
        for kind, content in boxes.properties(boxes.primary):
            if kind == b"colr" and content[:4] == b"nclx":
                colours = VideoColours(*struct.unpack_from(">HH", content, 4))
                return None if colours.is_usual else colours
    except (ValueError, KeyError, IndexError, struct.error):
        return None
    return None


def shown(image: Image.Image, colours: VideoColours) -> Image.Image:
    """In sRGB; transparency stays."""
    if image.mode not in ("RGB", "RGBA"):
        return image
    pixels = np.asarray(image)
    # A table: the curves take powers, and a picture has more pixels than its channels have values.
    curve = _light(np.linspace(0, 1, 256, dtype=np.float32), colours.transfer)
    light = curve[pixels[..., :3]]
    if colours.transfer == _HLG:
        # HLG says how bright the scene was; a screen of 1,000 nits shows it with this gamma (BT.2100).
        light *= _brightness(light) ** np.float32(0.2)
    if colours.transfer in (_PQ, _HLG):
        light *= (_NITS_OF_PQ if colours.transfer == _PQ else _NITS_OF_HLG) / _NITS_OF_WHITE
    if colours.primaries in _TO_SRGB:
        light = np.maximum(light @ np.array(_TO_SRGB[colours.primaries], np.float32).T, 0)
    seen = np.asarray(_encoded(_rolled_off(light)) * 255 + 0.5, np.uint8)
    if image.mode == "RGB":
        return Image.fromarray(seen)
    return Image.fromarray(np.concatenate([seen, pixels[..., 3:]], axis=2))


def _light(values: Colours, transfer: int) -> Colours:
    """From code values 0..1 to light, 1 being the most that can be said."""
    if transfer == _PQ:
        m1, m2, c1, c2, c3 = _PQ_NUMBERS
        root = values ** (1 / m2)
        return np.asarray((np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1), np.float32)
    if transfer == _HLG:
        a, b, c = _HLG_NUMBERS
        return np.asarray(np.where(values <= 0.5, values**2 / 3, (np.exp((values - c) / a) + b) / 12), np.float32)
    if transfer == _LINEAR:
        return values
    if transfer in _GAMMAS:
        return np.asarray(values ** _GAMMAS[transfer], np.float32)
    return np.asarray(np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4), np.float32)


def _brightness(light: Colours) -> Colours:
    """BT.2100's, kept as a last dimension of one."""
    return np.asarray(light @ np.array([0.2627, 0.6780, 0.0593], np.float32))[..., None]


def _rolled_off(light: Colours) -> Colours:
    """No more than 1 in the brightest channel, the others in proportion."""
    most = light.max(axis=-1, keepdims=True)
    beyond = np.maximum(most - _KNEE, 0) / (1 - _KNEE)
    softened = np.where(most > _KNEE, _KNEE + (1 - _KNEE) * beyond / (1 + beyond), most)
    return np.asarray(light * (softened / np.maximum(most, 1e-6)), np.float32)


def _encoded(light: Colours) -> Colours:
    return np.asarray(
        np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-8) ** (1 / 2.4) - 0.055), np.float32
    )
