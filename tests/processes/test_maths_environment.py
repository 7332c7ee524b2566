import os
import stat
import subprocess
import sys

import pytest

from shoal.processes.maths_environment import maths_environment, thread_count, usable_cores


def test_compiled_code_has_a_private_folder_inside_the_cache(tmp_path):
    folder = tmp_path / "cache" / "compiled"
    assert maths_environment(tmp_path / "cache")["NUMBA_CACHE_DIR"] == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_writable_cache_there_is_a_temporary_folder_as_long_as_the_program_runs(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    code = (
        "import os, pathlib; from shoal.processes.maths_environment import maths_environment;"
        f"folders = [maths_environment(pathlib.Path({str(tmp_path / 'cache')!r}))['NUMBA_CACHE_DIR'] for _ in 'ab'];"
        "open(os.path.join(folders[0], 'compiled'), 'w').close(); print(*folders)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = done.stdout.split()
    assert first == second
    assert not os.path.exists(first)


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (3, 3), (4, 3), (8, 7), (128, 16)])
def test_a_larger_machine_keeps_a_core_for_the_window(cores, threads):
    assert thread_count(cores) == threads


def test_there_is_at_least_one_core():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
