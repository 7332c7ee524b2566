"""What an open window works with: folders of our own, caches, the maths process, settings, loaded models."""

from collections.abc import Sequence
from pathlib import Path

from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import EmbeddingBackend, LoadOptions
from shoal.domain.images import ContentHash, ImageRecord, RgbImage
from shoal.domain.sentence import Sentence
from shoal.domain.task import Task
from shoal.imaging.decoding import quick_thumbnail
from shoal.imaging.fingerprint import read_beginning, read_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.looking.catalogue import ALGORITHMS, algorithm_named, find_backend
from shoal.looking.content_names import NameStyle
from shoal.looking.extraction import Caches
from shoal.looking.maths import MathsProcess
from shoal.looking.model_loading import ModelLoader, has_eight_bits, lasting_name, require_kinds
from shoal.looking.picture_decoder import PictureDecoder, Preview
from shoal.looking.pipeline import Tools, Wishes
from shoal.looking.region_pictures import cut_out, side_for
from shoal.looking.speeds import Speeds
from shoal.processes.maths_environment import usable_cores
from shoal.projects.open_project import OpenProject
from shoal.projects.project_places import ProjectPlaces, items_name
from shoal.projects.snapshot import Entry
from shoal.setup.engine import engine_process
from shoal.setup.locations import Locations
from shoal.setup.settings import Settings
from shoal.store.cache_file import Tell, say_nothing
from shoal.store.feature_cache import FeatureCache
from shoal.store.project_store import ProjectStore, restore_backup
from shoal.store.thumbnail_cache import ThumbnailCache

THUMBNAIL = 256
HEAD_BYTES = 2 * 65536
"""EXIF data take up to 64 KiB, and stand at the very beginning. A card reader needs a tenth of a second for 4 MB."""


class Workplace:
    """Built once per window. Everything may be called from the worker thread; loading a model should be."""

    def __init__(self, locations: Locations, settings: Settings, tell: Tell = say_nothing) -> None:
        """`tell` hears sentences for the user, on any thread: a damaged cache begins anew, a drive is full, a model
        has something to say of how it was loaded."""
        self.locations, self.settings, self._tell = locations, settings, tell
        locations.hold_reserves()
        self.places = ProjectPlaces(locations)
        self.name_style = NameStyle()
        self._thumbnails = ThumbnailCache(locations.thumbnail_cache, settings.thumbnail_bytes, tell)
        self._features = FeatureCache(locations.feature_cache, tell)
        self._maths = MathsProcess(locations.cache)
        self._engine = engine_process(locations)
        self._decoder = PictureDecoder(usable_cores())
        self.speeds = Speeds(locations.speeds_file)
        self._backends: dict[tuple[str, bool, bool], EmbeddingBackend] = {}
        self._roots: tuple[Path, ...] = ()
        self._downloadable: set[str] = set()
        self._trusted: set[str] = set()

    @property
    def tools(self) -> Tools:
        """With the limits that the settings ask for now."""
        caches = Caches(self._features, self._thumbnails)
        return Tools(caches, self._maths, self.settings.decode_limits, self._decoder.image, self.speeds)

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

    def open_project(self, roots: Sequence[Path], model: str = "") -> OpenProject:
        """The project of these folders, made if there is none. Raises UserFacingError.

        Where every object is sorted, there is one for each `model` that finds them.
        """
        return OpenProject(ProjectStore(self.project_file(roots, model), self._tell), roots, self.name_style)

    def project_file(self, roots: Sequence[Path], model: str) -> Path:
        """Where that project is kept, or would be."""
        return self.places.file_of(roots, items_name(self.settings.objects, model))

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

    def wishes(self, model: str, task: Task, roots: Sequence[Path] = ()) -> Wishes:
        """What the settings ask for, with this model, loaded now if need be. Raises ModelUnavailable and Cancelled.

        `roots`: the folders whose pictures it is for; 8-bit numbers are fitted to them.
        """
        self._roots = tuple(roots)
        algorithm = algorithm_named(self.settings.text("algorithm")) or ALGORITHMS[0]
        settings, objects = self.settings, self.settings.objects
        backend = self.load_model(model, task, objects.look != "whole")
        require_kinds(backend, objects)
        name = lasting_name(model, backend)
        return Wishes(backend, algorithm, settings.cluster_request, settings.map_parameters, objects, name)

    def thumbnail(self, entry: Entry) -> bytes | RgbImage | None:
        """A JPEG from the cache, or pixels decoded just now; None for what cannot be read. For pool threads."""
        if isinstance(entry, ImageRecord):
            cached = self._thumbnails.get(entry.content_hash)
            if cached is not None:
                return cached
        try:
            if isinstance(entry, ImageRecord) and entry.region:
                return self._preview(entry, THUMBNAIL)
            quick = quick_thumbnail(read_beginning(entry.path, HEAD_BYTES), entry.path.suffix)
            if quick is not None:
                return quick
            data = read_image_file(entry.path, self.settings.decode_limits)
            return self._decoder.preview(data, entry.path.suffix, THUMBNAIL, self.settings.decode_limits)
        except UnreadableImage:
            return None

    def thumbnail_of(self, content: ContentHash) -> bytes | None:
        """The JPEG that was made when a picture of these contents was looked at, or a part of one."""
        return self._thumbnails.get(content)

    def preview(self, entry: Entry, longest_side: int) -> RgbImage | None:
        """The picture itself, as large as that and upright; None if it cannot be read. For pool threads."""
        try:
            return self._preview(entry, longest_side)
        except UnreadableImage:
            return None

    def _preview(self, entry: Entry, longest_side: int) -> RgbImage:
        """Of a part of a picture that part."""
        limits, suffix = self.settings.decode_limits, entry.path.suffix
        data = read_image_file(entry.path, limits)
        if not isinstance(entry, ImageRecord):
            return self._decoder.preview(data, suffix, longest_side, limits)
        return cut_out(self._decoder.preview(data, suffix, side_for(entry, longest_side), limits), entry)

    def close(self) -> None:
        self._decoder.close()
        self._maths.close()
        self._engine.close()
        self._features.close()
        self._thumbnails.close()

    def allow_download(self, model: str) -> None:
        """The user has said yes to it, until the window closes."""
        self._downloadable.add(model)

    def trust(self, model: str) -> None:
        """The user has said that this file may be loaded, whatever it holds, until the window closes."""
        self._trusted.add(model)

    def load_model(self, model: str, task: Task, objects: bool = False) -> EmbeddingBackend:
        """Loaded now if it is not the last one that was asked for. Raises ModelUnavailable and Cancelled.

        What needs a yes first raises `DownloadNeeded` or `WeightsNotTrusted`.
        """
        int8 = self.settings.int8 and not objects and has_eight_bits(find_backend(model)[0])
        wanted = model, objects, int8
        if wanted not in self._backends:
            trusted, allowed = model in self._trusted, model in self._downloadable
            options = LoadOptions(
                trust_weights=trusted, may_download=allowed, objects=objects, int8=int8, pictures=self._roots
            )
            backend = self.models.load(model, options, task)[1]
            self._backends = {wanted: backend}
            if backend.remark:
                self._tell(backend.remark)
        return self._backends[wanted]
