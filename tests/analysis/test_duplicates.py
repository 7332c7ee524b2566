import numpy as np

from shoal.analysis.duplicates import LEAST_SIMILARITY, MOST_BITS_APART, bits_apart, near_duplicates
from shoal.domain.geometry import NeighbourGraph, Rows, StageKey


def graph_of(pairs, count, similarity=0.97):
    """Every row's neighbours are those it is paired with, all equally near."""
    indices = np.full((count, count), -1, np.int32)
    for place, (one, other) in enumerate(pairs):
        indices[one, place], indices[other, place] = other, one
    distances = np.full((count, count), 1 - similarity, np.float32)
    return NeighbourGraph(StageKey("g"), Rows(10 * np.arange(count)), indices, distances)


def with_bits(*counts):
    """Numbers that differ from 0 in so many bits, each in bits of its own."""
    numbers, first = [], 0
    for count in counts:
        numbers.append(sum(1 << bit for bit in range(first, first + count)))
        first += count
    return np.array(numbers, np.uint64).astype(np.int64)


def known(count):
    return np.ones(count, np.bool_)


def test_bits_are_counted_in_negative_numbers_too():
    assert bits_apart(np.array([0, -1, 5]), np.array([-1, -1, 4])).tolist() == [64, 0, 1]


def test_pictures_that_the_network_and_the_hash_call_equal_are_a_stack():
    found = near_duplicates(graph_of([(0, 1), (1, 2), (0, 2), (3, 4)], 6), with_bits(0, 2, 3, 1, 2, 0), known(6))
    assert found[0] == found[1] == found[2] >= 0
    assert found[3] == found[4] >= 0
    assert found[3] != found[0]
    assert found[5] == -1


def test_either_alone_is_not_enough():
    far = graph_of([(0, 1)], 2, LEAST_SIMILARITY - 0.01)
    assert near_duplicates(far, with_bits(0, 0), known(2)).tolist() == [-1, -1]
    near = graph_of([(0, 1)], 2)
    assert near_duplicates(near, with_bits(0, MOST_BITS_APART + 1), known(2)).tolist() == [-1, -1]
    assert near_duplicates(near, with_bits(0, MOST_BITS_APART), known(2)).tolist() == [0, 0]


def test_what_has_no_hash_is_in_no_stack():
    assert near_duplicates(graph_of([(0, 1)], 2), with_bits(0, 0), np.array([True, False])).tolist() == [-1, -1]


def test_a_slow_pan_falls_into_stacks_around_the_pictures_with_the_most_doubles():
    chain = [(n, n + 1) for n in range(8)]
    found = near_duplicates(graph_of(chain, 9), with_bits(*[0] * 9), known(9))
    sizes = np.bincount(found[found >= 0])
    assert sizes.max() <= 3
    assert sizes.min() >= 2
    assert len(np.unique(found)) >= 3


def test_no_neighbours_no_stacks():
    assert near_duplicates(graph_of([], 3), with_bits(0, 0, 0), known(3)).tolist() == [-1, -1, -1]
