import re
from html.parser import HTMLParser

import pytest

from shoal.exports.contact_sheet import SheetCluster, SheetPicture, contact_sheet, shown_per_cluster

HOSTILE = "\"><script>alert(1)</script><img src=x onerror='y'>&amp;"


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def parsed(page: bytes) -> Elements:
    elements = Elements()
    elements.feed(page.decode())
    return elements


def test_the_page_shows_map_clusters_and_pictures():
    pictures = [SheetPicture(f"birds/{n}.jpg", b"\xff\xd8" + bytes([n]), (n, -n)) for n in range(5)]
    page = parsed(contact_sheet("My pictures", [SheetCluster("birds", pictures), SheetCluster("cats", [])]))
    tags = [tag for tag, _ in page.elements]
    assert (tags.count("img"), tags.count("circle"), tags.count("h2")) == (5, 5, 2)
    assert "5 pictures in 2 clusters" in page.text


def test_every_point_lies_whole_in_the_drawing_which_it_fills_and_up_is_up():
    places = [(0.0, 0.0), (10.0, 2.0), (4.0, 5.0)]
    pictures = [SheetPicture(f"{number}.jpg", b"x", place) for number, place in enumerate(places)]
    page = parsed(contact_sheet("x", [SheetCluster("birds", pictures)]))
    (box,) = [attributes["viewbox"] for tag, attributes in page.elements if tag == "svg"]
    width, height = map(float, box.split()[2:])
    circles = [attributes for tag, attributes in page.elements if tag == "circle"]
    points = [(float(circle["cx"]), float(circle["cy"])) for circle in circles]
    radius = float(circles[0]["r"])
    assert radius > 1
    assert all(radius <= x <= width - radius and radius <= y <= height - radius for x, y in points)
    (left, low), (right, middle), (_x, high) = points
    assert right - left > 0.9 * width
    assert low > middle > high
    assert (right - left) / (low - high) == pytest.approx(2, abs=0.01)
    assert left + right == pytest.approx(width, abs=0.2)
    assert low + high == pytest.approx(height, abs=0.6)


def test_the_page_needs_nothing_from_outside():
    pictures = [SheetPicture("birds/http://evil.example/x.jpg", b"x", (0, 0)), SheetPicture("javascript:alert(1).jpg")]
    page = contact_sheet("x", [SheetCluster("birds", pictures)])
    addresses = [
        value
        for _, attributes in parsed(page).elements
        for name, value in attributes.items()
        if name in {"src", "href"}
    ]
    assert all(re.match(r"(data:image/jpeg;base64,|#c\d|\./)", address) for address in addresses)
    assert not {tag for tag, _ in parsed(page).elements} & {"script", "link", "iframe", "object"}


def test_every_text_is_escaped():
    page = parsed(contact_sheet(HOSTILE, [SheetCluster(HOSTILE, [SheetPicture(HOSTILE, b"x", (0, 0))])]))
    assert not {"script"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.text.count(HOSTILE) >= 3


def test_a_page_of_thousands_shows_a_share_of_each_cluster():
    assert shown_per_cluster([3, 5]) == [3, 5]
    assert shown_per_cluster([900, 100, 1], 100) == [89, 9, 1]
    page = parsed(contact_sheet("x", [SheetCluster("birds", [SheetPicture(str(n)) for n in range(2500)])]))
    assert "and 500 more" in page.text
