"""Where a network looks is no object: the window does not offer to cut it out."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QCheckBox, QWidget
from tests.support.export_world import make_world
from tests.support.whole_desk import open_dialog

from shoal.domain.focus import SUBJECT
from shoal.domain.images import Region
from shoal.domain.verdicts import unsaid
from shoal.features.exporting.writing_out import Exporting
from shoal.projects.portraits import NOBODY
from shoal.qt.cluster_order import ClusterOrder
from shoal.qt.selection import Selection


@pytest.mark.parametrize(("kind", "offered"), [("bottle", True), (SUBJECT, False)])
def test_only_what_a_detector_found_can_be_cut_out(qtbot, tmp_path, kind, offered):
    world = make_world(tmp_path)
    images = [replace(one, main=Region(0, 0, 4, 4, kind, 0.9, one.content_hash)) for one in world.records]
    project = SimpleNamespace(
        grouping=world.grouping, roots=[world.pictures], made=SimpleNamespace(model="x"), recipe=None
    )
    snapshot = SimpleNamespace(images=images, proposal=None, embeddings=None, layout=None, outliers=None, stacks=None)
    window, nothing = QWidget(), np.empty(0, np.int32)
    qtbot.addWidget(window)
    nothing_selected = Selection()
    session: Any = SimpleNamespace(
        snapshot=snapshot,
        project=project,
        images=images,
        grouping=world.grouping,
        order=ClusterOrder(),
        portraits=NOBODY,
        verdicts=unsaid(len(images)),
        selection=nothing_selected,
        cluster_name=str,
    )
    locations = SimpleNamespace(export_journals=world.journals)
    workplace: Any = SimpleNamespace(whole_picture=None, locations=locations)
    parts: Any = SimpleNamespace(
        window=window,
        session=session,
        opener=SimpleNamespace(project=project),
        workplace=workplace,
        views=SimpleNamespace(grid_presenter=SimpleNamespace(shown=nothing)),
    )
    past: Any = None
    Exporting(parts, past).ask()
    dialog = open_dialog("exportDialog")
    shown = dialog.findChild(QCheckBox, "exportCrops").isVisible()
    dialog.reject()
    assert shown is offered
