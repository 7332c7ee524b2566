"""When the camera says that a picture was taken, from parts of its file: to tell an edited picture from another one."""

from pathlib import Path

from shoal.imaging.fingerprint import open_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.xmp_packets import embedded_in

_DETAILS, _ORIGINAL = 0x8769, 0x9003  # ExifIFDPointer, DateTimeOriginal


def time_taken(path: Path) -> str | None:
    """As the camera wrote it; None where it is not to be found. What an editor adds later is another time."""
    try:
        with open_image_file(path) as file:
            blocks = embedded_in(file).exif
    except (UnreadableImage, OSError):
        return None
    folders = [folder for main in blocks for folder in (main.folder(_DETAILS), main) if folder]
    return next((text for folder in folders if (text := folder.text(_ORIGINAL))), None)
