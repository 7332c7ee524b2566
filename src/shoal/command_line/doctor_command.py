"""`shoal doctor`: what is here, what is wrong, what to do about it."""

from argparse import Namespace

from shoal.command_line.terminal import Answer, printable
from shoal.domain.task import Task
from shoal.looking.catalogue import BACKENDS
from shoal.setup.diagnosis import Finding, examine
from shoal.setup.locations import user_locations


def run(_arguments: Namespace, task: Task) -> Answer:
    """Ends with exit code 1 if anything is wrong."""
    findings = examine(user_locations(), BACKENDS, task)
    problems = [finding for finding in findings if finding.problem]
    width = max(len(finding.topic) for finding in findings)
    lines = [f"{finding.topic:{width}}  {printable(finding.fact)}" for finding in findings]
    return Answer((*lines, "", *_verdict(problems)), {}, 1 if problems else 0)


def _verdict(problems: list[Finding]) -> list[str]:
    if not problems:
        return ["All is well."]
    return [f"Problem: {printable(problem.problem)} {printable(problem.remedy)}" for problem in problems]
