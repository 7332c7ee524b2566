"""Fonts for what is drawn: Pillow's own, or one of the system's where a text has letters that it lacks."""

import unicodedata
from functools import cache

from PIL import ImageFont

_FOR_ALL_WRITING = (
    "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "msyh.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc",
    "DroidSansFallbackFull.ttf", "DejaVuSans.ttf",
)  # fmt: skip

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def printable(text: str) -> str:
    """On one line, and what cannot be shown as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def text_width(text: str, size: int) -> int:
    return round(font_for(text, size).getlength(text)) + 1


def font_for(text: str, size: int) -> Font:
    """Pillow's own, which knows Latin letters only, unless there are others and this system has a font for them."""
    beyond = any(ord(character) > 0x17F and unicodedata.category(character)[0] != "Z" for character in text)
    return _wide_font(size) if beyond else _plain_font(size)


@cache
def _plain_font(size: int) -> Font:
    return ImageFont.load_default(size)


@cache
def _wide_font(size: int) -> Font:
    for name in _FOR_ALL_WRITING:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return _plain_font(size)
