"""From the name of a model, as a user writes it, to the model; whoever asks lends nothing but the words."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.util import find_spec

from shoal.domain.errors import ModelUnavailable
from shoal.domain.extension_points import (
    USUAL_MODEL,
    BackendSpec,
    EmbeddingBackend,
    LoadOptions,
    ObjectBackend,
    TextEncoder,
)
from shoal.domain.objects import ObjectChoice
from shoal.domain.sentence import Sentence
from shoal.domain.task import Caller, Task
from shoal.embedding.weight_files import is_here
from shoal.imaging.limits import DecodeLimits
from shoal.looking.answers import answering, checked_model
from shoal.looking.calibration import draw_pictures, own_pictures
from shoal.looking.catalogue import BACKENDS, find_backend
from shoal.looking.focusing import Locator, focused
from shoal.looking.metric_file import measured
from shoal.looking.picture_decoder import Decode, decode_safely
from shoal.looking.raw_vectors import with_lengths
from shoal.processes.helper_process import PassingHelper
from shoal.setup.locations import Locations

OFFLINE_VARIABLE = "SHOAL_OFFLINE"


@dataclass(frozen=True, slots=True, eq=False)
class ModelLoader:
    """`offline` as the settings say; an option or the environment can only make it stricter.

    `decode` and `limits`: for the pictures that 8-bit numbers are fitted to.
    """

    engine: Caller
    locations: Locations
    offline: bool = False
    decode: Decode = decode_safely
    limits: DecodeLimits = field(default_factory=DecodeLimits)
    aside: Caller = field(default_factory=lambda: PassingHelper("preparing"))

    def load(self, model: str, options: LoadOptions, task: Task) -> tuple[BackendSpec, EmbeddingBackend]:
        """Downloads what is missing, which the user has been told. Raises `ModelUnavailable` and `Cancelled`."""
        spec, lent = self._lent(model, options, task)
        with answering(spec.load, spec.name):
            backend = measured(checked_model(spec.load(lent)), options)
        if options.raw and options.focus == "whole" and not options.objects:
            backend = with_lengths(backend)
        return spec, backend if options.focus == "whole" else self._focused(backend, lent)

    def _focused(self, backend: EmbeddingBackend, lent: LoadOptions) -> EmbeddingBackend:
        """`backend` looking at parts of pictures, which the usual model finds. Raises `ModelUnavailable`."""
        if lent.objects:
            raise ModelUnavailable(
                Sentence("Objects are looked for in whole pictures."), Sentence("Leave --focus or --objects out.")
            )
        locator = backend if isinstance(backend, Locator) else self._locator(lent)
        if not isinstance(locator, Locator):
            raise ModelUnavailable(
                Sentence("Where a picture is looked at says {model} only, which is not here.", model=USUAL_MODEL),
                Sentence("Leave --focus out."),
            )
        return focused(backend, locator, lent.focus)

    def _locator(self, lent: LoadOptions) -> EmbeddingBackend:
        """The usual model as it is, whatever was said about the one that looks."""
        own = replace(
            lent,
            source="",
            weights=None,
            layer="",
            preprocessing="",
            image_size=0,
            half=False,
            int8=False,
            device="auto",
        )
        return find_backend(USUAL_MODEL)[0].load(own)

    def load_texts(self, model: str, options: LoadOptions, task: Task) -> TextEncoder:
        """What reads text for the model. Raises `ModelUnavailable`, also for one that only sees, and `Cancelled`."""
        if not reads_text(model):
            readers = ", ".join(spec.name for spec in BACKENDS if spec.load_texts is not None)
            raise ModelUnavailable(
                Sentence("{model} sees pictures but reads no words.", model=model),
                Sentence("Choose one of: {readers}.", readers=readers),
            )
        spec, lent = self._lent(model, options, task)
        assert spec.load_texts is not None
        with answering(spec.load_texts, spec.name):
            return spec.load_texts(lent)

    def _lent(self, model: str, options: LoadOptions, task: Task) -> tuple[BackendSpec, LoadOptions]:
        spec, source = find_backend(model)
        missing = missing_modules(spec)
        if missing:
            raise ModelUnavailable(
                Sentence(
                    "{label} is in the full edition of Shoal: this one comes without {missing}.",
                    label=spec.label,
                    missing=" and ".join(missing),
                ),
                Sentence("Install that one, or in Python: pip install 'shoal[{extra}]'.", extra=spec.extra),
            )
        if options.objects and not spec.finds_objects:
            raise ModelUnavailable(
                Sentence("{label} finds no objects.", label=spec.label), Sentence("Choose a detector, such as yolo11n.")
            )
        if options.int8 and (options.objects or not has_eight_bits(spec)):
            what = f"{spec.label} as a finder of objects" if options.objects else spec.label
            raise ModelUnavailable(Sentence("{model} has no 8-bit form.", model=what), Sentence("Leave --int8 out."))
        lent = replace(
            options,
            draw=partial(draw_pictures, options.pictures, self.decode, self.limits, task),
            drawn=own_pictures,
            source=source,
            engine=self.engine,
            aside=self.aside,
            weights_folder=self.locations.weights,
            export_folder=self.locations.exported_networks,
            offline=self.offline or options.offline or offline_by_environment(),
            task=task,
        )
        return spec, lent

    def megabytes_to_download(self, model: str) -> int:
        """What loading it would bring from the network first; 0 if nothing. Raises `ModelUnavailable` for no model."""
        spec, _source = find_backend(model)
        if spec.download is None or is_here(spec.download, self.locations.weights):
            return 0
        return spec.download.megabytes


def lasting_name(model: str, backend: EmbeddingBackend) -> str:
    """What to write down for `model`, as it was asked for: where another stands in for it, that one's name."""
    used = backend.key.model
    stands_in = used != model and any(spec.name == used and not spec.takes_source for spec in BACKENDS)
    return used if stands_in else model


