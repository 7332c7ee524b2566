"""Which number key each cluster was given, in the project file."""

import json
from collections.abc import Sequence

from shoal.domain.digits import DIGITS, Claim
from shoal.domain.grouping import ClusterId
from shoal.store.project_database import ProjectDatabase

_KEY = "digits"


class KeptDigits:
    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def load(self) -> list[Claim]:
        """None where the file says what we would not have written: keys are given anew then."""
        rows = self._database.read("SELECT value FROM project WHERE key = ?", [_KEY])
        try:
            return [_claim(*claim) for claim in json.loads(rows[0][0])] if rows else []
        except (ValueError, TypeError, RecursionError):
            return []

    def save(self, claims: Sequence[Claim]) -> None:
        value = json.dumps([list(claim) for claim in claims])
        statement = "INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)"
        self._database.write(lambda db: db.execute(statement, [_KEY, value]))


def _claim(digit: object, cluster: object) -> Claim:
    if digit not in DIGITS or type(digit) is not int or type(cluster) is not int or cluster < 1:
        raise ValueError("a key is not as we write them")
    return Claim(digit, ClusterId(cluster))
