"""How clusters were made, as texts, in the project file: one for each way that results are kept of."""

import json
from collections.abc import Mapping

from shoal.domain.rows import StageKey
from shoal.store.project_database import ProjectDatabase

_KEY = "recipes"
_MOST = 12
"""As many as proposals are kept."""


class KeptRecipes:
    """Texts by the key of the clusters that were made so, the last one last."""

    def __init__(self, database: ProjectDatabase) -> None:
        self._database = database

    def load(self) -> dict[StageKey, str]:
        """Nothing where the file says what we would not have written."""
        rows = self._database.read("SELECT value FROM project WHERE key = ?", [_KEY])
        try:
            recipes = json.loads(rows[0][0]) if rows else {}
        except (ValueError, RecursionError):
            return {}
        return (
            {StageKey(key): text for key, text in recipes.items() if isinstance(text, str)}
            if _is_table(recipes)
            else {}
        )

    def save(self, clusters: StageKey, text: str) -> None:
        kept = {key: value for key, value in self.load().items() if key != clusters} | {clusters: text}
        value = json.dumps(dict(list(kept.items())[-_MOST:]))
        statement = "INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)"
        self._database.write(lambda db: db.execute(statement, [_KEY, value]))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)
