"""Records in columns are the records that went in, in every field, few or many."""

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoal.domain import image_table
from shoal.domain.image_table import ImageTable, cells_of
from shoal.domain.images import ContentHash, FileStamp, ImageFacts, ImageId, ImageRecord, Region

names = st.text(st.characters(codec="utf-8", exclude_characters="/\0\\:"), min_size=1, max_size=8).filter(
    lambda name: name not in (".", "..") and not name.endswith((".", " "))
)
hashes = st.binary(min_size=16, max_size=16).map(lambda data: ContentHash(data.hex()))
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: Path(os.sep, *parts))
regions = st.builds(
    Region, *[st.integers(0, 10**6)] * 4, kind=st.text(max_size=5), confidence=st.floats(0, 1), picture=hashes
)
facts = st.builds(
    ImageFacts,
    width=st.integers(1, 2**31 - 1),
    height=st.integers(1, 2**31 - 1),
    format=st.sampled_from(["", "JPEG", "HEIF"]),
    taken=st.none() | st.text(max_size=20),
    camera=st.none() | st.sampled_from(["", "NIKON D850", "Käßpar"]),
    damaged=st.booleans(),
    sharpness=st.none() | st.floats(0, 1),
    difference_hash=st.none() | st.integers(-(2**63), 2**63 - 1),
)
some_records = st.lists(
    st.builds(
        ImageRecord,
        id=st.just(ImageId(0)),
        path=paths,
        label=st.text(max_size=6),
        stamp=st.builds(FileStamp, st.integers(0, 2**62), st.integers(-(2**62), 2**62)),
        content_hash=hashes,
        facts=facts,
        companions=st.lists(paths, max_size=2).map(tuple),
        region=st.none() | regions,
        main=st.none() | regions,
    ),
    max_size=6,
).map(lambda records: [replace(record, id=ImageId(number)) for number, record in enumerate(records)])


@pytest.fixture(params=[150_000, 2], ids=["records are kept", "records are made anew each time"])
def limit(request, monkeypatch):
    monkeypatch.setattr(image_table, "_KEPT", request.param)
    monkeypatch.setattr(image_table, "_AT_ONCE", 2)


@settings(max_examples=60)
@given(some_records)
def test_it_gives_back_what_went_in(records):
    for table in (ImageTable.of(records), ImageTable(map(cells_of, records))):
        assert list(table) == records == [table[number] for number in range(len(records))]
        assert table == records
        assert len(table) == len(records)


@settings(max_examples=40)
@given(some_records)
def test_its_columns_say_what_the_records_say(records):
    table = ImageTable(map(cells_of, records))
    labels, codes = table.folders
    assert [labels[code] for code in codes] == [record.label for record in records]
    assert list(table.names()) == [record.path.name for record in records]
    assert list(table.taken()) == [record.facts.taken for record in records]
    known = [np.nan if record.facts.sharpness is None else record.facts.sharpness for record in records]
    np.testing.assert_array_equal(table.sharpness, known)
    assert table.sizes.tolist() == [record.stamp.size for record in records]
    pixels = [(record.facts.width, record.facts.height) for record in records]
    assert list(zip(table.widths.tolist(), table.heights.tolist(), strict=True)) == pixels
    assert table.damaged.tolist() == [record.id for record in records if record.facts.damaged]
    assert table.hold_objects == any(record.region for record in records)


def a_record(number: int, **changed) -> ImageRecord:
    made = ImageRecord(
        ImageId(number),
        Path(f"/pictures/{number}.jpg"),
        "trip",
        FileStamp(number, 0),
        ContentHash(f"{number:032x}"),
        ImageFacts(4, 3),
    )
    return replace(made, **changed)


def test_many_are_made_anew_and_few_are_kept(limit):
    table = ImageTable(map(cells_of, map(a_record, range(5))))
    few = len(list(table)) <= image_table._KEPT
    assert (next(iter(table)) is next(iter(table))) == few
    assert table[1:4] == (a_record(1), a_record(2), a_record(3))
    assert (table[-1], next(reversed(table))) == (a_record(4), a_record(4))
    with pytest.raises(IndexError):
        table[5]


def test_it_differs_where_one_record_does(limit):
    records = [*map(a_record, range(4))]
    table = ImageTable.of(records)
    assert table == tuple(records)
    assert table != records[:3]
    assert table != [*records[:3], a_record(3, label="elsewhere")]
    assert ImageTable.of(table) is table


def test_ids_count_from_zero():
    with pytest.raises(ValueError, match="count from 0"):
        ImageTable.of([a_record(1)])


@pytest.mark.skipif(os.name != "posix", reason="names that are no text are those of Linux")
def test_a_name_that_is_no_text_comes_through():
    path = Path(os.fsdecode(b"/pictures/\xff\xfe.jpg"))
    (record,) = ImageTable(map(cells_of, [a_record(0, path=path, companions=(path.with_suffix(".xmp"),))]))
    assert (record.path, record.companions) == (path, (path.with_suffix(".xmp"),))


def test_it_travels_to_another_process(limit):
    table = ImageTable.of([*map(a_record, range(5))])
    assert pickle.loads(pickle.dumps(table)) == table


def test_many_threads_may_ask_at_once(limit):
    """It is asked by the window and by those who work beside it."""
    records = [*map(a_record, range(400))]
    for _attempt in range(20):
        table = ImageTable(map(cells_of, records))
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda table: (list(table.names()), table[399]), [table] * 16))
        assert all(answer == ([f"{number}.jpg" for number in range(400)], records[399]) for answer in answers)
