import numpy as np

from shoal.qt.selection import Selection


def test_a_selection_is_a_set_that_tells_who_changed_it():
    selection, heard = Selection(), []
    selection.changed.connect(heard.append)
    selection.select([5, 1, 5], initiator="map")
    selection.add([2])
    selection.remove([1])
    selection.toggle([2, 9], initiator="grid")
    assert selection.images.tolist() == [5, 9]
    assert heard == ["map", None, None, "grid"]
    assert 9 in selection
    assert 2 not in selection


def test_what_changes_nothing_is_not_announced():
    selection, heard = Selection(), []
    selection.select([1, 2])
    selection.changed.connect(heard.append)
    selection.add([1])
    selection.select(np.array([2, 1]))
    selection.remove([7])
    assert heard == []


def test_a_mask_is_as_long_as_there_are_images():
    selection = Selection()
    selection.select([0, 3, 8])
    assert selection.mask(4).tolist() == [True, False, False, True]
