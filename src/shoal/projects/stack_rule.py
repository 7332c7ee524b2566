"""By what rule the pictures of a project are stacked: a choice that is kept in it, and no step."""

from collections.abc import Callable

from shoal.domain.stacks import USUAL_STACKS, StackRule


def _keep_nothing(_rule: StackRule) -> None: ...


class ChosenStackRule:
    """Lives on the project's thread."""

    def __init__(self, rule: StackRule = USUAL_STACKS, save: Callable[[StackRule], None] = _keep_nothing) -> None:
        self._rule, self._save = rule, save

    @property
    def now(self) -> StackRule:
        return self._rule

    def use(self, rule: StackRule) -> None:
        if rule != self._rule:
            self._save(rule)
            self._rule = rule
