"""What the user asked for, and what names each stage of it."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from shoal.analysis.umap_layout import MapParameters
from shoal.domain.extension_points import AlgorithmSpec, ClusterRequest, EmbeddingBackend
from shoal.domain.geometry import StageKey, stage_key
from shoal.domain.history import NOTHING_MADE, Made
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.recipe import Letter, Normalise, Recipe, Reducing
from shoal.domain.rows import NO_KEY
from shoal.looking.extracted import model_key

NEIGHBOURS = 15


@dataclass(frozen=True, slots=True)
class Options:
    """How the user wants the pictures looked at, laid out and clustered. `model` as after --model.

    `stay`: clusters that were made like this, of the same vectors, stay whatever is asked for now. `include`: folders
    that are looked into although they are left alone otherwise. `again`: propose clusters anew in any case.
    `letter`, `letter_map`: clusters and map are made to the letter of a recipe. `looked`: how the model was loaded, as
    far as a recipe says it.
    `moment`: how much it counts beside looks when pictures were taken, as `analysis.moments` says; nothing where
    clusters are made to the letter.
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
    letter: Letter | None = None
    letter_map: Reducing | None = None
    looked: Recipe = Recipe()  # noqa: RUF009  # it cannot change
    moment: float = 0.0

    @property
    def neighbours(self) -> int:
        return max(NEIGHBOURS, self.map.neighbours_needed)

    @property
    def made(self) -> Made:
        """Equal for equal options, whatever the pictures. Another number of clusters leaves the map as it is."""
        look = model_key(self.backend, self.objects)
        layout = stage_key("map", look, **asdict(self.map), **self._letter_of_map())
        moment = 0.0 if self.letter is not None else self.moment
        request = asdict(self.request) | _to_the_letter(self.letter) | ({"moment": moment} if moment else {})
        clusters = stage_key("clusters", look, neighbours=self.neighbours, algorithm=self.algorithm.name, **request)
        stays = self.stay.look == look and self.stay.clusters != NO_KEY
        made = (self.stay.clusters, self.stay.moment) if stays else (clusters, moment)
        return Made(self.model or self.backend.key.model, look, layout, *made)

    @property
    def recipe(self) -> Recipe:
        """All of it, as it can be written down and made again."""
        request, laid = self.request, self.map
        return replace(
            self.looked,
            model=self.model or self.backend.key.model,
            weights=self.backend.key.weights_hash,
            objects=self.objects,
            algorithm=self.algorithm.name,
            clusters=request.clusters,
            letter=self.letter,
            map=self.letter_map,
            granularity=request.granularity,
            absorb=request.absorb,
            seed=request.seed,
            neighbours=laid.n_neighbors,
            distance=laid.min_dist,
        )

    def _letter_of_map(self) -> dict[str, Any]:
        if self.letter_map is None:
            return {}
        return {"letter": str(asdict(self.letter_map)), "normalise": self.normalise_map}

    @property
    def normalise_map(self) -> Normalise:
        """The map to the letter is of the same numbers as the clusters."""
        return "unit" if self.letter is None else self.letter.normalise

    @property
    def recipe_of_version_4(self) -> StageKey:
        """What project files of earlier versions name map and proposal by."""
        settings = {**asdict(self.request), **{f"map_{name}": value for name, value in asdict(self.map).items()}}
        settings |= self.objects.settings
        framing = f" {self.backend.geometry.framing}"  # they did not trim, and so their keys do not say it
        key = replace(self.backend.key, preprocessing=self.backend.key.preprocessing.removesuffix(framing))
        return stage_key("recipe", key.digest, algorithm=self.algorithm.name, **settings)


def options_of(
    recipe: Recipe, algorithm: AlgorithmSpec, backend: EmbeddingBackend, model: str, objects: ObjectChoice
) -> Options:
    """What a recipe asks for, with its model loaded and its algorithm found. `model` as after --model."""
    return Options(
        backend,
        algorithm,
        ClusterRequest(recipe.clusters, recipe.granularity, recipe.absorb, recipe.seed),
        MapParameters(recipe.neighbours, recipe.distance, recipe.seed),
        objects,
        model,
        letter=recipe.letter,
        letter_map=recipe.map,
        looked=recipe,
    )


def _to_the_letter(letter: Letter | None) -> dict[str, Any]:
    """For the key of clusters; nothing where they are made as the program thinks best, so that these keep theirs."""
    return {} if letter is None else {"letter": str(asdict(letter))}
