from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def home(tmp_path, monkeypatch, compiled) -> Path:
    """A new home, but for the compiled code of the map, which takes half a minute to make."""
    cache = tmp_path / "home" / "cache"
    cache.mkdir(parents=True)
    (cache / "compiled").symlink_to(compiled)
    monkeypatch.setenv("SHOAL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
