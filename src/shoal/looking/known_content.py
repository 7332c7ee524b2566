"""What is kept of contents that were looked at before, and what of it counts today."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from shoal.domain.companions import RAW_SUFFIXES, suffix_of
from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts
from shoal.domain.sentence import Sentence
from shoal.domain.versions import installed_version
from shoal.imaging.limits import DecodeLimits
from shoal.looking.sidecar_turns import stated_orientation

DECODING_LIBRARIES = ("pillow", "pillow-heif", "pillow-jxl-plugin", "rawpy", "cykooz-resizer")


class Remembers(Protocol):
    """What can be asked about contents: a `FeatureCache`, or who stands in for one."""

    def unchanged(self, stamps: Mapping[Path, FileStamp]) -> dict[Path, ContentHash]: ...

    def missing(self, hashes: Sequence[ContentHash], key: EmbeddingKey) -> list[ContentHash]: ...

    def facts(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, ImageFacts]: ...

    def turns(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, int]: ...

    def forget(self, hashes: Sequence[ContentHash]) -> None: ...

    def unreadable(self, hashes: Sequence[ContentHash], decoder: str) -> dict[ContentHash, Sentence]: ...


def decoder_name(limits: DecodeLimits) -> str:
    """Whose verdict "unreadable" is: after an update of any of them the file gets another chance."""
    libraries = [f"{library} {installed_version(library)}" for library in DECODING_LIBRARIES]
    return f"{' '.join(libraries)} up to {limits.max_pixels} pixels, {limits.max_memory_bytes} bytes"


class KnownContent:
    """What the caches hold already, by content. Any thread may ask."""

    def __init__(self, features: Remembers, key: EmbeddingKey, limits: DecodeLimits) -> None:
        self._features = features
        self._key = key
        self.decoder = decoder_name(limits)

    def unchanged(self, stamps: Mapping[Path, FileStamp]) -> dict[Path, ContentHash]:
        """The contents of those files whose stamps are as they were."""
        return self._features.unchanged(stamps)

    def without_vector(self, hashes: Sequence[ContentHash]) -> set[ContentHash]:
        return set(self._features.missing(hashes, self._key))

    def finished(self, hashes: Sequence[ContentHash]) -> set[ContentHash]:
        """Those with a vector and facts. A thumbnail that was thrown out is made again when somebody looks at it."""
        lacking = self.without_vector(hashes)
        return set(self._features.facts([hash_ for hash_ in hashes if hash_ not in lacking]))

    def forget_turned(self, hashes: Mapping[Path, ContentHash], beside: Mapping[Path, Sequence[Path]]) -> None:
        """Of RAW files that a sidecar says lie another way than when they were seen, nothing that was seen counts."""
        raw = {path: hash_ for path, hash_ in hashes.items() if suffix_of(path.name) in RAW_SUFFIXES}
        turns = self._features.turns(list(raw.values())) if raw else {}
        others = [
            hash_ for path, hash_ in raw.items() if stated_orientation(path, beside.get(path, ())) != turns.get(hash_)
        ]
        if others:
            self._features.forget(others)

    def reasons(self, hashes: Sequence[ContentHash]) -> dict[ContentHash, Sentence]:
        """Why contents could not be read, for those that were tried with today's decoders."""
        return self._features.unreadable(hashes, self.decoder)
