"""JPEG as Pillow opens it, but for what we do not need."""

from PIL.JpegImagePlugin import JpegImageFile


class JpegFile(JpegImageFile):
    """Without Pillow's own look into EXIF for the resolution: as slow as resizing, and it warns of every flaw."""

    def _read_dpi_from_exif(self) -> None: ...
