"""A drawing of simple shapes that becomes a PNG or an SVG: what plots are made of."""

import base64
import colorsys
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from PIL import Image, ImageDraw

from shoal.exports.fonts import font_for, printable, text_width

PAPER: Final = "#ffffff"
INK: Final = "#1c2026"
FAINT: Final = "#6e747c"
LINES: Final = "#d6dae0"
NO_CLUSTER: Final = "#b4b4b4"
_GOLDEN_ANGLE: Final = 137.508  # turned by it, no number of colours comes near to one before
_SMOOTH: Final = 2
"""PNGs are drawn so many times larger and then made smaller."""

Point = tuple[float, float]


def cluster_colour(number: int) -> str:
    """Colours far from each other, whatever numbers; near to those of the window."""
    red, green, blue = colorsys.hls_to_rgb(number * _GOLDEN_ANGLE / 360 % 1, 0.5, 0.62)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def pale(colour: str, share: float) -> str:
    """So much of a colour on paper."""
    parts = (round(255 - (255 - int(colour[at : at + 2], 16)) * share) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


@dataclass(frozen=True, slots=True)
class Dots:
    places: Sequence[Point]
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Box:
    corner: Point
    size: Point
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    places: Sequence[Point]
    colour: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Area:
    """What lies inside these corners."""

    corners: Sequence[Point]
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """`anchor`: which end of the text stands at `place`, left (start), middle or right (end)."""

    place: Point
    text: str
    size: int = 12
    colour: str = INK
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Photo:
    """A small JPEG, as large as it fits into a square of `side` with `place` in its middle, in a frame of `colour`."""

    place: Point
    side: float
    jpeg: bytes
    colour: str


Shape = Dots | Box | Line | Area | Words | Photo


@dataclass(slots=True)
class Drawing:
    """Shapes one above the other, on paper of so many pixels."""

    width: int
    height: int
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes.extend(shapes)

    def svg(self) -> bytes:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{self.width}"'
            f' height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
            ' font-family="Noto Sans, DejaVu Sans, Arial, sans-serif">'
        )
        paper = f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>'
        return "\n".join([head, paper, *map(_as_svg, self.shapes), "</svg>", ""]).encode("utf-8", "backslashreplace")

    def png(self) -> bytes:
        size = self.width * _SMOOTH, self.height * _SMOOTH
        picture = Image.new("RGB", size, PAPER)
        draw = ImageDraw.Draw(picture)
        for shape in self.shapes:
            _paint(picture, draw, shape)
        file = io.BytesIO()
        picture.resize((self.width, self.height), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
        return file.getvalue()


def _as_svg(shape: Shape) -> str:
    if isinstance(shape, Dots):
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{shape.radius:g}"/>' for x, y in shape.places)
        return f'<g fill="{shape.colour}">{dots}</g>'
    if isinstance(shape, Box):
        (x, y), (width, height) = shape.corner, shape.size
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{shape.colour}"/>'
    if isinstance(shape, Line):
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.places)
        return f'<polyline points="{places}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"/>'
    if isinstance(shape, Area):
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.corners)
        return f'<polygon points="{corners}" fill="{shape.colour}"/>'
    if isinstance(shape, Words):
        x, y = shape.place
        return (
            f'<text x="{x:.1f}" y="{y + shape.size * 0.35:.1f}" font-size="{shape.size}" fill="{shape.colour}"'
            f' text-anchor="{shape.anchor}">{escape(printable(shape.text))}</text>'
        )
    width, height = fitted(shape)
    x, y = shape.place[0] - width / 2, shape.place[1] - height / 2
    link = "data:image/jpeg;base64," + base64.b64encode(shape.jpeg).decode("ascii")
    return (
        f'<image x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" xlink:href="{link}"/>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="none" stroke="{shape.colour}"'
        ' stroke-width="2"/>'
    )


def fitted(photo: Photo) -> Point:
    """Width and height of the picture in its square."""
    width, height = Image.open(io.BytesIO(photo.jpeg)).size
    scale = photo.side / max(width, height)
    return width * scale, height * scale


def _paint(picture: Image.Image, draw: ImageDraw.ImageDraw, shape: Shape) -> None:
    scale = _SMOOTH
    if isinstance(shape, Dots):
        radius = shape.radius * scale
        for x, y in shape.places:
            draw.ellipse((x * scale - radius, y * scale - radius, x * scale + radius, y * scale + radius), shape.colour)
    elif isinstance(shape, Box):
        left, top = shape.corner[0] * scale, shape.corner[1] * scale
        width, height = shape.size[0] * scale, shape.size[1] * scale
        if width > 0 and height > 0:
            draw.rectangle((left, top, left + width, top + height), shape.colour)
    elif isinstance(shape, Line):
        places = [(x * scale, y * scale) for x, y in shape.places]
        draw.line(places, shape.colour, max(1, round(shape.width * scale)))
    elif isinstance(shape, Area):
        draw.polygon([(x * scale, y * scale) for x, y in shape.corners], shape.colour)
    elif isinstance(shape, Words):
        anchor = {"start": "lm", "middle": "mm", "end": "rm"}[shape.anchor]
        place, text = (shape.place[0] * scale, shape.place[1] * scale), printable(shape.text)
        draw.text(place, text, shape.colour, font_for(text, shape.size * scale), anchor=anchor)
    else:
        _paste(picture, draw, shape)


def _paste(picture: Image.Image, draw: ImageDraw.ImageDraw, photo: Photo) -> None:
    width, height = (max(1, round(side * _SMOOTH)) for side in fitted(photo))
    small = Image.open(io.BytesIO(photo.jpeg)).convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    left, top = round(photo.place[0] * _SMOOTH - width / 2), round(photo.place[1] * _SMOOTH - height / 2)
    picture.paste(small, (left, top))
    draw.rectangle((left, top, left + width, top + height), None, photo.colour, 2 * _SMOOTH)


def shortened(text: str, size: int, room: float) -> str:
    """As much of a text as fits, with dots where there is more."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "...", size) > room:
        text = text[:-1]
    return f"{text}..."
