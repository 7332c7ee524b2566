"""An AppImage begins with a runtime, which may be given by itself or in front of what another AppImage holds."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
CONTENT = b"hsqs" + b"anything" * 100


def runtime(mark: bytes = b"AI\x02", section_last: bool = False) -> bytes:
    """A program with two sections; its end is that of the table of sections, or of the last section behind it."""
    text = b"machine code, and hsqs, the name of a file system"
    table = 64 if section_last else 64 + len(text)
    place = 64 + 2 * 64 if section_last else 64
    sections = bytes(64) + struct.pack("<IIQQQQIIQQ", 1, 1, 0, 0, place, len(text), 0, 0, 1, 0)
    identity = b"\x7fELF\x02\x01\x01\x00" + mark.ljust(8, b"\x00")
    header = identity + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0, 0, table, 0, 64, 0, 0, 64, 2, 0)
    return header + (sections + text if section_last else text + sections)


def ask(call: str, file: Path) -> subprocess.CompletedProcess[str]:
    """An expression with the functions of appimage.py and a path called `file`."""
    script = f"import appimage, pathlib, sys; file = pathlib.Path(sys.argv[1]); print({call})"
    command = [sys.executable, "-c", script, str(file)]
    return subprocess.run(command, cwd=PACKAGING, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("section_last", [False, True])
@pytest.mark.parametrize("content", [b"", CONTENT], ids=["a runtime", "an AppImage"])
def test_the_runtime_is_what_comes_before_the_content(tmp_path, content, section_last):
    file = tmp_path / "given"
    file.write_bytes(runtime(section_last=section_last) + content)
    answer = ask("appimage.runtime_in(file).hex()", file)
    assert answer.stdout.strip() == runtime(section_last=section_last).hex()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (runtime(mark=b""), "not marked as the runtime of an AppImage of type 2"),
        (runtime(mark=b"AI\x01"), "not marked as the runtime of an AppImage of type 2"),
        (b"#!/bin/sh\n" + bytes(100), "does not begin with a program"),
        (b"", "does not begin with a program"),
    ],
)
def test_any_other_file_is_refused(tmp_path, content, reason):
    file = tmp_path / "given"
    file.write_bytes(content)
    assert reason in ask("appimage.runtime_in(file)", file).stderr


@pytest.mark.parametrize(("unpacks", "kept"), [(True, True), (False, False)])
def test_an_appimage_that_cannot_unpack_itself_is_not_kept(tmp_path, unpacks, kept):
    file = tmp_path / "Shoal.AppImage"
    file.write_text("#!/bin/sh\n" + ("mkdir squashfs-root; touch squashfs-root/AppRun\n" if unpacks else "exit 1\n"))
    file.chmod(0o755)
    answer = ask("appimage.check(file, file.with_name('unpacked'))", file)
    assert file.exists() == kept
    assert ("--compression gzip" in answer.stderr) != unpacks
