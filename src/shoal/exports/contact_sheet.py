"""The result as one page, a file or a folder: the map, the clusters with their pictures. No network, no script."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

MOST_PICTURES = 2000
"""So many thumbnails make a page of some 30 MB; beyond that each cluster shows its share, the most typical first."""

_MAP_SIZE = 1000.0  # in units of the drawing: the page scales it to its width
_MARGIN = 20.0
_STYLE = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
nav a { display: inline-block; margin: 0 .9rem .3rem 0; text-decoration: none; color: inherit; }
nav i, h2 i { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .35em; }
svg { display: block; width: 100%; max-height: 80vh; margin: 1.5rem 0; }
circle { stroke: Canvas; stroke-width: .6; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .7rem; }
figure { margin: 0; overflow-wrap: anywhere; font-size: .75rem; }
figure img, .blank { display: block; width: 100%; height: 9rem; object-fit: contain; background: #8882; }
small { opacity: .65; font-weight: normal; }
"""
_POLICY = "default-src 'none'; img-src {}; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """`path` is below the folder of the page; `thumbnail` a JPEG or None; `position` on the map, in any unit."""

    path: str
    thumbnail: bytes | None = None
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SheetCluster:
    """`pictures`: the most typical first."""

    name: str
    pictures: Sequence[SheetPicture]


def contact_sheet(title: str, clusters: Sequence[SheetCluster]) -> bytes:
    """A complete page, UTF-8. Every text in it is escaped: names of clusters and files come from anywhere."""
    return _encoded(_page(title, clusters, _Form("./", "data:", _in_the_page)))


def contact_sheet_folder(title: str, clusters: Sequence[SheetCluster]) -> dict[str, bytes]:
    """The same with the small pictures beside the page: path below the folder -> content; the folder is in the root."""
    pictures = _PictureFiles()
    page = _encoded(_page(title, clusters, _Form("../", "'self' file:", pictures.address_of)))
    return {"index.html": page, **pictures.files}


@dataclass(frozen=True, slots=True)
class _Form:
    """How a page refers to what it shows: `up` leads to the export folder, `address_of` to a small picture."""

    up: str
    sources: str
    address_of: Callable[[bytes], str]


def _in_the_page(thumbnail: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(thumbnail).decode()}"


class _PictureFiles:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def address_of(self, thumbnail: bytes) -> str:
        name = f"pictures/{len(self.files) + 1:05}.jpg"
        self.files[name] = thumbnail
        return name


def _encoded(parts: Iterator[str]) -> bytes:
    return "".join(parts).encode("utf-8", "backslashreplace")


def shown_per_cluster(counts: Sequence[int], most: int = MOST_PICTURES) -> list[int]:
    """How many pictures each cluster shows: all, or else a share that leaves no cluster empty while it can."""
    total = sum(counts)
    if total <= most:
        return list(counts)
    return [min(count, max(1, count * most // total)) for count in counts]


def _page(title: str, clusters: Sequence[SheetCluster], form: _Form) -> Iterator[str]:
    colours = [f"hsl({number * 137.508 % 360:.0f} 65% 50%)" for number in range(len(clusters))]
    count = sum(len(cluster.pictures) for cluster in clusters)
    yield f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(form.sources)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>\n"
    yield f"<p>{count:,} pictures in {len(clusters):,} clusters</p>\n<nav>"
    for number, (cluster, colour) in enumerate(zip(clusters, colours, strict=True)):
        yield f'<a href="#c{number}"><i style="background:{colour}"></i>{escape(cluster.name)} '
        yield f"<small>{len(cluster.pictures):,}</small></a>"
    yield "</nav>\n"
    yield from _map(clusters, colours)
    shown = shown_per_cluster([len(cluster.pictures) for cluster in clusters])
    for number, (cluster, colour) in enumerate(zip(clusters, colours, strict=True)):
        yield from _heading(number, cluster, colour)
        yield from (_figure(picture, form) for picture in cluster.pictures[: shown[number]])
        yield _ending(len(cluster.pictures) - shown[number])
    yield "</body></html>\n"


def _map(clusters: Sequence[SheetCluster], colours: Sequence[str]) -> Iterator[str]:
    """Up is up: the map's second axis points upwards, a page's downwards."""
    points = [picture.position for cluster in clusters for picture in cluster.pictures if picture.position]
    if not points:
        return
    left, bottom = (min(point[axis] for point in points) for axis in (0, 1))
    right, top = (max(point[axis] for point in points) for axis in (0, 1))
    scale = (_MAP_SIZE - 2 * _MARGIN) / max(right - left, top - bottom, 1e-9)
    radius = max(1.5, min(6.0, 250 / len(points) ** 0.5))
    height = (top - bottom) * scale + 2 * _MARGIN
    yield f'<svg viewBox="0 0 {_MAP_SIZE:.0f} {height:.0f}" role="img" aria-label="Map">\n'
    for number, (cluster, colour) in enumerate(zip(clusters, colours, strict=True)):
        yield f'<a href="#c{number}"><g fill="{colour}"><title>{escape(cluster.name)}</title>\n'
        for x, y in (picture.position for picture in cluster.pictures if picture.position):
            across, down = (x - left) * scale + _MARGIN, (top - y) * scale + _MARGIN
            yield f'<circle cx="{across:.1f}" cy="{down:.1f}" r="{radius:.1f}"/>'
        yield "</g></a>\n"
    yield "</svg>\n"


def _heading(number: int, cluster: SheetCluster, colour: str) -> Iterator[str]:
    yield f'<section><h2 id="c{number}"><i style="background:{colour}"></i>{escape(cluster.name)} '
    yield f'<small>{len(cluster.pictures):,}</small></h2>\n<div class="pictures">\n'


def _figure(picture: SheetPicture, form: _Form) -> str:
    name = escape(picture.path.rpartition("/")[2])
    image = '<span class="blank"></span>'
    if picture.thumbnail is not None:
        image = f'<img alt="{name}" loading="lazy" src="{form.address_of(picture.thumbnail)}">'
    # Quoted, and with ./ or ../ in front, so that no name can be read as another kind of address.
    address = escape(quote(f"{form.up}{picture.path}"))
    return f'<figure><a href="{address}">{image}</a><figcaption>{name}</figcaption></figure>\n'


def _ending(left_out: int) -> str:
    more = f"<p><small>and {left_out:,} more</small></p>\n" if left_out else ""
    return f"</div>\n{more}</section>\n"
