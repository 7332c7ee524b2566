"""What projects are worked on with: folders of our own, caches, helper processes, settings, loaded models."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.focus import Focus
from shoal.domain.objects import ObjectChoice
from shoal.domain.recipe import Recipe
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.looking.catalogue import ALGORITHMS, algorithm_named, find_backend
from shoal.looking.content_names import NameStyle
from shoal.looking.extraction import Caches
from shoal.looking.maths import MathsProcess
from shoal.looking.model_loading import ModelLoader, has_eight_bits, lasting_name, require_kinds
from shoal.looking.options import Options, options_of
from shoal.looking.picture_decoder import PictureDecoder, Preview
from shoal.looking.pictures import Pictures
from shoal.looking.pipeline import Tools
from shoal.looking.speeds import Speeds
from shoal.processes.maths_environment import usable_cores
from shoal.projects.open_project import OpenProject
from shoal.projects.project_places import ProjectPlaces, items_name
from shoal.setup.engine import engine_process
from shoal.setup.locations import Locations
from shoal.setup.settings import Settings
from shoal.store import said_cache
from shoal.store.cache_file import Tell, say_nothing
from shoal.store.feature_cache import FeatureCache
from shoal.store.project_store import ProjectStore, restore_backup
from shoal.store.said_cache import SaidCache
from shoal.store.thumbnail_cache import ThumbnailCache

logger = logging.getLogger(__name__)


class Workplace:
    """Built once per window or command. Any thread may call it; loading a model is for those that may take long."""

    def __init__(self, locations: Locations, settings: Settings, tell: Tell = say_nothing) -> None:
        """`tell` hears sentences for the user, on any thread: a damaged cache begins anew, a drive is full, a model
        has something to say of how it was loaded."""
        self.locations, self.settings, self._tell = locations, settings, tell
        locations.hold_reserves()
        self.places = ProjectPlaces(locations)
        self.name_style = NameStyle()
        self._thumbnails = ThumbnailCache(locations.thumbnail_cache, settings.thumbnail_bytes, tell)
        self._features = FeatureCache(locations.feature_cache, tell)
        self.said = SaidCache(locations.cache / said_cache.FILE, tell)
        """What files were found to say of pictures."""
        self._say_what_is_not_kept()
        self._maths = MathsProcess(locations.cache)
        self._engine = engine_process(locations)
        self._decoder = PictureDecoder(usable_cores())
        self.speeds = Speeds(locations.speeds_file)
        self._backends: dict[tuple[object, ...], EmbeddingBackend] = {}
        self._roots: tuple[Path, ...] = ()
        self._recipe: Recipe | None = None
        self._downloadable: set[str] = set()
        self._trusted: set[str] = set()

    def _say_what_is_not_kept(self) -> None:
        trouble = self._features.trouble
        if trouble is not None:
            said = Sentence(
                "{trouble} What is seen in pictures is not kept: they are looked at again the next time.",
                trouble=trouble.summary,
            )
            logger.warning("%s", said)
            self._tell(said)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def tools(self) -> Tools:
        """With the limits that the settings ask for now."""
        caches = Caches(self._features, self._thumbnails)
        return Tools(caches, self._maths, self.settings.decode_limits, self._decoder.image, self.speeds)

    @property
    def pictures(self) -> Pictures:
        """With the limits that the settings ask for now."""
        return Pictures(self._thumbnails, self._decoder, self.settings.decode_limits)

    @property
    def whole_picture(self) -> Preview:
        """Unpacks pictures where they can do no harm, with the limits that the settings ask for now."""
        return self._decoder.preview_within(self.settings.decode_limits)

    @property
    def models(self) -> ModelLoader:
        """As the settings are now."""
        limits = self.settings.decode_limits
        return ModelLoader(self._engine, self.locations, self.settings.offline, self._decoder.image, limits)

    def warm_up(self) -> None:
        """Start the maths process and compile over there; returns at once."""
        self._maths.warm_up()

    def open_project(
        self,
        roots: Sequence[Path],
        model: str = "",
        objects: ObjectChoice | None = None,
        *,
        apart: bool = False,
        kept: bool = True,
    ) -> OpenProject:
        """The project of these folders, made if there is none. Raises UserFacingError.

        Where every object is sorted, there is one for each `model` that finds them. `apart`, `kept`: as in
        `OpenProject`.
        """
        file = self.project_file(roots, model, objects)
        return OpenProject(ProjectStore(file, self._tell), roots, self.name_style, apart=apart, kept=kept)

    def project_file(self, roots: Sequence[Path], model: str, objects: ObjectChoice | None = None) -> Path:
        """Where that project is kept, or would be; `objects` None: as the settings say."""
        return self.places.file_of(roots, items_name(objects or self.settings.objects, model))

    def open_project_file(self, file: Path) -> OpenProject:
        """A project by its file, looking at the folders it names. Raises UserFacingError."""
        opened = OpenProject(ProjectStore(file, self._tell), (), self.name_style)
        if not opened.roots:
            opened.close()
            raise UserFacingError(
                Sentence("{file} names no folder of pictures.", file=file), Sentence("Open the folder itself.")
            )
        return opened

    def restore_project(self, file: Path) -> Path:
        """Put the backup in the place of a damaged project. Returns the name under which the damaged file is kept."""
        return restore_backup(file)

    def options(self, model: str, task: Task, roots: Sequence[Path] = (), recipe: Recipe | None = None) -> Options:
        """What the recipe asks for, or else the settings, with this model, loaded now if need be.

        `roots`: the folders whose pictures it is for; 8-bit numbers are fitted to them. Raises ModelUnavailable and
        Cancelled.
        """
        self._roots, self._recipe = tuple(roots), recipe
        chosen = recipe or self.settings.recipe
        backend = self.load_model(model, task, chosen.objects.look != "whole", chosen)
        return self.options_of(chosen, backend, model)

    def options_of(self, recipe: Recipe, backend: EmbeddingBackend, model: str) -> Options:
        """What a recipe asks for, `model` (as after --model) loaded for it. Raises ModelUnavailable."""
        require_kinds(backend, recipe.objects)
        algorithm = algorithm_named(recipe.algorithm) or ALGORITHMS[0]
        return options_of(recipe, algorithm, backend, lasting_name(model, backend), recipe.objects)

    def close(self) -> None:
        self._decoder.close()
        self._maths.close()
        self._engine.close()
        self._features.close()
        self.said.close()
        self._thumbnails.close()

    def allow_download(self, model: str) -> None:
        """The user has said yes to it, until the window closes."""
        self._downloadable.add(model)

    def trust(self, model: str) -> None:
        """The user has said that this file may be loaded, whatever it holds, until the window closes."""
        self._trusted.add(model)

    def load_model(
        self, model: str, task: Task, objects: bool = False, recipe: Recipe | None = None
    ) -> EmbeddingBackend:
        """Loaded now if it is not the last one that was asked for, as the recipe wants it: this one, that of the
        options that were asked for last, or that of the settings.

        Raises ModelUnavailable and Cancelled.
        What needs a yes first raises `DownloadNeeded` or `WeightsNotTrusted`.
        """
        int8 = self.settings.int8 and not objects and has_eight_bits(find_backend(model)[0])
        asked = recipe or self._recipe or self.settings.recipe
        focus: Focus = "whole" if objects else asked.focus
        how = asked.layer, asked.image_size, asked.preprocessing, asked.wants_raw, asked.metric
        key = model, objects, int8, focus, *how
        if key not in self._backends:
            trusted, allowed = model in self._trusted, model in self._downloadable
            options = LoadOptions(
                trust_weights=trusted,
                may_download=allowed,
                layer=asked.layer,
                image_size=asked.image_size,
                preprocessing=asked.preprocessing,
                objects=objects,
                raw=asked.wants_raw,
                metric=Path(asked.metric) if asked.metric else None,
                int8=int8,
                focus=focus,
                pictures=self._roots,
            )
            backend = self.models.load(model, options, task)[1]
            self._backends = {key: backend}
            if backend.remark:
                self._tell(backend.remark)
        return self._backends[key]
