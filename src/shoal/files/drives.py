"""What kind of drive a folder is on."""

import ctypes
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "davfs"})
_FUSE_NETWORK = ("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd", "fuse.s3fs", "fuse.glusterfs")
_DRIVE_REMOTE = 4  # fileapi.h


def is_network_drive(folder: Path) -> bool:
    """Whether other computers may hold the same files; False where nobody can tell."""
    if sys.platform == "win32":
        return str(folder).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
    try:
        return is_network_kind(kind_of_mount(_MOUNTS.read_text(errors="surrogateescape"), folder.absolute()))
    except OSError:
        return False


def kind_of_mount(mounts: str, folder: Path) -> str:
    """The file system of a folder, by the lines of Linux's mountinfo; the last of the deepest mounts holds."""
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, kind = len(point.parts), after.split()[0]
    return kind


def is_network_kind(kind: str) -> bool:
    return kind in _NETWORK or kind.startswith(_FUSE_NETWORK)
