"""Find what is like some pictures, and less like others: one list over all, with a line where likeness drops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtGui import QImage, QImageWriter

from shoal.domain.geometry import EmbeddingMatrix
from shoal.domain.images import FoundImage, ImageRecord
from shoal.domain.task import Task
from shoal.looking.known_words import known_words
from shoal.looking.likeness import Vectors, rank_alike
from shoal.looking.model_loading import knows_classes
from shoal.looking.snapshot import records_among
from shoal.looking.text_search import FoundImages
from shoal.qt.cluster_model import ALL
from shoal.qt.jobs import Jobs
from shoal.qt.pictures import LargePictures
from shoal.qt.selection import Ids
from shoal.qt.session import Session, about_open_project
from shoal.widgets.grid_layout import Section
from shoal.widgets.views import Views


class Seer(Protocol):
    """What looks at pictures from elsewhere; on the worker thread."""

    def vectors_of_files(self, files: Sequence[FoundImage], model: str, task: Task) -> Vectors: ...

    def vectors_of_png(self, png: bytes, model: str, task: Task) -> Vectors: ...

    def find_by_text(self, text: str, records: Sequence[ImageRecord], model: str, task: Task) -> FoundImages: ...


def _none() -> Ids:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """What is asked with: pictures of the folder that are like and unlike, vectors of others, called `name`, a text."""

    like: Ids
    unlike: Ids
    others: Vectors | None = None
    name: str = ""
    text: str = ""


class FindingAlike(QObject):
    def __init__(self, session: Session, views: Views, jobs: Jobs, pictures: LargePictures, seer: Seer) -> None:
        super().__init__(session)
        self._session, self._models, self._grid = session, views.models, views.grid_presenter
        self._jobs, self._seer, self._search = jobs, seer, views.search
        self._asked: Example | None = None
        views.grid_presenter.changed_subject.connect(self._on_subject)
        session.images_changed.connect(lambda stays: None if stays else self._forget())
        views.search.images_given.connect(self._find_like)
        views.search.files_given.connect(self.find_like_files)
        pictures.part_chosen.connect(
            lambda part, name: self.find_like_picture(part, self.tr("a part of {0}").format(name))
        )
        views.search.picture_given.connect(lambda picture: self.find_like_picture(picture, self.tr("the picture")))

    def find_like_selected(self) -> None:
        if len(self._session.selection):
            self._find_like(self._session.selection.images)

    def less_like_selected(self) -> None:
        """Beside what the list on the screen was asked with, if it is one."""
        asked = self._asked or Example(_none(), _none())
        chosen = self._session.selection.images
        like = np.setdiff1d(asked.like, chosen).astype(np.int32)
        unlike = np.union1d(asked.unlike, chosen).astype(np.int32)
        self._find(replace(asked, like=like, unlike=unlike))

    def find_like_files(self, files: Sequence[Path]) -> None:
        name = files[0].name if len(files) == 1 else self.tr("%n picture(s)", "", len(files))
        model, examples = self._models.model_name, [FoundImage(file) for file in files]
        self._look(lambda task: self._seer.vectors_of_files(examples, model, task), name)

    def find_like_picture(self, picture: QImage, name: str) -> None:
        """Pasted, or a part of another."""
        model = self._models.model_name
        self._look(lambda task: self._seer.vectors_of_png(_png(picture), model, task), name)

    def _look(self, see: Callable[[Task], Vectors], name: str) -> None:
        def show(vectors: Vectors) -> None:
            self._find(Example(_none(), _none(), vectors, name))

        self._jobs.run(self.tr("Looking at the picture"), see, about_open_project(self._session, show))

    def _find_like(self, images: Ids) -> None:
        self._find(Example(np.unique(images).astype(np.int32), _none()))

    def _find(self, example: Example) -> None:
        embeddings = self._session.snapshot.embeddings
        if embeddings is None:
            self._jobs.say(self.tr("This model has looked at none of the pictures yet."))
            return

        example = replace(example, text=self._text())
        records = records_among(self._session.images) if example.text else []
        model, seer = self._models.model_name, self._seer

        def work(task: Task) -> FoundImages:
            said = seer.find_by_text(example.text, records, model, task) if example.text else None
            like, unlike = _rows(embeddings, example.like, example.others), _rows(embeddings, example.unlike)
            return rank_alike(embeddings, like, unlike, said)

        def show(images: FoundImages) -> None:
            if embeddings is self._session.snapshot.embeddings:
                self._show(example, images)

        self._jobs.run(self.tr("Searching"), work, about_open_project(self._session, show))

    def _text(self) -> str:
        """What the search field asks for beside it: a text that the model reads, or a word that it knows."""
        text = self._search.sought.strip()
        if not text or not self._search.searches_content:
            return ""
        if knows_classes(self._models.model_name):
            tree = known_words()
            return text if tree is not None and tree.find(text) is not None else ""
        return text

    def _show(self, example: Example, alike: FoundImages) -> None:
        images = alike.images.astype(np.int32)
        count = alike.count or 0
        near, rest = images[:count], images[count:]
        sections = [(self._title(example), near), (self.tr("Less and less like it"), rest)]
        self._grid.show_found(
            [Section(f"{title}  ·  {len(those):,}", ALL, those) for title, those in sections if len(those)]
        )
        self._asked = example
        self._jobs.say(self._told(alike))

    def _title(self, example: Example) -> str:
        if not len(example.like) and example.others is None:
            return self.tr("Least like what you chose")
        if len(example.unlike):
            return self.tr("Like {0}, and not like %n other(s)", "", len(example.unlike)).format(self._name(example))
        if example.text:
            return self.tr("Like {0}, and “{1}”").format(self._name(example), example.text)
        return self.tr("Like {0}").format(self._name(example))

    def _name(self, example: Example) -> str:
        if example.name:
            return example.name
        if len(example.like) == 1:
            return self._session.images[int(example.like[0])].path.name
        return self.tr("these %n picture(s)", "", len(example.like))

    def _told(self, images: FoundImages) -> str:
        if images.count is None:
            return self.tr("Nothing stands out: all pictures, the most alike first.")
        return self.tr("%n picture(s) stand out as alike; the rest follow below the line.", "", images.count)

    def _on_subject(self) -> None:
        if self._grid.cards:
            self._forget()

    def _forget(self) -> None:
        self._asked = None


def _rows(embeddings: EmbeddingMatrix, images: NDArray[np.int32], others: Vectors | None = None) -> Vectors:
    rows = embeddings.rows.rows_of(images)
    vectors = embeddings.vectors[rows[rows >= 0]]
    return vectors if others is None else np.concatenate([vectors, others])


def _png(picture: QImage) -> bytes:
    """On any thread."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture)
    return bytes(data.data())
