"""`shoal sort`: pictures in, cluster folders out."""

from argparse import Namespace
from pathlib import Path

from shoal.command_line.asked import load_options, object_choice, workplace
from shoal.command_line.delivery import Order
from shoal.command_line.sorting import sort_and_write
from shoal.command_line.sorting_report import report
from shoal.command_line.terminal import Answer
from shoal.domain.export_plan import TABLES, ExportOptions
from shoal.domain.task import Task
from shoal.domain.where import parse
from shoal.looking.content_names import NameStyle

AUTO, NONE = "auto", "none"
"""What --names may be besides a file."""


def run(arguments: Namespace, task: Task) -> Answer:
    order = Order(
        arguments.folder.absolute(),
        arguments.to.absolute(),
        arguments.model,
        arguments.algorithm,
        arguments.clusters,
        ExportOptions(
            action=arguments.by,
            template=arguments.template,
            sidecars=arguments.sidecars,
            documents=tuple(dict.fromkeys((*TABLES, *arguments.documents))),
            crops=arguments.crops,
            bring_back=arguments.bring_back,
        ),
        arguments.dry_run,
        load_options(arguments),
        arguments.clusters_from,
        None if arguments.names in (AUTO, NONE) else Path(arguments.names),
        object_choice(arguments),
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
    )
    with workplace() as place:
        return report(sort_and_write(order, place, task))
