import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoal.domain.errors import UserFacingError
from shoal.exports.tables import COLUMNS, ReadRow, TableRow, clusters_csv, clusters_json, read_clusters_table

ROWS = [
    TableRow("birds/a.jpg", "birds", 1.5, -2.25, 0.123456789, 0.0, "/pictures/a.jpg", 0.875),
    TableRow("=1+1/b.jpg", '=HYPERLINK("http://evil.example")', None, None, None, None, "/pictures/b.jpg"),
    TableRow("'c.jpg", '鸟, "big"\nbirds', 0.0, 1e-9, -1.0, 2.0, "/pictures/c.jpg"),
]


def test_the_csv_is_what_a_script_expects():
    rows = list(csv.DictReader(io.StringIO(clusters_csv(ROWS).decode("utf-8"))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0] == {
        "path": "birds/a.jpg", "cluster": "birds", "x": "1.5", "y": "-2.25", "silhouette": "0.123457", "distance": "0",
        "source": "/pictures/a.jpg", "sure": "0.875", "isolation": "",
    }  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_no_text_is_taken_for_a_formula(start):
    text = clusters_csv([TableRow(f"{start}a", f"{start}cmd|' /C calc'!A0", None, None, None, None, start)]).decode()
    cells = next(row for row in list(csv.reader(io.StringIO(text)))[1:])
    assert [cell[:2] for cell in cells if cell] == [f"'{start}"] * 3


@pytest.mark.parametrize("write", [clusters_csv, lambda rows: clusters_json(rows, {"model": "m"})])
def test_what_was_written_is_read_back(write):
    assert read_clusters_table(write(ROWS)) == [ReadRow(row.path, row.cluster, row.source) for row in ROWS]


def test_the_json_carries_its_facts_and_numbers():
    data = json.loads(clusters_json(ROWS, {"model": "m"}))
    assert data["model"] == "m"
    assert data["images"][0]["silhouette"] == 0.123457
    assert data["images"][1]["x"] is None


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_survives_the_csv(path, cluster):
    rows = read_clusters_table(clusters_csv([TableRow("x" + path, cluster, None, None, None, None, path)]))
    assert rows == [ReadRow("x" + path, cluster, path)]


@pytest.mark.parametrize(
    "saved",
    [
        "path;cluster\r\na.jpg;b\xe4ume\r\n".encode("cp1252"),
        "path\tcluster\r\na.jpg\tb\xe4ume\r\n".encode("utf-16"),
        "\ufeffPath,Cluster,Notes\na.jpg,b\xe4ume,new\n".encode(),
        "cluster,path\nb\xe4ume,a.jpg\n\n,\n".encode(),
        "sep=;\r\npath;cluster\r\na.jpg;b\xe4ume\r\n".encode(),
        "sep=;\r\npath;cluster\r\na.jpg;b\xe4ume\r\n".encode("cp1252"),
        "\ufeffsep=,\npath,cluster\na.jpg,b\xe4ume\n".encode(),
        '"sep=;"\npath;cluster\na.jpg;b\xe4ume\n'.encode("utf-16"),
        "SEP=\t\npath\tcluster\na.jpg\tb\xe4ume\n".encode(),
    ],
)
def test_tables_are_read_as_spreadsheets_save_them(saved):
    assert read_clusters_table(saved) == [ReadRow("a.jpg", "b\xe4ume")]


def test_a_row_with_too_few_cells_is_read_as_far_as_it_goes():
    assert read_clusters_table(b"path,cluster\na.jpg\n") == [ReadRow("a.jpg", "")]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02", b"a,b\n1,2\n", b"{", b"{}", b'{"images": 3}', b'{"images": [{"path": 3}]}', b"[1]",
     b'{"images":' + b"[" * 100_000, b"path,cluster\n" + b"x" * 200_000 + b",y\n"],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_with_a_sentence(data):
    with pytest.raises(UserFacingError):
        read_clusters_table(data)


def test_each_cell_is_read_in_its_own_encoding():
    old, typed = "M\xfcller/\xe9t\xe9.jpg", "B\xe4ume \u2013 \u20ac"
    rows = [b"path;cluster", old.encode() + b";" + typed.encode("cp1252"), b"b.jpg;" + typed.encode()]
    mixed = "\xfc ".encode() + "\xe4".encode("cp1252")
    rows.append(b"c.jpg;" + mixed)
    assert read_clusters_table(b"\r\n".join(rows)) == [
        ReadRow(old, typed),
        ReadRow("b.jpg", typed),
        ReadRow("c.jpg", "\xfc \xe4"),
    ]


def test_cells_that_a_chinese_spreadsheet_has_written():
    rows = b"path,cluster\n" + "\u82b1\u56ed/a.jpg".encode() + b"," + "\u72d7".encode("gb18030") + b"\n"
    assert read_clusters_table(rows) == [ReadRow("\u82b1\u56ed/a.jpg", "\u72d7")]
