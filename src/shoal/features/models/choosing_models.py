"""Which model looks at the pictures: the list, and the two questions that choosing one may need an answer to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain.errors import DownloadNeeded, ModelUnavailable, WeightsNotTrusted
from shoal.domain.extension_points import USUAL_MODEL, BackendSpec
from shoal.domain.sentence import Sentence
from shoal.looking.catalogue import BACKENDS
from shoal.looking.model_loading import missing_modules
from shoal.projects.open_project import OpenProject
from shoal.projects.workplace import Workplace
from shoal.qt.jobs import duration
from shoal.widgets.feature import Again, Feature, Handlers, Opener, Parts
from shoal.widgets.model_picker import ModelEntry
from shoal.widgets.named import named
from shoal.widgets.translation import told
from shoal.widgets.views import Models


class ChoosingModels(QObject):
    """Nothing is downloaded, and no file that could hold a program is loaded, before the user has said yes to it."""

    def __init__(self, window: QWidget, picker: Models, opener: Opener, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._picker, self._opener, self._workplace = window, picker, opener, workplace
        self._show()
        picker.choose(workplace.settings.text("model"))
        opener.looked.connect(self._on_looked)
        picker.picked.connect(self._on_chosen)
        self._used = ""

    def _on_chosen(self) -> None:
        """Looking at everything anew is asked about, with what it costs; a download asks by itself."""
        model, project = self._picker.model_name, self._opener.project
        now = project.project.made.model if project is not None else ""
        if project is not None and now and model != now and not self._asks_itself(model, project):
            self._ask_about(model, now, len(project.snapshot.images))
        else:
            self._opener.use_model(model)

    def _asks_itself(self, model: str, project: OpenProject) -> bool:
        """Or costs nothing."""
        return bool(project.looked_before(model) or self._workplace.models.megabytes_to_download(model))

    def _ask_about(self, model: str, now: str, count: int) -> None:
        box = named(QMessageBox(self._window), "modelQuestion")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Shoal")
        label = self._picker.label_of(model)
        box.setText(told(Sentence("Look at %n picture(s) again, with {model}?", n=count, model=label)))
        kept = Sentence(
            "What you moved or named stays. What {model} has found is kept, so that going back takes a moment.",
            model=self._picker.label_of(now),
        )
        box.setInformativeText(f"{told(self._cost(model, count))}\n{told(kept)}")
        look = named(box.addButton(self.tr("Look again"), QMessageBox.ButtonRole.AcceptRole), "modelYes")
        named(box.addButton(QMessageBox.StandardButton.Cancel), "modelNo")
        box.setDefaultButton(look)
        box.finished.connect(lambda: self._answer(box.clickedButton() is look, model, now))
        box.open()

    def _answer(self, look: bool, model: str, now: str) -> None:
        if look:
            self._opener.use_model(model)
        else:
            self._picker.choose(now)

    def _cost(self, model: str, count: int) -> Sentence:
        rate = self._workplace.speeds.rate(model)
        if not rate:
            return Sentence("How long it takes on this computer is not known yet; you can go on meanwhile.")
        return Sentence("That takes about {time}; you can go on meanwhile.", time=duration(count / rate))

    def rescues(self, error: Exception, again: Again) -> bool:
        """Ask, if that is all that is needed to do the work `again`; False for any other trouble."""
        model = self._picker.model_name
        if isinstance(error, DownloadNeeded):
            question = self.tr("Download them now? They are kept, so this happens once.")
            self._ask(error, question, self.tr("Download"), partial(self._workplace.allow_download, model), again)
        elif isinstance(error, WeightsNotTrusted):
            question = self.tr("Load it only if you know who made it and trust them.")
            self._ask(error, question, self.tr("Load it all the same"), partial(self._workplace.trust, model), again)
        else:
            return False
        return True

    def _ask(self, error: ModelUnavailable, question: str, yes: str, *go_on: Callable[[], object]) -> None:
        box = named(QMessageBox(self._window), "consentBox")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Shoal")
        box.setText(told(error.summary))
        box.setInformativeText(question)
        agree = named(box.addButton(yes, QMessageBox.ButtonRole.AcceptRole), "consentYes")
        refuse = named(box.addButton(QMessageBox.StandardButton.Cancel), "consentNo")
        box.setDefaultButton(refuse)
        box.finished.connect(lambda: self._go_on(go_on) if box.clickedButton() is agree else self._go_back())
        box.open()

    def _go_on(self, steps: Sequence[Callable[[], object]]) -> None:
        for step in steps:
            step()

    def _go_back(self) -> None:
        """To the model that was in use, or the one that every computer has."""
        self._opener.use_model(self._used)

    def _on_looked(self) -> None:
        """By now it is downloaded, and how quick it is has been measured."""
        self._used = self._picker.model_name
        self._show()

    def _show(self) -> None:
        entries = list(self._entries())
        self._picker.show_entries(entries, self._in_plain_words(entries))

    def _in_plain_words(self, entries: Sequence[ModelEntry]) -> list[ModelEntry]:
        """What most people need to choose from; what the network is really called stands in the tip."""
        known = {entry.name: entry for entry in entries}
        words = (
            (USUAL_MODEL, self.tr("Built-in")),
            ("colour-layout", self.tr("Colours")),
            ("dinov2_vits14", self.tr("Better")),
        )
        return [
            replace(known[name], label=label, tip=f"{known[name].label}\n{known[name].tip}")
            for name, label in words
            if name in known
        ]

    def _entries(self) -> Iterator[ModelEntry]:
        for spec in BACKENDS:
            if not spec.takes_source:
                yield ModelEntry(spec.name, told(spec.label), spec.family, self._detail(spec), self._tip(spec))

    def _detail(self, spec: BackendSpec) -> str:
        """What choosing it costs, or how quick it was here."""
        if missing_modules(spec):
            return self.tr("in the full edition")
        megabytes = self._workplace.models.megabytes_to_download(spec.name)
        rate = self._workplace.speeds.rate(spec.name)
        if megabytes:
            return self.tr("{0} MB to download").format(megabytes)
        return self.tr("{0} a second").format(f"{rate:.3g}") if rate else ""

    def _tip(self, spec: BackendSpec) -> str:
        facts = [told(spec.summary), self.tr("Licence: {0}").format(spec.licence)]
        if spec.dimension:
            facts.append(self.tr("{0} numbers per picture").format(spec.dimension))
        if spec.input_size:
            facts.append(self.tr("sees {0} x {0} pixels").format(spec.input_size))
        return "\n".join(facts)


def _build(parts: Parts) -> Handlers:
    models = ChoosingModels(parts.window, parts.views.models, parts.opener, parts.workplace)
    parts.rescues.append(models.rescues)
    return {}


FEATURE = Feature("models", _build)
