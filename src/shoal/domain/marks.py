"""What somebody has said about a picture in another program: keywords, stars, a colour label."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_STARS = 5
REJECTED = -1


@dataclass(frozen=True, slots=True)
class Marks:
    """`stars` 0 to 5, or REJECTED; None and "" where nobody said anything. `label`: most often the name of a colour."""

    keywords: tuple[str, ...] = ()
    stars: int | None = None
    label: str = ""

    def __bool__(self) -> bool:
        return bool(self.keywords or self.stars is not None or self.label)


def joined(marks: Sequence[Marks]) -> Marks:
    """All keywords, each once; of stars and labels the first that somebody gave."""
    return Marks(
        tuple(dict.fromkeys(word for one in marks for word in one.keywords)),
        next((one.stars for one in marks if one.stars is not None), None),
        next((one.label for one in marks if one.label), ""),
    )
