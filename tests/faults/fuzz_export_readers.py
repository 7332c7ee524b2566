"""A coverage-guided fuzzer on what reads strangers' files and texts: `python tests/faults/fuzz_export_readers.py`.

Needs atheris (`pip install atheris`; nothing else of this program does). The tables that are read back as clusters, the
sidecars that are merged into, and the templates and names that a user types. Each either takes its input or refuses it
with its own error; a merged sidecar must be well formed and still hold all that it held.
"""

import argparse
import sys
from pathlib import Path
from xml.parsers import expat

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

try:
    import atheris
except ImportError:
    print("atheris is not installed: pip install atheris")
    sys.exit(0)

with atheris.instrument_imports(include=["shoal.exports", "shoal.domain", "csv", "json"]):
    from tests.support.name_rules import broken_rules

    from shoal.domain.errors import ExportRefused, UserFacingError
    from shoal.domain.name_templates import parse_template
    from shoal.domain.safe_names import distinct_names
    from shoal.exports.sidecars import Marks, merged_sidecar, new_sidecar
    from shoal.exports.tables import TableRow, clusters_csv, clusters_json, read_clusters_table


def fuzz_table(data: bytes) -> None:
    try:
        rows = read_clusters_table(data)
    except UserFacingError:
        return
    written = [TableRow(row.path, row.cluster, None, None, None, None, row.source) for row in rows]
    assert len(read_clusters_table(clusters_json(written, {}))) == len(rows)


def fuzz_sidecar(data: bytes) -> None:
    marks = Marks(("birds & <b>", data[:8].decode("utf-8", "replace")), 3, "Red")
    merged = merged_sidecar(data, marks)
    if merged is not None:
        expat.ParserCreate().Parse(merged, True)  # without namespaces: ElementTree refuses those with a brace in them
        remaining = iter(merged)
        assert all(byte in remaining for byte in data)


def fuzz_template(data: bytes) -> None:
    try:
        parse_template(data.decode("utf-8", "surrogateescape"))
    except ExportRefused:
        return


def fuzz_names(data: bytes) -> None:
    names = distinct_names(data.decode("utf-8", "surrogateescape").split("|"))
    assert not any(map(broken_rules, names))


TARGETS = [fuzz_table, fuzz_sidecar, fuzz_template, fuzz_names]


def fuzz(data: bytes) -> None:
    if data:
        TARGETS[data[0] % len(TARGETS)](data[1:])


def first_inputs(folder: Path) -> None:
    rows = [TableRow("a.jpg", "=birds", 1.0, 2.0, 0.5, 0.25, "/pictures/a.jpg")]
    inputs = [
        (0, clusters_csv(rows)),
        (0, clusters_json(rows, {"model": "m"})),
        (0, clusters_csv(rows).replace(b",", b";").decode().encode("utf-16")),
        (1, new_sidecar(Marks(("holiday",), 2, "Green"))),
        (1, new_sidecar(Marks())),
        (2, b"{cluster}/{date}_{seq:2}_{name}.{ext}"),
        (3, "NUL|..|COM¹|\u202eé|birds|BIRDS".encode()),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for number, (target, content) in enumerate(inputs):
        (folder / f"first-{number}").write_bytes(bytes([target]) + content)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--corpus", type=Path, default=Path("/tmp/shoal-fuzz-exports"), help="where inputs are kept")
    options = parser.parse_args()
    first_inputs(options.corpus)
    own = [f"-max_total_time={options.seconds}", "-timeout=10", "-rss_limit_mb=2000", "-max_len=4096"]
    atheris.Setup([sys.argv[0], str(options.corpus), f"-artifact_prefix={options.corpus}/", *own], fuzz)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
