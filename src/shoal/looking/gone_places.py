"""Where images whose files are gone were on the map: they stay there, grey, until somebody takes them out."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.geometry import MapLayout, Rows, StageKey, stage_key


def gone_recipe(layout: StageKey) -> StageKey:
    """What the places of images whose files are gone are kept under, beside the map of that recipe."""
    return stage_key("gone", layout)


def places_of_gone(
    gone: NDArray[np.int64], recipe: StageKey, shown: MapLayout | None, earlier: MapLayout | None
) -> MapLayout:
    """`shown`: the map as it was, None where another one was made; `earlier`: what was gone before already."""
    places: dict[int, NDArray[np.float32]] = {}
    for layout in (earlier, shown) if shown is not None else ():
        if layout is not None:
            rows = layout.rows.rows_of(gone)
            places |= zip(gone[rows >= 0].tolist(), layout.positions[rows[rows >= 0]], strict=True)
    ids = np.array(sorted(places), np.int64)
    positions = np.array([places[id_] for id_ in ids.tolist()], np.float32).reshape(len(ids), 2)
    return MapLayout(recipe, Rows(ids, recipe), positions, "pca" if shown is None else shown.method)


def are_equal(places: MapLayout, earlier: MapLayout | None) -> bool:
    if earlier is None:
        return not len(places.rows)
    return places.rows.are(earlier.rows) and np.array_equal(places.positions, earlier.positions)
