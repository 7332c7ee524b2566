"""What becomes a record: each picture, or each object in it; and which of the records known from before it is."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash, FileStamp, ImageId, ImageRecord, Region
from shoal.domain.objects import ObjectChoice
from shoal.store.feature_cache import FeatureCache

Contents = dict[Path, tuple[FileStamp, ContentHash]]
Place = tuple[Path, tuple[int, int, int, int] | None]
"""A path, and the box of a part of the picture there."""


@dataclass(frozen=True, slots=True)
class Item:
    """`vector_hash`: whose vector stands for it; that of a picture may be its main object's."""

    path: Path
    stamp: FileStamp
    file_hash: ContentHash
    vector_hash: ContentHash
    region: Region | None = None
    main: Region | None = None

    @property
    def content_hash(self) -> ContentHash:
        return self.region.content_hash if self.region else self.file_hash

    @property
    def place(self) -> Place:
        return self.path, self.region.box if self.region else None


def items_of(
    contents: Contents, features: FeatureCache, key: EmbeddingKey, choice: ObjectChoice, by_parts: bool = False
) -> tuple[list[Item], list[Path]]:
    """In the order of the files, what they are sorted by; and the files of which nothing is sorted.

    `by_parts`: the model looked at a part of each whole picture only.
    """
    if choice.look == "whole" and by_parts:
        return list(_with_parts(contents, features, key)), []
    if choice.look == "whole":
        return [Item(path, stamp, hash_, hash_) for path, (stamp, hash_) in contents.items()], []
    hashes = list(dict.fromkeys(hash_ for _stamp, hash_ in contents.values()))
    objects = features.objects(hashes, key)
    if choice.look == "main":
        main = dict(_main_objects(hashes, objects, features, choice))
        return [_by_main(path, stamp, hash_, main.get(hash_)) for path, (stamp, hash_) in contents.items()], []
    items = [
        Item(path, stamp, hash_, region.content_hash, region)
        for path, (stamp, hash_) in contents.items()
        for region in choice.among(objects.get(hash_, ()))
    ]
    filled = {item.path for item in items}
    return items, [path for path in contents if path not in filled]


def _with_parts(contents: Contents, features: FeatureCache, key: EmbeddingKey) -> Iterator[Item]:
    parts = features.objects(list(dict.fromkeys(hash_ for _stamp, hash_ in contents.values())), key)
    for path, (stamp, hash_) in contents.items():
        yield Item(path, stamp, hash_, hash_, main=next(iter(parts.get(hash_, ())), None))


def _main_objects(
    hashes: Sequence[ContentHash],
    objects: Mapping[ContentHash, Sequence[Region]],
    features: FeatureCache,
    choice: ObjectChoice,
) -> Iterator[tuple[ContentHash, Region]]:
    """Picture and main object; pictures without one are left out."""
    facts = features.facts(hashes)
    for hash_, regions in objects.items():
        main = choice.main(regions, facts[hash_].width, facts[hash_].height)
        if main is not None:
            yield hash_, main


def _by_main(path: Path, stamp: FileStamp, hash_: ContentHash, main: Region | None) -> Item:
    return Item(path, stamp, hash_, main.content_hash if main else hash_, main=main)


def identities(
    items: Sequence[Item], paths: Collection[Path], known: Sequence[ImageRecord]
) -> tuple[list[ImageId], tuple[ImageRecord, ...]]:
    """An id per item, and the known records whose files are gone.

    Same place, same image. A new place with the content of a record whose file is gone is that image, moved.
    """
    by_place = {(record.path, record.region.box if record.region else None): record.id for record in known}
    gone = [record for record in known if record.path not in paths and not os.path.lexists(record.path)]
    by_content: dict[ContentHash, list[ImageRecord]] = {}
    for record in reversed(gone):
        by_content.setdefault(record.content_hash, []).append(record)
    next_id = max((record.id for record in known), default=-1) + 1
    ids: list[ImageId] = []
    moved: set[ImageId] = set()
    for item in items:
        if item.place in by_place:
            ids.append(by_place[item.place])
        elif by_content.get(item.content_hash):
            ids.append(by_content[item.content_hash].pop().id)
            moved.add(ids[-1])
        else:
            ids.append(ImageId(next_id))
            next_id += 1
    return ids, tuple(record for record in gone if record.id not in moved)
