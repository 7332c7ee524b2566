"""What the command line asks for: a model, an algorithm, what in the pictures; and the workplace for it."""

from argparse import Namespace
from dataclasses import fields, replace

from shoal.command_line.loaded import Model
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import AlgorithmSpec, LoadOptions
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.catalogue import ALGORITHMS, algorithm_named
from shoal.projects.workplace import Workplace
from shoal.setup.locations import user_locations
from shoal.setup.settings import load_settings


def workplace() -> Workplace:
    """Raises UserFacingError if our own folders cannot be written."""
    locations = user_locations().create()
    return Workplace(locations, load_settings(locations.settings_file))


def load_model(place: Workplace, name: str, options: LoadOptions, task: Task) -> Model:
    """`name` as after --model; what follows its colon becomes the options' source. Raises ModelUnavailable."""
    return Model(*place.models.load(name, options, task), name)


def algorithm(name: str) -> AlgorithmSpec:
    spec = algorithm_named(name)
    if spec is None:
        choices = ", ".join(spec.name for spec in ALGORITHMS)
        raise UserFacingError(
            Sentence("There is no clustering algorithm {name}.", name=repr(name)),
            Sentence("Choose one of: {choices}.", choices=choices),
        )
    return spec


def load_options(arguments: Namespace) -> LoadOptions:
    """What the command line says about the model; not every command has every option."""
    said = {field.name for field in fields(LoadOptions)} & vars(arguments).keys()
    options = LoadOptions(**{name: getattr(arguments, name) for name in said})
    pictures = () if isinstance(arguments.folder, str) else (arguments.folder.absolute(),)
    return replace(options, objects=object_choice(arguments).look != "whole", pictures=pictures)


def object_choice(arguments: Namespace) -> ObjectChoice:
    """Whether pictures are sorted or what stands in them; not every command can do both."""
    if not getattr(arguments, "look", ""):
        if getattr(arguments, "classes", ""):
            raise UserFacingError(
                Sentence("Kinds of objects are named, but whole pictures are sorted."),
                Sentence("Add --objects every or --objects main."),
            )
        return WHOLE_PICTURES
    kinds = tuple(filter(None, (kind.strip() for kind in arguments.classes.split(","))))
    return ObjectChoice(arguments.look, kinds, arguments.confidence)
