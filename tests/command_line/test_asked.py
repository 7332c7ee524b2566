"""What is asked for on the command line and cannot be heeded is refused, not passed over."""

from argparse import Namespace

import pytest

from shoal.command_line.asked import object_choice
from shoal.domain.errors import UserFacingError
from shoal.domain.objects import WHOLE_PICTURES


def test_kinds_of_objects_need_objects() -> None:
    with pytest.raises(UserFacingError, match="whole pictures"):
        object_choice(Namespace(look="", classes="zebra", confidence=0.25))
    assert object_choice(Namespace(look="", classes="", confidence=0.25)) == WHOLE_PICTURES
    assert object_choice(Namespace(look="main", classes="zebra, dog", confidence=0.3)).kinds == ("zebra", "dog")
