"""From shards to rows of the feature cache: each once, however often the same picture was looked at."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from shoal.domain.geometry import EmbeddingKey
from shoal.domain.images import ContentHash
from shoal.machines.shard_places import ShardPlace
from shoal.store.feature_cache import FeatureCache
from shoal.store.feature_shards import Shard, ShardDamaged, read_shard

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Merging:
    """Takes shards up as they come. `shards`: how many it took; `rows`: vectors in them; `again`: of those, how many
    were there already, because a worker was killed or two files have one content. `looked_at`: contents of pictures."""

    place: ShardPlace
    key: EmbeddingKey
    features: FeatureCache
    shards: int = 0
    rows: int = 0
    again: int = 0

    def take_all(self) -> None:
        """Whatever lies there: of a run that was interrupted, or of workers that died before they could tell."""
        self.take(self.place.names())

    def take(self, names: Iterable[str]) -> None:
        """A shard is removed once its rows are kept; one that is torn or of another model counts for nothing."""
        for name in names:
            content = self.place.get(name)
            if content is None:
                continue
            shard = _readable(name, content)
            if shard is not None and shard.key == self.key:
                self._keep(shard)
            self.place.remove(name)

    def _keep(self, shard: Shard) -> None:
        hashes: list[ContentHash] = list(shard.batch.hashes)
        self.shards += 1
        self.rows += len(hashes)
        self.again += len(hashes) - len(self.features.missing(hashes, self.key))
        self.features.put_batch(self.key, shard.batch)


def _readable(name: str, content: bytes) -> Shard | None:
    try:
        return read_shard(content)
    except ShardDamaged as damage:
        logger.info("The shard %s counts for nothing: %s", name, damage)
        return None
