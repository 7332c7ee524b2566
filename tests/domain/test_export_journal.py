from pathlib import Path

import pytest

from shoal.domain.export_journal import Step

PICTURE, BESIDE = Path("/p/IMG_1.jpg"), Path("/p/IMG_1.aae")


@pytest.mark.parametrize(
    ("source", "target", "role", "is_picture"),
    [
        (PICTURE, "Cats/IMG_1.jpg", "picture", True),
        (BESIDE, "Cats/IMG_1.aae", "companion", False),
        (None, "Cats/IMG_1.xmp", "sidecar", False),
        (PICTURE, "Cats/IMG_1.jpg", "", True),  # by a version that told no roles
        (Path("/p/IMG_1.XMP"), "Cats/IMG_1.XMP", "", False),
        (None, "clusters.csv", "", False),
    ],
)
def test_others_go_with_the_picture_of_a_family(source, target, role, is_picture):
    assert Step(1, "copy", source, Path(target), role=role).is_picture is is_picture
