"""A loaded model, as the command line speaks of it."""

from dataclasses import dataclass

from shoal.domain.extension_points import BackendSpec, EmbeddingBackend


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A loaded model and how it was asked for, as after --model."""

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
