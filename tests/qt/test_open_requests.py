"""A double-click on macOS reaches the program as an event."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from shoal.qt.open_requests import OpenRequests


def test_a_file_that_the_system_hands_over_is_asked_for(qapp, tmp_path):
    asked: list[Path] = []
    requests = OpenRequests(qapp)
    requests.requested.connect(asked.append)
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "trip.shoal"))))
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/trip.shoal")))
    qapp.removeEventFilter(requests)
    assert asked == [tmp_path / "trip.shoal"]
