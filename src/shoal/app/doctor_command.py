"""`shoal doctor`: what is here, what is wrong, what to do about it."""

from argparse import Namespace

from shoal.app.terminal import Answer, printable
from shoal.domain.task import Task
from shoal.services.diagnosis import Finding, examine
from shoal.services.locations import user_locations


def run(_arguments: Namespace, task: Task) -> Answer:
    """Ends with exit code 1 if anything is wrong."""
    findings = examine(user_locations(), task)
    problems = [finding for finding in findings if finding.problem]
    width = max(len(finding.topic) for finding in findings)
    lines = [f"{finding.topic:{width}}  {printable(finding.fact)}" for finding in findings]
    return Answer((*lines, "", *_verdict(problems)), {}, 1 if problems else 0)


def _verdict(problems: list[Finding]) -> list[str]:
    if not problems:
        return ["All is well."]
    return [f"Problem: {printable(problem.problem)} {printable(problem.remedy)}" for problem in problems]
