"""Random groupings and random edits of them, one function per edit of the domain."""

import random

import numpy as np

from shoal.domain import edits, stack_edits
from shoal.domain.adoption import ProposedClusters, adopt_proposal
from shoal.domain.cluster_import import assign_clusters
from shoal.domain.grouping import UNSORTED, Cluster, ClusterId, Grouping, Patch
from shoal.domain.images import ImageId
from shoal.domain.verdicts import LARGEST


def some_grouping(seed: int, images: int = 120) -> Grouping:
    rng = np.random.default_rng(seed)
    clusters = {ClusterId(n): Cluster(ClusterId(n), f"Cluster {n}", n, n % 3 == 0) for n in range(1, 7)}
    return Grouping(clusters, rng.integers(0, 7, images).astype(np.int32), rng.random(images) < 0.2)


def some_images(grouping: Grouping, rng: random.Random) -> list[ImageId]:
    return [ImageId(n) for n in rng.sample(range(len(grouping.home)), rng.randrange(1, 20))]


def some_cluster(grouping: Grouping, rng: random.Random) -> ClusterId:
    return rng.choice(sorted(grouping.clusters))


def move(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.move_images(grouping, some_images(grouping, rng), rng.choice([UNSORTED, *grouping.clusters]))


def accept(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.accept_images(grouping, some_images(grouping, rng))


def mark(grouping: Grouping, rng: random.Random) -> Patch:
    column = rng.randrange(3)
    return edits.mark_images(grouping, some_images(grouping, rng), column, rng.randrange(-1, LARGEST[column] + 1))


def join(grouping: Grouping, rng: random.Random) -> Patch:
    return stack_edits.join_stack(grouping, np.array(some_images(grouping, rng)))


def split_stack(grouping: Grouping, rng: random.Random) -> Patch:
    images = np.array(some_images(grouping, rng))
    return stack_edits.split_stack(grouping, [images[: len(images) // 2], images[len(images) // 2 :]])


def take_apart(grouping: Grouping, rng: random.Random) -> Patch:
    return stack_edits.take_apart(grouping, np.array(some_images(grouping, rng)))


def put_on_top(grouping: Grouping, rng: random.Random) -> Patch:
    images = np.array(some_images(grouping, rng))
    return stack_edits.put_on_top(grouping, images, int(images[0]))


def take_out(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.take_out_images(grouping, some_images(grouping, rng))


def unpin(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.unpin_images(grouping, some_images(grouping, rng))


def rename(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.rename_cluster(
        grouping, some_cluster(grouping, rng), f"name {rng.random()}", some_images(grouping, rng)
    )


def name_by_machine(grouping: Grouping, rng: random.Random) -> Patch:
    ids = rng.sample(sorted(grouping.clusters), rng.randrange(len(grouping.clusters) + 1))
    return edits.suggest_names(grouping, {id_: rng.choice(["shoe", "Shoe", "bag"]) for id_ in ids})


def put_under(grouping: Grouping, rng: random.Random) -> Patch:
    ids = rng.sample(sorted(grouping.clusters), rng.randrange(1, len(grouping.clusters) + 1))
    return edits.put_under(grouping, ids, rng.choice(["Animals", "animals", "Things", ""]))


def rename_parent(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.rename_parent(grouping, rng.choice(["Animals", "Things"]), rng.choice(["Things", "Beasts"]))


def recolour(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.recolour_cluster(grouping, some_cluster(grouping, rng), rng.randrange(99))


def create(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.create_cluster(grouping, "new", some_images(grouping, rng))


def merge(grouping: Grouping, rng: random.Random) -> Patch:
    ids = sorted(grouping.clusters)
    return edits.merge_clusters(grouping, rng.sample(ids, min(2, len(ids))), some_cluster(grouping, rng))


def split(grouping: Grouping, rng: random.Random) -> Patch:
    cluster = some_cluster(grouping, rng)
    labels = [rng.randrange(-1, 3) for _ in grouping.members(cluster)]
    return edits.split_cluster(grouping, cluster, np.array(labels, np.int32))


def dissolve(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.dissolve_cluster(grouping, some_cluster(grouping, rng))


def dissolve_several(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.dissolve_clusters(grouping, {some_cluster(grouping, rng) for _ in range(3)})


def place(grouping: Grouping, rng: random.Random) -> Patch:
    images = np.arange(len(grouping.home))
    homes = [rng.choice([UNSORTED, *grouping.clusters]) for _ in images]
    return edits.place_new_images(grouping, images, np.array(homes, np.int32))


def refuse_move(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.reject_suggestions(grouping, *suggested(grouping, rng))


def follow(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.follow_suggestions(grouping, *suggested(grouping, rng))


def suggested(grouping: Grouping, rng: random.Random) -> tuple[np.ndarray, np.ndarray]:
    images = np.array(sorted(some_images(grouping, rng)), np.int32)
    return images, np.array([some_cluster(grouping, rng) for _ in images], np.int32)


def refuse_merge(grouping: Grouping, rng: random.Random) -> Patch:
    return edits.reject_merge(grouping, some_cluster(grouping, rng), some_cluster(grouping, rng))


def adopt(grouping: Grouping, rng: random.Random) -> Patch:
    count = rng.randrange(1, 9)
    images = rng.sample(range(len(grouping.home)), rng.randrange(len(grouping.home)))
    labels = np.array([rng.randrange(-1, count) for _ in images], np.int32)
    names = [rng.choice(["", "Beach", "Cluster 2"]) for _ in range(count)]
    return adopt_proposal(grouping, ProposedClusters(np.array(images, np.int64), labels, names))


def import_table(grouping: Grouping, rng: random.Random) -> Patch:
    table = {image: rng.choice(["", "Unsorted", "Beach", "beach", "Cluster 2"]) for image in some_images(grouping, rng)}
    return assign_clusters(grouping, table, "Unsorted")


EDITS = (
    *(
        move,
        accept,
        unpin,
        join,
        split_stack,
        take_apart,
        put_on_top,
        take_out,
        rename,
        put_under,
        rename_parent,
        recolour,
        create,
        merge,
        split,
        dissolve,
        dissolve_several,
        place,
        refuse_move,
        refuse_merge,
        adopt,
    ),
    *(import_table, follow, name_by_machine, mark),
)


def random_patch(grouping: Grouping, rng: random.Random) -> Patch:
    return rng.choice(EDITS if grouping.clusters else (create,))(grouping, rng)
