"""Tables as Parquet, read back by a library that knows all of the format."""

import io

import numpy as np
import pytest

from shoal.exports.parquet import ROWS_AT_ONCE, Values, parquet_table

polars = pytest.importorskip("polars", reason="comes with ultralytics")


def test_every_kind_of_column_comes_back():
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


def test_a_table_without_rows_has_its_columns():
    table = polars.read_parquet(io.BytesIO(parquet_table({"path": [], "vector": np.empty((0, 4), np.float32)})))
    assert (table.columns, table.height) == (["path", "vector"], 0)


def test_columns_of_different_length_are_a_mistake():
    with pytest.raises(ValueError, match="different length"):
        parquet_table({"path": ["a"], "x": np.zeros(2)})
