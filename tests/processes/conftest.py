from collections.abc import Iterator

import pytest
from tests.support.warm_helpers import cold_helpers


@pytest.fixture(autouse=True)
def helpers_start_as_in_the_program() -> Iterator[None]:
    with cold_helpers():
        yield
