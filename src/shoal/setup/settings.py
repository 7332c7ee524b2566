"""What a user may choose for all projects, as rows: the file, the dialog and the documentation come from them.

What only the window asks for stands with the feature that asks (`Feature.settings`), and joins these rows there.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from shoal.analysis.umap_layout import MapParameters
from shoal.domain.catalogue import Catalogue
from shoal.domain.extension_points import USUAL_MODEL, ClusterRequest
from shoal.domain.focus import FOCI, Focus
from shoal.domain.objects import LEAST_CONFIDENCE, Look, ObjectChoice
from shoal.domain.recipe import Recipe
from shoal.domain.sentence import Sentence
from shoal.imaging.limits import DecodeLimits
from shoal.store.own_files import write_whole

Value = str | int | float | bool
log = logging.getLogger(__name__)

WINDOW = Sentence("Window")
EYE = Sentence("What is looked at")
CLUSTERS = Sentence("Clusters")
MAP = Sentence("Map")
LIMITS = Sentence("Limits and space")
OUTSIDE = Sentence("Network and plugins")
MORE = Sentence("More")
TOPICS = (WINDOW, EYE, CLUSTERS, MAP, LIMITS, OUTSIDE, MORE)
"""The pages of the settings, in their order."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row. The type of `default` is the type of the setting; `minimum` and `maximum` are both allowed values.

    `choices` names the list to choose from ("models", "algorithms", "languages"), or is empty. `topic`: the page that
    it stands on.
    """

    key: str
    default: Value
    label: Sentence
    help: Sentence
    minimum: float = 0
    maximum: float = 0
    choices: str = ""
    topic: Sentence = MORE

    @property
    def name(self) -> str:
        return self.key

    def accepts(self, value: object) -> bool:
        """A whole number is welcome where any number is; true and false are no numbers."""
        kinds = (int, float) if isinstance(self.default, float) else (type(self.default),)
        if type(value) not in kinds:
            return False
        return isinstance(value, str | bool) or self.minimum <= value <= self.maximum  # type: ignore[operator]  # a number


SETTINGS: Catalogue[Setting] = Catalogue(
    Setting(
        "model", USUAL_MODEL, Sentence("Model"),
        Sentence("What looks at the pictures when a folder is opened."), choices="models",
        topic=EYE,
    ),
    Setting(
        "look", "whole", Sentence("What is sorted"),
        Sentence("Whole pictures, or what a YOLO finds in them."),
        choices="looks",
        topic=EYE,
    ),
    Setting(
        "object_kinds", "", Sentence("Kinds of objects"),
        Sentence("Only these, such as person, bottle; all kinds if empty."),
        topic=EYE,
    ),
    Setting(
        "object_confidence", 0.25, Sentence("Certainty of objects"),
        Sentence("How sure the network must be of an object."), LEAST_CONFIDENCE, 1.0,
        topic=EYE,
    ),
    Setting(
        "focus", "whole", Sentence("What counts"),
        Sentence("All of a picture, what it is of, what is behind that, or the colours of what it is of."),
        choices="foci",
        topic=EYE,
    ),
    Setting(
        "algorithm", "auto", Sentence("Clustering"),
        Sentence("How pictures are put into clusters."), choices="algorithms",
        topic=CLUSTERS,
    ),
    Setting(
        "granularity", 0.5, Sentence("Coarse to fine"),
        Sentence("How many clusters a folder starts with: 0 is few, 1 is many."), 0.0, 1.0,
        topic=CLUSTERS,
    ),
    Setting(
        "absorb", 0.0, Sentence("Leave little unsorted"),
        Sentence(
            "Pictures that belong nowhere: 0 leaves them in Unsorted, 1 puts each into its nearest cluster.",
        ),
        0.0, 1.0,
        topic=CLUSTERS,
    ),
    Setting(
        "seed", 0, Sentence("Seed"),
        Sentence("Another number gives another map and other clusters, just as valid."),
        0, 2**31 - 1,
        topic=CLUSTERS,
    ),
    Setting(
        "map_neighbours", 15, Sentence("Neighbours on the map"),
        Sentence("How many neighbours the map looks at: more shows the whole, fewer show detail."),
        2, 200,
        topic=MAP,
    ),
    Setting(
        "map_distance", 0.1, Sentence("Distance on the map"),
        Sentence("How close pictures may lie on the map: 0 heaps them up, 1 spreads them evenly."),
        0.0, 1.0,
        topic=MAP,
    ),
    Setting(
        "largest_megapixels", 500, Sentence("Largest picture (megapixels)"),
        Sentence(
            "Pictures with more pixels are listed under Problems, for they need more memory than most computers have.",
        ),
        1, 10_000,
        topic=LIMITS,
    ),
    Setting(
        "largest_file_megabytes", 1024, Sentence("Largest file (MB)"),
        Sentence("Larger files are listed under Problems."), 1, 100_000,
        topic=LIMITS,
    ),
    Setting(
        "largest_memory_megabytes", 2048, Sentence("Memory for one picture (MB)"),
        Sentence("Pictures that take more when they are unpacked are listed under Problems."),
        64, 1_000_000,
        topic=LIMITS,
    ),
    Setting(
        "thumbnail_megabytes", 2000, Sentence("Space for thumbnails (MB)"),
        Sentence(
            "Beyond this the thumbnails not seen for longest are thrown away; they are made again when needed.",
        ),
        50, 1_000_000,
        topic=LIMITS,
    ),
    Setting(
        "sidecar_names", "", Sentence("New sidecars"),
        Sentence("How the first sidecar of a picture is called: as your other programs look for it."),
        choices="sidecar_names",
        topic=OUTSIDE,
    ),
    Setting(
        "int8", False, Sentence("8-bit numbers"),
        Sentence(
            "Networks of the full edition compute in 8-bit numbers on the processor: often faster, less exact. "
            "By how much is measured on your pictures, and said.",
        ),
        topic=EYE,
    ),
    Setting(
        "offline", False, Sentence("Work offline"),
        Sentence("Nothing is ever downloaded and no connection opened."),
        topic=OUTSIDE,
    ),
    Setting(
        "plugins", "", Sentence("Plugins"),
        Sentence(
            "Installed packages that may add models, algorithms and documents, such as one, two. They run with your "
            "rights, from the next start on.",
        ),
        topic=OUTSIDE,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen where it is not the default; everything asked for is there and allowed.

    Keys without a row are kept: the command line does not know what only the window asks for, nor one version of the
    program what another one added.
    """

    chosen: Mapping[str, Value]

    def __getitem__(self, key: str) -> Value:
        return self.chosen.get(key, _row(key).default)

    def with_value(self, key: str, value: Value) -> "Settings":
        """Raises ValueError for a value that the row does not accept."""
        if not _row(key).accepts(value):
            raise ValueError(f"{key} cannot be {value!r}")
        return Settings({**self.chosen, key: value})

    def text(self, key: str) -> str:
        return str(self[key])

    def number(self, key: str) -> float:
        return float(self[key])

    def whole(self, key: str) -> int:
        return int(self[key])

    @property
    def cluster_request(self) -> ClusterRequest:
        return ClusterRequest(
            granularity=self.number("granularity"), absorb=self.number("absorb"), seed=self.whole("seed")
        )

    @property
    def recipe(self) -> Recipe:
        """What is asked for unless somebody chooses another recipe; the model is named elsewhere."""
        request, laid = self.cluster_request, self.map_parameters
        return Recipe(
            focus=self.focus, objects=self.objects, algorithm=self.text("algorithm"), granularity=request.granularity,
            absorb=request.absorb, seed=request.seed, neighbours=laid.n_neighbors, distance=laid.min_dist,
        )  # fmt: skip

    @property
    def objects(self) -> ObjectChoice:
        """Whether pictures are sorted or what stands in them; a word that is neither means whole pictures."""
        looks: dict[str, Look] = {look: look for look in get_args(Look)}
        look = looks.get(self.text("look"), "whole")
        kinds = tuple(filter(None, (kind.strip() for kind in self.text("object_kinds").split(","))))
        return ObjectChoice(look, kinds, self.number("object_confidence"))

    @property
    def focus(self) -> Focus:
        """What counts in whole pictures; a word that is none of them means all of it."""
        foci: dict[str, Focus] = {focus: focus for focus in FOCI}
        return foci.get(self.text("focus"), "whole")

    @property
    def map_parameters(self) -> MapParameters:
        return MapParameters(self.whole("map_neighbours"), self.number("map_distance"), self.whole("seed"))

    @property
    def decode_limits(self) -> DecodeLimits:
        return DecodeLimits(
            self.whole("largest_megapixels") * 1_000_000,
            self.whole("largest_file_megabytes") << 20,
            self.whole("largest_memory_megabytes") << 20,
        )

    @property
    def offline(self) -> bool:
        return bool(self["offline"])

    @property
    def plugins(self) -> tuple[str, ...]:
        """Names of the packages that the user has said yes to."""
        return tuple(filter(None, (name.strip() for name in self.text("plugins").split(","))))

    @property
    def int8(self) -> bool:
        return bool(self["int8"])

    @property
    def thumbnail_bytes(self) -> int:
        return self.whole("thumbnail_megabytes") * 1_000_000


def _row(key: str) -> Setting:
    """Raises KeyError for a key that no row has: a mistake of ours."""
    row = SETTINGS.named(key)
    if row is None:
        raise KeyError(key)
    return row


def load_settings(path: Path) -> Settings:
    """What does not fit its row is left at its default, with a warning in the log; never an error."""
    try:
        stored = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Settings({})
    except (OSError, ValueError, RecursionError) as error:
        log.warning("The settings in %s cannot be read; all are at their defaults. %s", path, error)
        return Settings({})
    if not isinstance(stored, dict):
        log.warning("%s holds no settings; all are at their defaults.", path)
        return Settings({})
    return Settings({key: value for key, value in stored.items() if _fits(key, value, path)})


def save_settings(path: Path, settings: Settings) -> None:
    """Raises UserFacingError; the file then is as it was."""
    write_whole(path, json.dumps(dict(settings.chosen), indent=2, ensure_ascii=False).encode())


def _fits(key: str, value: object, path: Path) -> bool:
    row = SETTINGS.named(key)
    fits = isinstance(value, Value) if row is None else row.accepts(value)
    if not fits:
        log.warning("%s: %s cannot be %r; it is at its default.", path, key, value)
    return fits
