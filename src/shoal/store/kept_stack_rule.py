"""By what rule pictures are stacked, in the project file."""

import json
from dataclasses import astuple

from shoal.domain.stacks import USUAL_STACKS, StackRule
from shoal.store.project_database import ProjectDatabase

_KEY = "stack_rule"
_DAY = 86_400.0


class KeptStackRule:
    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def load(self) -> StackRule:
        """The usual one where the file says nothing, or what we would not have written."""
        rows = self._database.read("SELECT value FROM project WHERE key = ?", [_KEY])
        try:
            return _rule(*json.loads(rows[0][0])) if rows else USUAL_STACKS
        except (ValueError, TypeError, RecursionError):
            return USUAL_STACKS

    def save(self, rule: StackRule) -> None:
        statement = "INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)"
        self._database.write(lambda db: db.execute(statement, [_KEY, json.dumps(astuple(rule))]))


def _rule(likeness: object, seconds: object, moment: object) -> StackRule:
    return StackRule(_number(likeness, 1.0), _number(seconds, _DAY), _number(moment, 1.0))


def _number(value: object, most: float) -> float:
    if not isinstance(value, float) or not 0 <= value <= most:
        raise ValueError("a rule for stacks is not as we write them")
    return value
