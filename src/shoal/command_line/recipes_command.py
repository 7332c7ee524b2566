"""`shoal recipes`: the recipes by the names that people know; one of them as a file to change."""

from argparse import Namespace
from collections.abc import Iterator

from shoal.command_line.terminal import Answer, printable
from shoal.delivering.new_file import require_new
from shoal.delivering.recipe_file import recipe_called, write_recipe
from shoal.domain.recipe_presets import PRESETS, Preset
from shoal.domain.recipe_text import RECIPE_SUFFIX, recipe_text
from shoal.domain.task import Task


def run(arguments: Namespace, _task: Task) -> Answer:
    if not arguments.name:
        return Answer(tuple(_lines()), {"recipes": [_as_data(preset) for preset in PRESETS]})
    recipe = recipe_called(arguments.name)
    text = recipe_text(recipe)
    data = {"name": arguments.name, "recipe": text, "output": None}
    if arguments.out is None:
        return Answer(tuple(text.splitlines()), data)
    out = arguments.out.absolute()
    require_new(out, [RECIPE_SUFFIX])
    write_recipe(out, recipe)
    return Answer((f"Wrote {printable(out)}.",), {**data, "output": str(out)})


def _lines() -> Iterator[str]:
    width = max(len(preset.name) for preset in PRESETS)
    for preset in PRESETS:
        yield f"{preset.name:{width}}  {preset.summary}"
        if preset.same_as:
            yield f"{'':{width}}  the same as: {preset.same_as}"
    yield "Use one with shoal sort FOLDER --to DIR --recipe NAME; see it with shoal recipes NAME."


def _as_data(preset: Preset) -> dict[str, str]:
    return {
        "name": preset.name,
        "label": str(preset.label),
        "summary": str(preset.summary),
        "same_as": preset.same_as,
        "recipe": recipe_text(preset.recipe),
    }
