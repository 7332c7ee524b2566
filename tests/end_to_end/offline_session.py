"""A whole session in a process that must not open a socket: run by test_offline.py as `python -m`, OUT on the way.

First start, sample pictures, clusters, a merge, an export to OUT, all of Help, the settings; then the window closes.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.end_to_end.robot import Robot, Script, use_program
from tests.support.no_network import forbid_network

HELP = ("actionShortcuts", "actionAbout")


def session(robot: Robot, out: Path) -> Script:
    robot.click(robot.find("welcomeSample"))
    yield lambda: robot.idle() and [card for card in robot.find("clusterList").model().cards if card.is_cluster]
    robot.trigger("actionSelectAll")
    robot.trigger("actionNewCluster")
    yield 200
    robot.trigger("actionUndo")
    for action in (*HELP, "actionSettings"):
        robot.trigger(action)
        yield 200
        QApplication.activeModalWidget().close()
        yield 100
    robot.trigger("actionExport")
    folder = robot.find("exportFolder")
    folder.setText(str(out))
    yield lambda: robot.find("exportGo").isEnabled()
    robot.click(robot.find("exportGo"))
    yield lambda: robot.is_open("exportDone")


if __name__ == "__main__":
    forbid_network()
    application = QApplication([])
    use_program([], lambda robot: session(robot, Path(sys.argv[1])))
