"""Shots of a burst find each other, from the files to the stack; other views of the same things do not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from shoal.analysis.nearest_neighbours import neighbour_graph
from shoal.domain.extension_points import LoadOptions
from shoal.domain.geometry import EmbeddingMatrix, NeighbourGraph, Rows, StageKey
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord
from shoal.domain.stacks import StackRule
from shoal.domain.task import Task
from shoal.embedding.builtin import SPEC
from shoal.imaging.decoding import decode_image
from shoal.looking.stacking import stacks_of
from shoal.samples.demo_pictures import sample_pictures, write_sample_pictures


def burst(image: Image.Image, shot: int) -> Image.Image:
    """The same scene a moment later: the camera has moved a little, a cloud has passed."""
    width, height = image.size
    box = (shot * width / 80, shot * height / 100, width * (1 - shot / 100), height * (1 - shot / 90))
    return ImageEnhance.Brightness(image.transform(image.size, Image.Transform.EXTENT, box)).enhance(1 - shot / 30)


def test_a_burst_is_a_stack_and_another_view_of_the_same_thing_is_not(tmp_path):
    write_sample_pictures(tmp_path, sample_pictures(views=3), Task())
    scenes = sorted(tmp_path.glob("*.jpg"))
    for number, path in enumerate(scenes[:4]):
        for shot in (1, 2):
            burst(Image.open(path), shot).save(tmp_path / f"z{number}-{shot}.jpg", quality=80)
    files, backend = [*scenes, *sorted(tmp_path.glob("z*.jpg"))], SPEC.load(LoadOptions())
    decoded = [decode_image(path.read_bytes(), ".jpg", backend.geometry) for path in files]
    ids = np.arange(len(files))
    embeddings = EmbeddingMatrix(Rows(ids, StageKey("e")), backend.embed([one.pixels for one in decoded]))
    graph = neighbour_graph(embeddings, 10, task=Task())
    records = [
        ImageRecord(ImageId(n), path, "", FileStamp(1, 1), ContentHash(f"{n:032x}"), one.facts)
        for n, (path, one) in enumerate(zip(files, decoded, strict=True))
    ]
    stacks = stacks_of(graph, records).values
    shots = stacks[len(scenes) :].reshape(4, 2)
    for number in range(4):
        assert stacks[number] == shots[number, 0] == shots[number, 1] >= 0
    alone = stacks[4 : len(scenes)]
    assert (alone == -1).all()


def test_flat_pictures_are_no_copies_unless_their_files_are_equal():
    content = [ContentHash(hash_ * 32) for hash_ in "12334"]
    records = [
        ImageRecord(ImageId(n), Path(f"{n}.png"), "", FileStamp(1, 1), hash_, ImageFacts(500, 500))
        for n, hash_ in enumerate(content)
    ]
    ids, alike = np.arange(5), np.full((5, 8), 8**-0.5, np.float32)
    graph = neighbour_graph(EmbeddingMatrix(Rows(ids, StageKey("e")), alike), 4, task=Task())
    assert stacks_of(graph, records).values.tolist() == [-1, -1, 0, 0, -1]


def test_a_rule_parts_what_is_less_alike_or_was_taken_later():
    rows = Rows(np.arange(4), StageKey("e"))
    nearest = np.array([[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]], np.int32)
    distances = np.full((4, 3), 0.05, np.float32)
    graph = NeighbourGraph(StageKey("g"), rows, nearest, distances)
    times = ["2024-05-31T10:00:00.10", "2024-05-31T10:00:00.90", "2024-05-31T10:05:00", None]
    records = [
        ImageRecord(ImageId(n), Path(f"/p/{n}.jpg"), "", FileStamp(1, 1), ContentHash(f"{n:032x}"), facts)
        for n, taken in enumerate(times)
        for facts in [ImageFacts(4, 3, "JPEG", taken, difference_hash=7)]
    ]
    assert stacks_of(graph, records).values.tolist() == [0, 0, 0, 0]
    assert stacks_of(graph, records, StackRule(0.97)).values.tolist() == [-1] * 4
    assert stacks_of(graph, records, StackRule(seconds=1)).values.tolist() == [0, 0, -1, -1]
    assert stacks_of(graph, records, StackRule(seconds=600)).values.tolist() == [0, 0, 0, -1]


def dated(times):
    return [
        ImageRecord(ImageId(n), Path(f"/p/{n}.jpg"), "", FileStamp(1, 1), ContentHash(f"{n:032x}"), facts)
        for n, taken in enumerate(times)
        for facts in [ImageFacts(4, 3, "JPEG", taken, difference_hash=n * 0x0F0F0F0F0F)]
    ]


def unlike(count):
    """Pictures that have nothing in common, and each the next one for a neighbour."""
    ids = np.arange(count)
    embeddings = EmbeddingMatrix(Rows(ids, StageKey("e")), np.eye(count, dtype=np.float32))
    return neighbour_graph(embeddings, 1, task=Task()), embeddings


def test_where_only_the_moment_counts_what_was_taken_within_the_time_is_a_stack():
    times = ["2024-05-31T10:00:00", "2024-05-31T11:00:00", "2024-05-31T10:00:04", "2024-05-31T10:00:11", None]
    graph, embeddings = unlike(5)
    for_time = StackRule(0.88, 10, 1.0)
    assert stacks_of(graph, dated(times), for_time, embeddings).values.tolist() == [0, -1, 0, 0, -1]
    assert stacks_of(graph, dated(times), StackRule(0.88, 3, 1.0), embeddings).values.tolist() == [-1] * 5
    assert stacks_of(graph, dated(times), StackRule(0.5, 0, 1.0), embeddings).values.tolist() == [0, -1, 0, 0, -1]


def test_in_between_looks_and_moment_make_up_for_each_other():
    times = ["2024-05-31T10:00:00", "2024-05-31T10:00:01", "2024-05-31T12:00:00"]
    vectors = np.array([[1, 0], [0.8, 0.6], [0.8, 0.6]], np.float32)
    embeddings = EmbeddingMatrix(Rows(np.arange(3), StageKey("e")), vectors)
    graph = neighbour_graph(embeddings, 2, task=Task())
    records = dated(times)
    for moment, stacks in ((0.0, [-1, 0, 0]), (0.5, [0, 0, -1])):
        alike = [replace(one, facts=replace(one.facts, difference_hash=7)) for one in records]
        assert stacks_of(graph, alike, StackRule(0.88, 0, moment), embeddings).values.tolist() == stacks
