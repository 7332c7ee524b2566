"""Which model looks at the pictures: the list, and the two questions that choosing one may need an answer to."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from shoal.domain.errors import DownloadNeeded, ModelUnavailable, WeightsNotTrusted
from shoal.domain.extension_points import BackendSpec
from shoal.looking.catalogue import BACKENDS
from shoal.looking.model_loading import missing_modules
from shoal.projects.workplace import Workplace
from shoal.widgets.feature import Again, Feature, Handlers, Opener, Parts
from shoal.widgets.model_picker import ModelEntry, ModelPicker
from shoal.widgets.named import named
from shoal.widgets.translation import told


class ChoosingModels(QObject):
    """Nothing is downloaded, and no file that could hold a program is loaded, before the user has said yes to it."""

    def __init__(self, window: QWidget, picker: ModelPicker, opener: Opener, workplace: Workplace) -> None:
        super().__init__(window)
        self._window, self._picker, self._opener, self._workplace = window, picker, opener, workplace
        self._show()
        picker.choose(workplace.settings.text("model"))
        opener.looked.connect(self._on_looked)
        self._used = ""

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
        self._picker.show_entries(list(self._entries()))

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
    models = ChoosingModels(parts.window, parts.views.tools.model_picker, parts.opener, parts.workplace)
    parts.rescues.append(models.rescues)
    return {}


FEATURE = Feature("models", _build)
