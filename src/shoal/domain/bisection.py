"""Where a ranking stops being right, found by looking at a few pages of it instead of all.

After "Grow" of MorphoCluster (Schroeder, Kiko, Koch: "MorphoCluster: Efficient annotation of plankton images by
clustering", 2020).
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Bisection:
    """Of `count` ranked things, `page` at a time: those before `right` are right, those from `wrong` on are not.

    Both are on a page's edge until somebody has said to the very thing where it stops.
    """

    count: int
    page: int
    right: int
    wrong: int

    @classmethod
    def of(cls, count: int, page: int) -> "Bisection":
        return cls(count, page, 0, count)

    @property
    def is_found(self) -> bool:
        return self.right >= self.wrong

    @property
    def shown(self) -> slice:
        """What is to be looked at next: the page in the middle of what is open."""
        pages = -(-(self.wrong - self.right) // self.page)
        start = self.right + pages // 2 * self.page
        return slice(start, min(start + self.page, self.wrong))

    @property
    def most_left(self) -> int:
        """Pages to look at, at the most."""
        return (-(-(self.wrong - self.right) // self.page)).bit_length()

    def down_to(self, taken: int) -> "Bisection":
        """So many of those shown are right: all, none, or it stops among them."""
        shown = self.shown
        if taken <= 0:
            return replace(self, wrong=shown.start)
        if taken >= shown.stop - shown.start:
            return replace(self, right=shown.stop)
        return replace(self, right=shown.start + taken, wrong=shown.start + taken)
