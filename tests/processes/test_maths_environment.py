import os
import stat

import pytest

from shoal.processes.maths_environment import maths_environment, thread_count, usable_cores


def test_compiled_code_has_a_private_folder_inside_the_cache(tmp_path):
    folder = tmp_path / "cache" / "compiled"
    assert maths_environment(tmp_path / "cache")["NUMBA_CACHE_DIR"] == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_writable_cache_there_is_a_temporary_folder(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    folder = maths_environment(tmp_path / "cache")["NUMBA_CACHE_DIR"]
    assert os.access(folder, os.W_OK)
    os.rmdir(folder)


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (3, 3), (4, 3), (8, 7), (128, 16)])
def test_a_larger_machine_keeps_a_core_for_the_window(cores, threads):
    assert thread_count(cores) == threads


def test_there_is_at_least_one_core():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
