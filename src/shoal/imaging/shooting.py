"""With which lens and settings a picture was taken, as far as its EXIF says so."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shoal.imaging.fingerprint import open_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.tiff_tags import TiffTags
from shoal.imaging.xmp_packets import embedded_in

_DETAILS: Final = 0x8769
_LENS, _LENS_MAKE = 0xA434, 0xA433
_BIAS, _TIME, _APERTURE, _FOCAL = 0x9204, 0x829A, 0x829D, 0x920A
_BRACKETED: Final = 0xA402
_AUTO_BRACKET: Final = 2


@dataclass(frozen=True, slots=True)
class Shooting:
    """`bias`: exposure compensation in stops; `seconds`, `aperture`, `focal_length`: None where nobody says.

    `bracketed`: the camera says that it took a series of exposures.
    """

    lens: str = ""
    bias: float | None = None
    seconds: float | None = None
    aperture: float | None = None
    focal_length: float | None = None
    bracketed: bool = False


def shooting_of(path: Path) -> Shooting:
    """Reads a few parts of the file; nothing where it cannot be read."""
    try:
        with open_image_file(path) as file:
            shootings = [shooting_in(details) for tags in embedded_in(file).exif if (details := tags.folder(_DETAILS))]
    except (UnreadableImage, OSError):
        return Shooting()
    return next((shooting for shooting in shootings if shooting != Shooting()), Shooting())


def shooting_in(details: TiffTags) -> Shooting:
    """Of the EXIF folder."""
    lens, maker = details.text(_LENS), details.text(_LENS_MAKE)
    if maker and lens and not lens.lower().startswith(maker.lower().split()[0]):
        lens = f"{maker} {lens}"
    return Shooting(
        lens,
        details.fraction(_BIAS),
        details.fraction(_TIME),
        details.fraction(_APERTURE),
        details.fraction(_FOCAL),
        details.number(_BRACKETED) == _AUTO_BRACKET,
    )
