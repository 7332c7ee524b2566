"""Tables as Parquet, read back by a library that knows all of the format."""

import io
from typing import Any

import numpy as np
import pytest
from tests.support.parquet_files import footer, levels, page

from shoal.exports.parquet import ROWS_AT_ONCE, Values, parquet_table


@pytest.fixture
def polars() -> Any:
    return pytest.importorskip("polars", reason="comes with ultralytics")


def test_every_kind_of_column_comes_back(polars):
    rows = ROWS_AT_ONCE + 7
    numbers = np.arange(rows)
    lists = [np.arange(row % 3) for row in range(rows)]
    paths = [f"ordner/bild {row} \u56fe.jpg" for row in range(rows)]
    vectors = np.random.default_rng(0).normal(size=(rows, 5)).astype(np.float32)
    columns: dict[str, Values] = {
        "path": paths,
        "x": np.where(numbers % 3 == 0, np.nan, numbers * 0.5),
        "near": np.where(numbers % 2 == 0, np.nan, numbers).astype(np.float32),
        "id": numbers,
        "small": numbers.astype(np.int32),
        "vector": vectors,
        "neighbors": {"ids": lists, "distances": [one / 2 for one in lists]},
    }
    table = polars.read_parquet(io.BytesIO(parquet_table(columns, {"made by": "a test"})))
    assert table["path"].to_list() == paths
    assert table["x"].to_list() == [None if row % 3 == 0 else row / 2 for row in range(rows)]
    assert table["near"].null_count() == (rows + 1) // 2
    assert table["id"].to_list() == table["small"].to_list() == list(range(rows))
    assert np.array_equal(np.array(table["vector"].to_list(), np.float32), vectors)
    found = table["neighbors"].to_list()
    assert [one["ids"] for one in found] == [one.tolist() for one in lists]
    assert [one["distances"] for one in found] == [(one / 2).tolist() for one in lists]


def test_a_table_without_rows_has_its_columns(polars):
    table = polars.read_parquet(io.BytesIO(parquet_table({"path": [], "vector": np.empty((0, 4), np.float32)})))
    assert (table.columns, table.height) == (["path", "vector"], 0)


def test_columns_of_different_length_are_a_mistake():
    with pytest.raises(ValueError, match="different length"):
        parquet_table({"path": ["a"], "x": np.zeros(2)})


NARROW = {"int32": 1, "int64": 2, "float32": 4, "float64": 5}
TEXT, UTF8, LIST = 6, 0, 3
REQUIRED, OPTIONAL, REPEATED = 0, 1, 2


@pytest.mark.parametrize("rows", [1, 130, ROWS_AT_ONCE, 2 * ROWS_AT_ONCE + 3])
@pytest.mark.parametrize("kind", NARROW)
def test_numbers_lie_where_the_file_says_group_by_group(rows, kind):
    values = np.arange(rows).astype(kind)
    empty = np.flatnonzero(np.arange(rows) % 5 == 2) if kind.startswith("float") else np.empty(0, int)
    values[empty] = np.nan if len(empty) else 0
    data = parquet_table({"x": values, "y": values[::-1].copy()})
    described = footer(data)
    assert (described[1], described[3], described[6]) == (1, rows, "shoal")
    is_float = kind.startswith("float")
    assert described[2] == [{4: "schema", 5: 2}, *(
        {1: NARROW[kind], 3: OPTIONAL if is_float else REQUIRED, 4: name} for name in ("x", "y")
    )]  # fmt: skip
    held = [min(ROWS_AT_ONCE, rows - start) for start in range(0, rows, ROWS_AT_ONCE)]
    assert [group[3] for group in described[4]] == held
    position, back = 4, [np.empty(0, kind), np.empty(0, kind)]
    for group, count in zip(described[4], held, strict=True):
        begins = position
        for number, chunk in enumerate(group[1]):
            header, content, ends = page(data, position)
            assert chunk[2] == chunk[3][9] == position
            assert (chunk[3][1], chunk[3][2], chunk[3][3], chunk[3][4]) == (NARROW[kind], [0, 3], ["xy"[number]], 0)
            assert chunk[3][6] == chunk[3][7] == ends - position
            assert header[1] == 0
            assert header[5] == {1: count, 2: 0, 3: 3, 4: 3}
            assert chunk[3][5] == count
            given = [1] * count
            if is_float:
                given, content = levels(data, content, count)
            read = np.full(count, np.nan if is_float else 0, kind)
            read[np.array(given) == 1] = np.frombuffer(data[content:ends], np.dtype(kind).newbyteorder("<"))
            back[number] = np.concatenate([back[number], read])
            position = ends
        assert group[2] == position - begins
    np.testing.assert_array_equal(back[0], values)
    np.testing.assert_array_equal(back[1], values[::-1])


