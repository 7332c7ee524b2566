from pathlib import Path

import pytest

from shoal.files.drives import is_network_drive, is_network_kind, kind_of_mount

MOUNTS = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:40 / /home/ann/My\\040NAS rw - cifs //nas/ann rw
31 21 0:41 / /home/ann/server rw - fuse.sshfs ann@server: rw
32 21 0:42 / /home/ann/server/local rw - tmpfs none rw
33 21 0:43 / /mnt rw - nfs4 nas:/pictures rw
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
    ],
)
def test_the_deepest_mount_says_what_a_folder_is_on(folder, network):
    assert is_network_kind(kind_of_mount(MOUNTS, Path(folder))) is network


def test_the_folder_of_this_test_is_on_a_drive_of_this_computer(tmp_path):
    assert not is_network_drive(tmp_path)
