"""How pictures went from cluster to cluster, as a drawing: bars and ribbons where their shares say, on the paper."""

import pytest

from shoal.domain.run_comparison import Flow
from shoal.domain.run_flow import OTHERS, flow_picture
from shoal.exports.drawing import INK, NO_CLUSTER, Area, Box, Drawing, Words, cluster_colour, pale
from shoal.exports.flow_plot import flow_plot
from shoal.exports.fonts import text_width

FLOWS = [Flow(1, 1, 60, True), Flow(1, 2, 10, False), Flow(2, 2, 20, True), Flow(3, 0, 10, False)]


def drawn(flows: list[Flow], name: str = "Cluster {}") -> Drawing:
    picture = flow_picture(flows, {1: 1, 2: 2})
    names = (name.format, lambda cluster: f"{name.format(cluster)}'")
    return flow_plot(picture, ("All of it", "before", "after"), names, (lambda n: n if n > 0 else -1,) * 2)


def test_bars_stand_in_two_columns_as_high_as_their_shares():
    drawing, picture = drawn(FLOWS), flow_picture(FLOWS, {1: 1, 2: 2})
    assert (drawing.width, drawing.height) == (1000, 360 + 84 + 24)
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    columns = [(230, picture.left), (1000 - 230 - 14, picture.right)]
    expected = [(x, 84 + bar.top * 360, 14, bar.height * 360) for x, bars in columns for bar in bars]
    assert [(*box.corner, *box.size) for box in boxes] == [pytest.approx(place) for place in expected]
    clusters = [bar.cluster for bar in (*picture.left, *picture.right)]
    assert [box.colour for box in boxes] == [cluster_colour(n) if n > 0 else NO_CLUSTER for n in clusters]


def test_names_and_counts_stand_beside_the_middles_of_their_bars_outside():
    drawing, picture = drawn(FLOWS), flow_picture(FLOWS, {1: 1, 2: 2})
    words = [shape for shape in drawing.shapes if isinstance(shape, Words) and shape.colour == INK][1:]
    for told, bar in zip(words, (*picture.left, *picture.right), strict=True):
        assert told.text.endswith(f"  ({bar.count:,})")
        assert told.place[1] == pytest.approx(84 + (bar.top + bar.height / 2) * 360)
    count = len(picture.left)
    assert {(told.place[0], told.anchor) for told in words[:count]} == {(222, "end")}
    assert {(told.place[0], told.anchor) for told in words[count:]} == {(1000 - 222, "start")}
    assert {told.text.partition("  ")[0] for told in words[count:]} == {"Cluster 0'", "Cluster 1'", "Cluster 2'"}


def test_ribbons_leave_and_arrive_level_where_their_bars_have_room_for_them():
    drawing, picture = drawn(FLOWS), flow_picture(FLOWS, {1: 1, 2: 2})
    areas = [shape for shape in drawing.shapes if isinstance(shape, Area)]
    for area, ribbon in zip(areas, picture.ribbons, strict=True):
        above, below = area.corners[: len(area.corners) // 2], area.corners[: len(area.corners) // 2 - 1 : -1]
        assert above[0] == pytest.approx((244, 84 + ribbon.left * 360))
        assert above[-1] == pytest.approx((756, 84 + ribbon.right * 360))
        assert [x for x, _y in above] == [x for x, _y in below]
        assert [low - high for (_x, high), (_x2, low) in zip(above, below, strict=True)] == [
            pytest.approx(max(ribbon.height * 360, 0.8))
        ] * len(above)
        heights = [y for _x, y in above]
        assert heights in (sorted(heights), sorted(heights, reverse=True))
        span = abs(heights[-1] - heights[0])
        assert abs(heights[1] - heights[0]) < 0.02 * max(span, 1e-9) or span == 0
        assert above[len(above) // 2][1] == pytest.approx((heights[0] + heights[-1]) / 2, abs=0.01)
        colour = cluster_colour(ribbon.before)
        assert area.colour == pale(colour, 0.28 if ribbon.stays else 0.62)


@pytest.mark.parametrize(("count", "height"), [(3, 360), (20, 600), (31, 930)])
def test_more_clusters_make_it_higher_and_nothing_leaves_the_paper(count, height):
    flows = [Flow(n, n, 10 * n, True) for n in range(1, count + 1)]
    drawing = drawn(flows, "a very long name of a cluster that goes on and on {}")
    assert drawing.height == height + 84 + 24
    for shape in drawing.shapes:
        if isinstance(shape, Words):
            width = text_width(shape.text, shape.size)
            left = shape.place[0] - (width if shape.anchor == "end" else 0)
            assert left >= 0
            assert left + width <= drawing.width
            assert 0 < shape.place[1] < drawing.height
        elif isinstance(shape, Box):
            assert shape.corner[1] + shape.size[1] <= drawing.height - 23
            assert shape.size[1] >= 1


def test_what_is_too_small_for_a_bar_of_its_own_has_no_colour():
    flows = [Flow(n, n, 100 - n, True) for n in range(1, 60)]
    drawing = flow_plot(flow_picture(flows, {}), ("", "", ""), (str, str), (lambda n: -1 if n == OTHERS else n,) * 2)
    colours = [shape.colour for shape in drawing.shapes if isinstance(shape, Box)]
    assert colours.count(NO_CLUSTER) == 2
    assert len(colours) == 2 * 31
