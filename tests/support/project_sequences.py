"""Random sequences of steps over one project: carried out, judged after each step, and made as short as can be."""

import random
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from tests.support.changing_pictures import KINDS, ChangingPictures
from tests.support.project_rules import RULES, Broken, check
from tests.support.project_steps import ALLOWED, BY_MACHINE, CAUSED, NOT_ALLOWED, QUIET, STEPS, WEIGHTS, Steps
from tests.support.project_world import Shared, World

from shoal.domain.grouping import Grouping

Step = tuple[str, int]
"""Its name, and the seed of all that is random in it."""


FIRST_OF_EACH = 6


@dataclass(frozen=True)
class Plan:
    seed: int
    steps: tuple[Step, ...]
    objects: bool = False
    elsewhere: bool = False


@dataclass
class Fault:
    """`rule`: which one broke, or which exception came out of where."""

    rule: str
    why: str
    trace: str
    story: list[str]
    plan: Plan | None = None


@dataclass
class Counts:
    """What has happened in all sequences, to see that they do something."""

    steps: Counter = field(default_factory=Counter)
    told: Counter = field(default_factory=Counter)
    surprises: Counter = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        self.steps += other.steps
        self.told += other.told
        self.surprises += other.surprises


def random_plan(seed: int, steps: int) -> Plan:
    rng = random.Random(seed)
    names = rng.choices(STEPS, list(WEIGHTS.values()), k=steps)
    if rng.random() < 0.75:
        names[0] = "look"
    seeded = tuple((name, rng.randrange(10**9)) for name in names)
    return Plan(seed, seeded, objects=rng.random() < 0.1, elsewhere=rng.random() < 0.02)


def run(plan: Plan, shared: Shared, rules: Sequence[str] = tuple(RULES), counts: Counts | None = None) -> Fault | None:
    """None where everything holds."""
    counts = counts if counts is not None else Counts()
    home = Path(tempfile.mkdtemp(prefix="shoal-sequence-", dir=_quick_folder()))
    world, story = None, []
    try:
        world = World(home, shared, plan.objects, plan.elsewhere)
        fill(world.pictures)
        world.open()
        for name, seed in plan.steps:
            story.append(name)
            one_step(world, name, seed, story, counts)
            check(world, rules)
    except Broken as error:
        return Fault(error.rule, error.why, "", story, plan)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
        return Fault(_place(error), str(error), traceback.format_exc(), story, plan)
    finally:
        if world is not None:
            world.end()
        shutil.rmtree(home, ignore_errors=True)
    return None


def fill(pictures: ChangingPictures) -> None:
    """What there is when a project is opened for the first time."""
    for number in range(FIRST_OF_EACH * KINDS):
        pictures.add(number % KINDS, f"m{number:03}.png")


def one_step(world: World, name: str, seed: int, story: list[str], counts: Counts) -> None:
    """What a user is told, or what was caused on purpose, is no fault; anything else that comes out of it is one."""
    steps = Steps(world, random.Random(seed))
    counts.steps[name] += 1
    world.just_clustered, before = False, world.grouping
    world.moments.forget()
    try:
        getattr(steps, name)()
    except NOT_ALLOWED:
        raise
    except (*ALLOWED, *CAUSED.get(name, ())) as error:
        if name in QUIET:
            raise
        counts.told[type(error).__name__] += 1
        story[-1] += f" -> {type(error).__name__}"
    except World.Died:
        known = world.grouping
        world.die()
        world.open()
        story[-1] += " -> died"
        require_kept(known, world.grouping)
    else:
        if name in BY_MACHINE:
            require_named(before, world.grouping)
    finally:
        world.moments.forget()
        world.maths.settle()
        story[-1] += f" ({steps.remark.strip()})" if steps.remark else ""
        counts.surprises.update(steps.happened)


def require_kept(known: Grouping, found: Grouping) -> None:
    """What the user had done when the process was killed is there when the project is opened again."""
    count = len(known.home)
    same = np.array_equal(known.home, found.home[:count]) and np.array_equal(known.pinned, found.pinned[:count])
    if not same or known.clusters != found.clusters or known.rejections != found.rejections:
        raise Broken("edits are kept", "what the user did before the process was killed is gone")


def require_named(before: Grouping, now: Grouping) -> None:
    """A cluster that the user has named is not emptied by the machine."""
    counts, counts_now = before.counts(), now.counts()
    for id_, cluster in before.clusters.items():
        if cluster.named and counts[id_] and not counts_now.get(id_):
            raise Broken("named clusters", f"{cluster.name!r} held {counts[id_]} pictures and holds none")


def shortened(fault: Fault, shared: Shared, rules: Sequence[str]) -> Fault:
    """The same fault with as few and as plain steps as possible: none can be left out, or be a look like any other."""
    best, plan = fault, replace(fault.plan, steps=fault.plan.steps[: len(fault.story)])
    length = max(1, len(plan.steps) // 2)
    while length:
        start = 0
        while start < len(plan.steps):
            fewer = replace(plan, steps=plan.steps[:start] + plan.steps[start + length :])
            plainer = replace(plan, steps=(*plan.steps[:start], ("look", 0), *plan.steps[start + length :]))
            for other in (fewer, plainer) if plan.steps[start][0] != "look" else (fewer,):
                found = run(other, shared, rules)
                if found is not None and found.rule == fault.rule:
                    plan, best = other, found
                    break
            else:
                start += length
        length //= 2
    return best


def _place(error: BaseException) -> str:
    """Kind of exception, and the innermost lines of ours that it passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/shoal/" in frame.filename]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.name}" for frame in reversed(frames[-2:]))
    return f"{type(error).__name__} in {where}"


def _quick_folder() -> str | None:
    """In memory where there is such a place: nothing here asks what survives a power cut."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
