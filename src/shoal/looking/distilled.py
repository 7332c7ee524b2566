"""What a distilled network is made of: the quick one with another last step."""

from typing import Final

from shoal.domain.extension_points import LoadOptions
from shoal.domain.student_head import StudentHead
from shoal.embedding import builtin
from shoal.embedding.distilled import FEATURES

STUDENT: Final = builtin.SPEC.name
LOADED_BARE: Final = LoadOptions(layer=FEATURES, raw=True)
"""How the quick network is loaded for what its last step is given."""


def student_of(head: StudentHead, about: dict[str, str]) -> bytes:
    """The content of the ONNX file. Raises ModelUnavailable."""
    return builtin.student_of(head, about)