def has_eight_bits(spec: BackendSpec) -> bool:
    """Whether it heeds `LoadOptions.int8`: all that torch builds do, and the usual one."""
    return "torch" in spec.needs or spec.name == USUAL_MODEL


def reads_text(model: str) -> bool:
    """Whether pictures can be described to it in words. Raises `ModelUnavailable` for a name that is none."""
    return find_backend(model)[0].load_texts is not None


def finds_by_words(model: str) -> bool:
    """Whether pictures can be looked for by what they show. Raises `ModelUnavailable` for a name that is none."""
    return reads_text(model) or knows_classes(model)


def knows_classes(model: str) -> bool:
    """Whether it takes pictures for something that there is a word for. Raises `ModelUnavailable` likewise."""
    return find_backend(model)[0].knows_classes


def require_kinds(backend: EmbeddingBackend, choice: ObjectChoice) -> None:
    """Raises `ModelUnavailable` if objects were asked for that the model does not know."""
    known = {kind.casefold(): kind for kind in backend.kinds} if isinstance(backend, ObjectBackend) else {}
    strange = [kind for kind in choice.kinds if kind.casefold() not in known]
    if strange:
        raise ModelUnavailable(
            Sentence("This model does not know {kind}.", kind=repr(strange[0])),
            Sentence("It finds: {kinds}.", kinds=", ".join(known.values())),
        )


def missing_modules(spec: BackendSpec) -> tuple[str, ...]:
    """What the model needs and this edition of the program has not; nothing is imported."""
    return tuple(module for module in spec.needs if not _is_installed(module))


@cache
def _is_installed(module: str) -> bool:
    """Looked up once: an edition does not change while it runs, and the list of models asks for each of them."""
    return find_spec(module) is not None


def offline_by_environment(environment: Mapping[str, str] = os.environ) -> bool:
    return environment.get(OFFLINE_VARIABLE, "").strip().lower() not in ("", "0", "no", "false")
