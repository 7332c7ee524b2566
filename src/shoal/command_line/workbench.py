"""Where objects meet: what the commands work with, opened once and closed in the right order."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import AlgorithmSpec, BackendSpec, EmbeddingBackend, LoadOptions
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.catalogue import ALGORITHMS, algorithm_named
from shoal.looking.extraction import Caches
from shoal.looking.maths import MathsProcess
from shoal.looking.model_loading import ModelLoader, lasting_name, require_kinds
from shoal.looking.picture_decoder import PictureDecoder, Preview
from shoal.looking.pipeline import Tools, Wishes
from shoal.looking.speeds import Speeds
from shoal.processes.maths_environment import usable_cores
from shoal.projects.plugins import plugged_in
from shoal.setup.engine import engine_process
from shoal.setup.locations import Locations, user_locations
from shoal.setup.settings import Settings, load_settings
from shoal.store.feature_cache import FeatureCache
from shoal.store.thumbnail_cache import ThumbnailCache


@dataclass(frozen=True, slots=True, eq=False)
class Workbench:
    locations: Locations
    settings: Settings
    tools: Tools
    models: ModelLoader
    whole_picture: Preview
    """Unpacks pictures where they can do no harm."""

    def load_model(self, name: str, options: LoadOptions, task: Task) -> "Model":
        """`name` as after --model; what follows its colon becomes the options' source. Raises ModelUnavailable."""
        return Model(*self.models.load(name, options, task), name)

    def wishes(
        self,
        model: "Model",
        algorithm: AlgorithmSpec,
        clusters: int | None = None,
        objects: ObjectChoice = WHOLE_PICTURES,
    ) -> Wishes:
        """What was asked for on the command line; all else as it stands in the user's settings."""
        require_kinds(model.backend, objects)
        request = replace(self.settings.cluster_request, clusters=clusters)
        name = lasting_name(model.asked, model.backend)
        return Wishes(model.backend, algorithm, request, self.settings.map_parameters, objects, name)


@contextmanager
def workbench() -> Iterator[Workbench]:
    """Raises UserFacingError if our own folders cannot be written."""
    locations = user_locations().create()
    locations.hold_reserves()
    plugged_in()
    settings = load_settings(locations.settings_file)
    with (
        FeatureCache(locations.feature_cache) as features,
        ThumbnailCache(locations.thumbnail_cache, settings.thumbnail_bytes) as thumbnails,
        MathsProcess(locations.cache) as maths,
        engine_process(locations) as engine,
        PictureDecoder(usable_cores()) as decoder,
    ):
        caches, speeds = Caches(features, thumbnails), Speeds(locations.speeds_file)
        tools = Tools(caches, maths, settings.decode_limits, decoder.image, speeds)
        models = ModelLoader(engine, locations, settings.offline, decoder.image, settings.decode_limits)
        yield Workbench(locations, settings, tools, models, decoder.preview_within(settings.decode_limits))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A loaded model and how it was asked for."""

    spec: BackendSpec
    backend: EmbeddingBackend
    asked: str

    @property
    def name(self) -> str:
        """What really looks at the pictures; another may stand in for what was asked for."""
        return self.backend.key.model

    @property
    def remarks(self) -> tuple[str, ...]:
        """One that stands in for another says so by itself, or else what it is good for is said."""
        stands_in = self.name != self.spec.name and not self.spec.takes_source and not self.backend.remark
        about_it = (f"{self.spec.label}: {self.spec.summary}",) if stands_in else ()
        return (*about_it, *filter(None, [self.backend.remark]))


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
    pictures = (arguments.folder.absolute(),)
    return replace(options, objects=object_choice(arguments).look != "whole", pictures=pictures)


def object_choice(arguments: Namespace) -> ObjectChoice:
    """Whether pictures are sorted or what stands in them; not every command can do both."""
    if not getattr(arguments, "look", ""):
        return WHOLE_PICTURES
    kinds = tuple(filter(None, (kind.strip() for kind in arguments.classes.split(","))))
    return ObjectChoice(arguments.look, kinds, arguments.confidence)
