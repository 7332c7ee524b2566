"""The steps of an export that are taken back together or not at all: those of one family."""

from collections.abc import Sequence

from shoal.domain.export_journal import Step


def units_of(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps in the reverse of their order, those of a family with the last of them.

    Within a family the picture comes first, unless something has to be out of its way.
    """
    units: dict[object, list[Step]] = {}
    for step in reversed(steps):
        units.setdefault(_family(step), []).append(step)
    return [_picture_first(unit) for unit in units.values()]


def _family(step: Step) -> object:
    if step.picture is None or step.role in {"", "document"}:
        return step.number
    return step.picture, step.key if step.action == "crop" else ""


def _picture_first(unit: list[Step]) -> list[Step]:
    if any(step.role == "aside" for step in unit):
        return unit  # the reverse order is the only one in which each name is free when it is needed
    return sorted(unit, key=lambda step: not step.is_picture)
