"""The steps of `tests/faults/run_projects.py` as hypothesis chooses them; few here, thousands there."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.support.project_rules import check
from tests.support.project_sequences import Counts, fill, one_step
from tests.support.project_steps import STEPS, WEIGHTS
from tests.support.project_world import Shared, World

pytestmark = pytest.mark.changes_pictures("they come, go, and break")
SHARED = Shared()


class ProjectMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.world: World | None = None

    @initialize(objects=st.sampled_from([False, False, True]))
    def begin(self, objects: bool) -> None:
        self.world = World(self.home, SHARED, objects)
        fill(self.world.pictures)
        self.world.open()
        self.world.look()

    @rule(name=st.sampled_from([name for name in STEPS for _ in range(WEIGHTS[name])]), seed=st.integers(0, 10**6))
    def step(self, name: str, seed: int) -> None:
        one_step(self.world, name, seed, [name], Counts())

    @invariant()
    def holds(self) -> None:
        if self.world is not None:
            check(self.world)

    def teardown(self) -> None:
        if self.world is not None:
            self.world.end()
        shutil.rmtree(self.home)


TestProjectSequences = ProjectMachine.TestCase
TestProjectSequences.settings = settings(
    max_examples=12,
    stateful_step_count=10,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
