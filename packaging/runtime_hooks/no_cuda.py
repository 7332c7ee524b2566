"""Goes into a build whose torch was made for CUDA but has only stand-ins for it: tells torch so as soon as it loads.

Otherwise torch would look for CUDA's version of this and that while it is imported, and fail.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class _WithoutCuda(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        module._has_cuda = False


class _Finder(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != "torch._C":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _WithoutCuda(spec.loader)
        return spec


sys.meta_path.insert(0, _Finder())
