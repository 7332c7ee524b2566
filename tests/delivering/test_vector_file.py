"""The file that `shoal embed` writes, read the way other programs do."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.looking.test_pipeline import MathsHere
from tests.support.sample_folder import make_folder

from shoal.delivering.new_file import require_new
from shoal.delivering.vector_file import SUFFIX, write_vectors
from shoal.domain.errors import UserFacingError
from shoal.domain.extension_points import LoadOptions
from shoal.domain.task import Task
from shoal.embedding import colour_layout
from shoal.looking.extraction import Caches
from shoal.looking.pipeline import Tools, look_at_folders
from shoal.looking.stages import StopWatch
from shoal.store.feature_cache import FeatureCache


def test_paths_vectors_and_key_come_back_without_pickle(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "pictures", ("ball",), range(2))
    backend = colour_layout.SPEC.load(LoadOptions())
    with FeatureCache(tmp_path / "features.sqlite") as features:
        tools = Tools(Caches(features), MathsHere())
        extraction = look_at_folders([folder], backend, tools, Task(), StopWatch()).extraction
    out = tmp_path / "vectors.npz"
    write_vectors(out, extraction, backend.key)
    with np.load(out, allow_pickle=False) as file:
        assert file["paths"].tolist() == [str(folder / "ball" / f"ball-{view}.jpg") for view in range(2)]
        assert file["vectors"].dtype == np.float32
        assert np.allclose(np.linalg.norm(file["vectors"], axis=1), 1, atol=1e-5)
        assert json.loads(file["key"].item())["model"] == backend.key.model
    before = out.read_bytes()
    with pytest.raises(UserFacingError):
        write_vectors(out, extraction, backend.key)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*.npz*")) == ["vectors.npz"]


@pytest.mark.parametrize("name", ["vectors.txt", "there.npz", "nowhere/vectors.npz"])
def test_what_would_go_wrong_is_said_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "there.npz").touch()
    with pytest.raises(UserFacingError):
        require_new(tmp_path / name, [SUFFIX])
