"""What comes of opening a folder and of looking at it."""

from dataclasses import dataclass
from pathlib import Path

from shoal.looking.known import Found
from shoal.projects.open_project import OpenProject


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """The project can be looked at and edited, but its pictures are not there."""

    project: OpenProject
    root: Path


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """`model` looks at its pictures: the one that did before, or the one that was asked for. `of_old`: the project
    was looked at by a version that had another usual model."""

    project: OpenProject
    model: str
    of_old: bool


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What was found for a project; its owner takes it over. `moved`: nothing but where its pictures are."""

    project: OpenProject
    found: Found
    moved: bool = False
