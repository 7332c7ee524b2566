"""`shoal sort`: pictures in, cluster folders out."""

from argparse import Namespace
from pathlib import Path

from shoal.command_line.asked import load_options, workplace
from shoal.command_line.delivery import Order
from shoal.command_line.recipes import asked_recipe, loading
from shoal.command_line.sorting import sort_and_write
from shoal.command_line.sorting_report import report
from shoal.command_line.terminal import Answer
from shoal.delivering.recipe_file import DOCUMENT
from shoal.domain.export_plan import TABLES, ExportOptions
from shoal.domain.recipe import Recipe
from shoal.domain.task import Task
from shoal.domain.where import parse
from shoal.looking.content_names import NameStyle

AUTO, NONE = "auto", "none"
"""What --names may be besides a file."""


def run(arguments: Namespace, task: Task) -> Answer:
    with workplace() as place:
        recipe = asked_recipe(arguments, place.settings.recipe)
        return report(sort_and_write(_order(arguments, recipe), place, task))


def _order(arguments: Namespace, recipe: Recipe) -> Order:
    return Order(
        arguments.folder.absolute(),
        arguments.to.absolute(),
        recipe.model,
        recipe,
        ExportOptions(
            action=arguments.by,
            template=arguments.template,
            sidecars=arguments.sidecars,
            documents=tuple(dict.fromkeys((*TABLES, DOCUMENT, *arguments.documents))),
            crops=arguments.crops,
            bring_back=arguments.bring_back,
        ),
        arguments.dry_run,
        loading(load_options(arguments), recipe),
        arguments.clusters_from,
        None if arguments.names in (AUTO, NONE) else Path(arguments.names),
        recipe.objects,
        NameStyle(by_content=arguments.names == AUTO),
        tuple(arguments.include),
        arguments.pin,
        arguments.release,
        None if arguments.where is None else parse(arguments.where),
        arguments.outliers,
        arguments.scheme,
        arguments.save_scheme,
        arguments.start_from_folders,
        arguments.only_tops,
        arguments.vectors,
        arguments.moment,
        arguments.run,
    )
