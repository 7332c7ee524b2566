"""Where workers lay down what they have found and the computer that asked takes it up: a folder or a URL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from shoal.domain.errors import UserFacingError
from shoal.domain.sentence import Sentence, reason_of
from shoal.files.safe_files import remove_own, replace_own
from shoal.store.feature_shards import SUFFIX, shard_name
from shoal.store.own_files import plain_words, private_folder


class ShardPlace(Protocol):
    """Travels to workers. Any number of them may write at once, also the same shard."""

    def put(self, content: bytes) -> str:
        """Returns the name that it has now."""
        ...

    def names(self) -> Sequence[str]: ...

    def get(self, name: str) -> bytes | None:
        """None where it is no longer there, or not whole."""
        ...

    def remove(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that all machines see under the same path; made when it is needed."""

    folder: Path

    def put(self, content: bytes) -> str:
        name = shard_name(content)
        with plain_words(self.folder):
            replace_own(private_folder(self.folder) / name, content)
        return name

    def names(self) -> Sequence[str]:
        return sorted(path.name for path in self.folder.glob(f"*{SUFFIX}"))

    def get(self, name: str) -> bytes | None:
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        return content if shard_name(content) == name else None

    def remove(self, name: str) -> None:
        with plain_words(self.folder):
            remove_own(self.folder / name)


@dataclass(frozen=True, slots=True)
class UrlPlace:
    """A place that fsspec writes to, such as `s3://bucket/shards`."""

    url: str

    def put(self, content: bytes) -> str:
        name = shard_name(content)
        with self._opened() as (system, root):
            system.makedirs(root, exist_ok=True)
            system.pipe_file(f"{root}/{name}", content)
        return name

    def names(self) -> Sequence[str]:
        with self._opened() as (system, root):
            system.invalidate_cache()
            found = system.ls(root, detail=False) if system.isdir(root) else []
        return sorted(name for path in found if (name := str(path).rpartition("/")[2]).endswith(SUFFIX))

    def get(self, name: str) -> bytes | None:
        with self._opened() as (system, root):
            try:
                content: bytes = system.cat_file(f"{root}/{name}")
            except FileNotFoundError:
                return None
        return content if shard_name(content) == name else None

    def remove(self, name: str) -> None:
        with self._opened() as (system, root), suppress(FileNotFoundError):
            system.rm_file(f"{root}/{name}")

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, str]]:  # fsspec has no type information
        """Each store has errors of its own: they become a sentence."""
        import fsspec  # noqa: PLC0415  # only where a URL was named

        try:
            system, root = fsspec.core.url_to_fs(self.url)
            yield system, root.rstrip("/")
        except Exception as error:
            raise UserFacingError(
                Sentence("{url} cannot be used ({reason}).", url=self.url, reason=reason_of(error)),
                Sentence("Check the URL, your credentials, and that the package for this store is installed."),
            ) from error


def place_below(place: str, *names: str) -> ShardPlace:
    """A place of its own below a folder or URL."""
    if "://" in place:
        return UrlPlace("/".join([place.rstrip("/"), *names]))
    return FolderPlace(Path(place, *names).absolute())
