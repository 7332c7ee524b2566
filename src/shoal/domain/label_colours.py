"""The colours of labels, as the programs count them."""

from typing import Final

COLOURS: Final = ("Red", "Orange", "Yellow", "Green", "Blue", "Purple", "Grey", "Black", "White")
"""In the order of digiKam's numbers, which begin with 1. All programs know the five of `COMMON_COLOURS`."""
COMMON_COLOURS: Final = ("Red", "Yellow", "Green", "Blue", "Purple")
"""In the order of darktable's numbers, which begin with 0."""
