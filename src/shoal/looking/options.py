"""What the user asked for, and what names each stage of it."""

from dataclasses import asdict, dataclass, field, replace

from shoal.analysis.umap_layout import MapParameters
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest, EmbeddingBackend
from shoal.domain.geometry import StageKey, stage_key
from shoal.domain.history import NOTHING_MADE, Made
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.rows import NO_KEY
from shoal.looking.extracted import model_key

NEIGHBOURS = 15


@dataclass(frozen=True, slots=True)
class Options:
    """How the user wants the pictures looked at, laid out and clustered. `model` as after --model.

    `stay`: clusters that were made like this, of the same vectors, stay whatever is asked for now. `include`: folders
    that are looked into although they are left alone otherwise. `again`: propose clusters anew in any case.
    """

    backend: EmbeddingBackend
    algorithm: AlgorithmSpec
    request: ClusterRequest = field(default_factory=ClusterRequest)
    map: MapParameters = field(default_factory=MapParameters)
    objects: ObjectChoice = WHOLE_PICTURES
    model: str = ""
    stay: Made = NOTHING_MADE
    include: tuple[str, ...] = ()
    again: bool = False

    @property
    def neighbours(self) -> int:
        return max(NEIGHBOURS, self.map.neighbours_needed)

    @property
    def made(self) -> Made:
        """Equal for equal options, whatever the pictures. Another number of clusters leaves the map as it is."""
        look = model_key(self.backend, self.objects)
        layout = stage_key("map", look, **asdict(self.map))
        request = asdict(self.request)
        clusters = stage_key("clusters", look, neighbours=self.neighbours, algorithm=self.algorithm.name, **request)
        kept = self.stay.clusters if self.stay.look == look else NO_KEY
        return Made(self.model or self.backend.key.model, look, layout, kept or clusters)

    @property
    def recipe_of_version_4(self) -> StageKey:
        """What project files of earlier versions name map and proposal by."""
        settings = {**asdict(self.request), **{f"map_{name}": value for name, value in asdict(self.map).items()}}
        settings |= self.objects.settings
        framing = f" {self.backend.geometry.framing}"  # they did not trim, and so their keys do not say it
        key = replace(self.backend.key, preprocessing=self.backend.key.preprocessing.removesuffix(framing))
        return stage_key("recipe", key.digest, algorithm=self.algorithm.name, **settings)
