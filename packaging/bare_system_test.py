"""Does a package run on a Debian 12 that has nothing else? Installs it in a root made for the purpose, and tries it.

    python packaging/bare_system_test.py FILE.deb|FILE.AppImage [--root DIR]

Makes the root with debootstrap from the mirror that apt uses here, installs the .deb with apt, so with what it declares
and nothing more, and runs `doctor`, `sort` and the window there, the window on an X server outside. An AppImage gets
the libraries that packaging/README.md names, and unpacks itself, since a bare system has no FUSE to mount it with.
Needs root, debootstrap and Xvfb. DIR is kept, and used again if it is there.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))
sys.path.insert(0, str(ROOT / "src"))

import measure_start  # noqa: E402  # found by the lines above
import smoke_test  # noqa: E402
import system_libraries  # noqa: E402

from shoal.domain.task import Task  # noqa: E402
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures  # noqa: E402

RELEASE = "bookworm"
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
UNMOUNTED = {**ENVIRONMENT, "APPIMAGE_EXTRACT_AND_RUN": "1"}
APT = {**ENVIRONMENT, "DEBIAN_FRONTEND": "noninteractive"}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("package", type=Path)
    options.add_argument("--root", type=Path)
    chosen = options.parse_args()
    if os.environ.get("SHOAL_OWN_MOUNTS") != "yes":  # mounts that end with this program
        again = ["unshare", "--mount", sys.executable, *sys.argv]
        return subprocess.run(again, check=False, env={**os.environ, "SHOAL_OWN_MOUNTS": "yes"}).returncode
    with root_folder(chosen.root) as root:
        if not (root / "usr").is_dir():
            subprocess.run(["debootstrap", "--variant=minbase", RELEASE, root, mirror()], check=True, stdout=sys.stderr)
        with mounted(root):
            try_in(root, chosen.package)
    return 0


@contextmanager
def root_folder(chosen: Path | None) -> Iterator[Path]:
    """One of our own is removed in the end, and nothing that is mounted in it, come what may."""
    if chosen is not None:
        yield chosen.absolute()
        return
    folder = tempfile.mkdtemp()
    try:
        yield Path(folder)
    finally:
        subprocess.run(["rm", "-rf", "--one-file-system", folder], check=True)


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """What of this system's the root gets to see."""
    sockets = root / "tmp" / ".X11-unix"
    sockets.mkdir(parents=True, exist_ok=True)
    Path("/tmp/.X11-unix").mkdir(exist_ok=True)
    places = {"/proc": root / "proc", "/dev": root / "dev", "/tmp/.X11-unix": sockets}
    done: list[Path] = []
    try:
        for source, target in places.items():
            subprocess.run(["mount", "--rbind", source, target], check=True)
            subprocess.run(["mount", "--make-rslave", target], check=True)
            done.append(target)
        yield
    finally:
        for target in reversed(done):
            subprocess.run(["umount", "--recursive", "--lazy", target], check=True)


def mirror() -> str:
    """Where apt gets this release from."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", f"Codename: {RELEASE}", "Created-By: Packages"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0]


def try_in(root: Path, package: Path) -> None:
    program = install_deb(root, package) if package.suffix == ".deb" else copy_appimage(root, package)
    pictures = root / "root" / "pictures"
    pictures.mkdir(exist_ok=True)
    write_sample_pictures(pictures, sample_pictures(views=2), Task())
    if "All is well." not in inside(root, [program, "doctor"]):
        raise SystemExit("doctor finds something wrong")
    say("doctor: all is well")
    inside(root, [program, "sort", "/root/pictures", "--to", "/root/sorted"])
    say(f"sort: {len(smoke_test.sorted_in(root / 'root' / 'sorted'))} clusters")
    with measure_start.screen() as display:
        watcher = measure_start.ScreenWatcher(display)
        command = ["chroot", str(root), program]
        environment = {**UNMOUNTED, "DISPLAY": display}
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, env=environment, stderr=quiet, stdout=quiet, start_new_session=True) as running:
            watcher.wait_for_window()
            say("window: appears")
            os.killpg(running.pid, signal.SIGTERM)


def install_deb(root: Path, package: Path) -> str:
    shutil.copyfile(package, root / "root" / package.name)
    inside(root, ["apt-get", "update", "-q"], APT)
    inside(root, ["apt-get", "install", "-qy", "--no-install-recommends", f"/root/{package.name}"], APT)
    say(f"{package.name}: installed, {inside(root, ['dpkg-query', '-f', '.', '-W']).count('.')} packages in all")
    return "/usr/bin/shoal"


def copy_appimage(root: Path, package: Path) -> str:
    inside(root, ["apt-get", "update", "-q"], APT)
    needed = {
        name for lib, name in system_libraries.PACKAGE_OF.items() if lib not in system_libraries.BROUGHT_BY_APPIMAGE
    }
    inside(root, ["apt-get", "install", "-qy", "--no-install-recommends", *sorted(needed)], APT)
    program = root / "root" / package.name
    shutil.copyfile(package, program)
    program.chmod(0o755)
    say(f"{package.name}: {inside(root, ['dpkg-query', '-f', '.', '-W']).count('.')} packages in all")
    return f"/root/{package.name}"


def inside(root: Path, command: Sequence[str], environment: dict[str, str] = UNMOUNTED) -> str:
    done = subprocess.run(["chroot", root, *command], check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
