import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import cast

import pytest

from shoal.files import drives
from shoal.files.drives import is_network_drive, is_network_kind, kind_of_mount

MOUNTS = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:40 / /home/ann/My\\040NAS rw - cifs //nas/ann rw
31 21 0:41 / /home/ann/server rw - fuse.sshfs ann@server: rw
32 21 0:42 / /home/ann/server/local rw - tmpfs none rw
33 21 0:43 / /mnt rw - nfs4 nas:/pictures rw
34 21 0:44 / /media/stick rw - nfs nas:/old rw
35 21 8:17 / /media/stick rw - vfat /dev/sdb1 rw
36 21 0:45 / /home/ann/server/share rw - 9p host rw
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/home/ann", False),
        ("/home/ann/My NAS/projects", True),
        ("/home/ann/server", True),
        ("/home/ann/server/local/x", False),
        ("/mnt/a", True),
        ("/mntother", False),
        ("/media/stick/DCIM", False),  # mounted over another
        ("/home/ann/server/share", True),
    ],
)
def test_the_deepest_mount_says_what_a_folder_is_on(folder, network):
    assert is_network_kind(kind_of_mount(MOUNTS, Path(folder))) is network


def test_the_folder_of_this_test_is_on_a_drive_of_this_computer(tmp_path):
    assert not is_network_drive(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="paths of Linux")
@pytest.mark.parametrize(("folder", "network"), [("/mnt/a", True), ("/home/ann", False)])
def test_linux_is_asked_what_is_mounted(tmp_path, monkeypatch, folder, network):
    monkeypatch.setattr(drives, "_MOUNTS", tmp_path / "mountinfo")
    assert not is_network_drive(Path(folder))  # nobody can tell
    (tmp_path / "mountinfo").write_text(MOUNTS)
    assert is_network_drive(Path(folder)) is network


@pytest.mark.parametrize(
    ("folder", "kind", "network"),
    [("Z:/pictures", 4, True), ("C:/pictures", 3, False), ("//nas/pictures", 1, True)],
)
def test_windows_is_asked_for_the_kind_of_drive(monkeypatch, folder, kind, network):
    asked = []
    system = SimpleNamespace(GetDriveTypeW=lambda root: asked.append(root) or kind)
    monkeypatch.setattr(drives, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(drives, "ctypes", SimpleNamespace(windll=SimpleNamespace(kernel32=system)))
    assert is_network_drive(cast("Path", PureWindowsPath(folder))) is network
    assert asked == ([] if folder.startswith("//") else [f"{folder[:2]}\\"])
