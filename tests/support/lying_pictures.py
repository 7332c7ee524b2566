"""How a sensor saw a picture: the turn that EXIF's orientation undoes."""

from PIL import Image

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def laid_down(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as it lies in a file of this orientation, 1..8."""
    turn = TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)