@pytest.mark.parametrize("lengths", [[2, 0, 3, 0, 0, 1], [0], [0, 0], [5], [1] * 300])
def test_lists_say_where_each_begins_and_which_are_empty(lengths):
    lists = [np.arange(length, dtype=np.int64) + 10 * row for row, length in enumerate(lengths)]
    data = parquet_table({"near": {"ids": lists}})
    described = footer(data)
    assert described[2][1:] == [
        {3: REQUIRED, 4: "near", 5: 1}, {3: REQUIRED, 4: "ids", 5: 1, 6: LIST}, {3: REPEATED, 4: "list", 5: 1},
        {1: NARROW["int64"], 3: REQUIRED, 4: "element"},
    ]  # fmt: skip
    assert described[3] == len(lengths)
    (chunk,) = described[4][0][1]
    assert chunk[3][3] == ["near", "ids", "list", "element"]
    header, content, ends = page(data, chunk[2])
    count = sum(max(length, 1) for length in lengths)
    assert header[5][1] == chunk[3][5] == count
    goes_on, content = levels(data, content, count)
    is_given, content = levels(data, content, count)
    assert goes_on == [int(at > 0) for length in lengths for at in range(max(length, 1))]
    assert is_given == [int(length > 0) for length in lengths for _ in range(max(length, 1))]
    assert np.frombuffer(data[content:ends], "<i8").tolist() == [int(n) for ids in lists for n in ids]


def test_texts_have_their_length_before_them_and_all_columns_are_described_however_many():
    names = [f"column {number}" for number in range(20)]
    texts = ["", "a", "\u56fe", "x" * 300, "\udcff"]
    told = {f"key {number}": "value" * number for number in range(16)}
    data = parquet_table(dict.fromkeys(names, texts), told)
    described = footer(data)
    assert described[2][0] == {4: "schema", 5: 20}
    assert described[2][1:] == [{1: TEXT, 3: REQUIRED, 4: name, 6: UTF8} for name in names]
    assert {pair[1]: pair[2] for pair in described[5]} == told
    for chunk in described[4][0][1]:
        header, content, ends = page(data, chunk[2])
        assert header[5][1] == len(texts)
        for text in texts:
            written = text.encode("utf-8", "backslashreplace")
            assert data[content : content + 4] == len(written).to_bytes(4, "little")
            assert data[content + 4 : content + 4 + len(written)] == written
            content += 4 + len(written)
        assert content == ends


def test_a_matrix_is_a_list_a_row():
    matrix = np.arange(12, dtype=np.float32).reshape(4, 3)
    data = parquet_table({"vector": matrix})
    (chunk,) = footer(data)[4][0][1]
    assert chunk[3][1] == NARROW["float32"]
    assert chunk[3][3] == ["vector", "list", "element"]
    header, content, ends = page(data, chunk[2])
    goes_on, content = levels(data, content, 12)
    is_given, content = levels(data, content, 12)
    assert goes_on == [0, 1, 1] * 4
    assert is_given == [1] * 12
    assert header[5][1] == 12
    assert data[content:ends] == matrix.astype("<f4").tobytes()
