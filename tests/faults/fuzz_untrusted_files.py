"""A coverage-guided fuzzer on everything that reads strangers' files and texts.

    python tests/faults/fuzz_untrusted_files.py [--seconds 3600] [--targets project tables ...]

Needs atheris (`pip install atheris`; nothing else of this program does). Each target gets an equal share of the time,
in a process of its own, and goes on from the inputs that earlier runs found worth keeping. Each either takes its input
or refuses it with an error of its own; a merged sidecar must be well formed and still hold all that it held, and what
is read from one must be read again when it is written; a project must survive that everything is read, undone and
redone. A crash, a hang, 2 GB of memory or any other error ends the target, and the input that did it is kept in the
corpus.
"""

import argparse
import io
import json
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from xml.parsers import expat

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

try:
    import atheris
except ImportError:
    print("atheris is not installed: pip install atheris")
    sys.exit(2)

with atheris.instrument_imports(include=["shoal", "csv", "json"]):
    from tests.faults.export_stage import print_table
    from tests.faults.fuzz_seeds import seeds
    from tests.faults.mutated_projects import prepared, used
    from tests.support.name_rules import broken_rules
    from tests.support.picture_files import rendered, saved, tiff
    from tests.support.small_networks import write_convnet

    from shoal.domain.capture_time import seconds
    from shoal.domain.errors import ExportRefused, UserFacingError
    from shoal.domain.extension_points import LoadOptions
    from shoal.domain.marks import Marks
    from shoal.domain.name_templates import parse_template
    from shoal.domain.safe_names import distinct_names
    from shoal.embedding.onnx_models import SPEC as ONNX
    from shoal.embedding.preprocessing import read_preprocessing
    from shoal.exports.sidecars import LONGEST_SIDECAR, as_sidecar, merged_sidecar, new_sidecar, reclustered_sidecar
    from shoal.exports.tables import TableRow, clusters_csv, clusters_json, read_clusters_table
    from shoal.exports.xmp_marks import read_marks
    from shoal.imaging.avif_files import crop_of, with_alpha_size
    from shoal.imaging.capture_time import time_in, time_in_sidecar
    from shoal.imaging.heif_boxes import HeifBoxes
    from shoal.imaging.heif_files import first_of_sequence
    from shoal.imaging.jxl_files import JxlFile
    from shoal.imaging.limits import DecodeLimits, UnreadableImage
    from shoal.imaging.opened_picture import DECODER_ERRORS
    from shoal.imaging.tiff_files import SampledTiff, open_tiff
    from shoal.imaging.tiff_folders import folders_of, orientation_of
    from shoal.imaging.video_colours import video_colours_of
    from shoal.imaging.written_keywords import iptc_keywords, windows_keywords
    from shoal.imaging.xmp_packets import embedded_in

WORKSHOP = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
FOLDER = Path(tempfile.mkdtemp(prefix="shoal-fuzz-", dir=WORKSHOP))
SOUND_PROJECT = prepared(FOLDER / "sound.shoal")
HANGS_AFTER = 100  # seconds of wall time: the machine may be busy with something else
RICH = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description '
    b'xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:l="http://ns.adobe.com/lightroom/1.0/" '
    b'xmlns:k="http://www.digikam.org/ns/1.0/" xmlns:t="http://darktable.sf.net/" '
    b'xmlns:a="http://ns.acdsee.com/iptc/1.0/" xmlns:m="http://ns.microsoft.com/photo/1.0/" m:Rating="75" '
    b'k:ColorLabel="4" a:categories="&lt;Categories>&lt;Category Assigned=&quot;1&quot;>a&lt;/Category>'
    b'&lt;/Categories>" a:rating="4"><d:subject><r:Seq/></d:subject><l:hierarchicalSubject><r:Bag><r:li>a|b</r:li>'
    b"</r:Bag></l:hierarchicalSubject><k:TagsList/><t:colorlabels><r:Seq><r:li>2</r:li></r:Seq></t:colorlabels>"
    b"</r:Description></r:RDF></x:xmpmeta>"
)
"""A sidecar with marks in most of the places that programs use."""
SHORT = 4_000
WHOLE_FILE = 64
"""Inputs whose first byte is below are a project file; the others a value for one cell of a sound one."""


def fuzz_tables(data: bytes) -> None:
    try:
        rows = read_clusters_table(data)
    except UserFacingError:
        return
    written = [TableRow(row.path, row.cluster, None, None, None, None, row.source) for row in rows]
    assert len(read_clusters_table(clusters_json(written, {}))) == len(rows)


def is_well_formed(data: bytes) -> bool:
    """Without namespaces: ElementTree refuses those with a brace in them."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def fuzz_sidecars(data: bytes) -> None:
    words = ("birds & <b>", data[:8].decode("utf-8", "replace"))
    merged = merged_sidecar(data, Marks(words))
    if merged is not None:
        assert is_well_formed(merged) or not is_well_formed(data)  # there may be padding of any kind behind it
        remaining = iter(merged)
        rewritten = b"categories" in data or b"subject=" in data  # a list within a text, or where a list should be
        assert rewritten or all(byte in remaining for byte in b"".join(data.split()))
    rated = merged_sidecar(data, Marks(words, 3, "Red", 3, ("a|b",)))
    said = Marks() if rated is None else read_marks(rated)
    assert rated is None or (said.stars, said.label, said.pick) == (3, "Red", 3)
    again = read_marks(new_sidecar(read_marks(data)))
    assert read_marks(new_sidecar(again)) == again
    as_sidecar(data)
    reclustered_sidecar(data, "b", "cats")


def fuzz_embedded(data: bytes) -> None:
    """Marks and dates inside picture files, of whatever format, and dates in what may be a sidecar."""
    embedded = embedded_in(io.BytesIO(data))
    assert len(embedded.packet) <= LONGEST_SIDECAR
    read_marks(embedded.packet)
    iptc_keywords(embedded.iptc)
    windows_keywords(embedded.exif)
    taken = time_in(embedded, time_in_sidecar(data))
    assert taken is None or seconds(taken) < float("inf")


def fuzz_heif_boxes(data: bytes) -> None:
    """What is read of the boxes of HEIC and AVIF, by ourselves."""
    crop_of(data, (640, 480))
    video_colours_of(data)
    first_of_sequence(data)
    with suppress(UnreadableImage):
        with_alpha_size(data)
    with suppress(ValueError, KeyError, IndexError, struct.error):
        found = HeifBoxes(data)
        for item in found.kinds:
            found.size_of(item)
            found.content(item)
        assert found.references is not None


def fuzz_jxl_boxes(data: bytes) -> None:
    with suppress(*DECODER_ERRORS):
        width, height = JxlFile(io.BytesIO(data)).size
        assert 0 < width <= 1 << 31
        assert 0 < height <= 1 << 31


def fuzz_tiff(data: bytes) -> None:
    """Folders, and the samples that we unpack by ourselves."""
    assert orientation_of(data) in range(1, 9)
    for folder in folders_of(data):
        assert min(folder.size) >= 0
    with suppress(UnreadableImage, *DECODER_ERRORS):
        file = open_tiff(io.BytesIO(data))
        DecodeLimits(max_pixels=400_000).require_size(*file.size, len(data))
        if isinstance(file, SampledTiff):
            with suppress(*DECODER_ERRORS):
                file.load()
            assert file.copy().size == file.size


def fuzz_templates(data: bytes) -> None:
    try:
        parse_template(data.decode("utf-8", "surrogateescape"))
    except ExportRefused:
        return


def fuzz_names(data: bytes) -> None:
    names = distinct_names(data.decode("utf-8", "surrogateescape").split("|"))
    assert not any(map(broken_rules, names))


def fuzz_project(data: bytes) -> None:
    path = FOLDER / "p.shoal"
    for leftover in FOLDER.glob("p.shoal*"):
        leftover.unlink()
    if data[:1] < bytes([WHOLE_FILE]):
        path.write_bytes(data[1:])
    else:
        path.write_bytes(SOUND_PROJECT)
        put_into_a_cell(path, data)
    used(path)


def put_into_a_cell(path: Path, data: bytes) -> None:
    """The first two bytes say into which."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db, suppress(sqlite3.Error):
        tables = sorted(row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        table = tables[data[0] % len(tables)]
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        column = columns[data[1] % len(columns)] if len(data) > 1 else columns[0]
        text = column in {"label", "name", "kind", "key", "reason", "taken", "camera", "format"}
        value = data[2:].decode("utf-8", "replace") if text else data[2:]
        db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid IN (SELECT max(rowid) FROM {table})", [value])


def fuzz_model_descriptions(data: bytes) -> None:
    path = FOLDER / "net.json"
    path.write_bytes(data)
    with suppress(UserFacingError):
        read_preprocessing(path)


def fuzz_networks(data: bytes) -> None:
    path = FOLDER / "some.onnx"
    path.write_bytes(data)
    with suppress(UserFacingError):
        ONNX.load(LoadOptions(source=str(path), device="cpu"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "project": fuzz_project,
    "tables": fuzz_tables,
    "sidecars": fuzz_sidecars,
    "embedded": fuzz_embedded,
    "heif boxes": fuzz_heif_boxes,
    "jxl boxes": fuzz_jxl_boxes,
    "tiff": fuzz_tiff,
    "model descriptions": fuzz_model_descriptions,
    "networks": fuzz_networks,
    "templates": fuzz_templates,
    "names": fuzz_names,
}
LONGEST = {"project": 120_000, "networks": 20_000, "heif boxes": 8_000, "tiff": 8_000}


def first_inputs(target: str) -> list[bytes]:
    rows = [TableRow("a.jpg", "=birds", 1.0, 2.0, 0.5, 0.25, "/pictures/a.jpg")]
    described = {"name": "n", "input": {"size": 8, "resize": 9, "mean": [0, 1, 2], "std": [255, 1, 9]}, "output": "o"}
    tables = [clusters_csv(rows), clusters_json(rows, {"model": "m"})]
    packet, small = new_sidecar(Marks(("holiday",), 2, "Green")), rendered(8, 8)
    return {
        "project": [b"\0" + SOUND_PROJECT, *(bytes([64 + table, column]) for table in range(9) for column in range(4))],
        "tables": [*tables, tables[0].replace(b",", b";").decode().encode("utf-16")],
        "sidecars": [packet, new_sidecar(Marks()), new_sidecar(Marks(("b",), -1, "Orange", 2, ("a|b",))), RICH],
        "embedded": [
            *(saved(small, format, xmp=packet) for format in ("JPEG", "WEBP", "AVIF")),
            tiff([[(700, 1, len(packet), packet), (0x4746, 3, 1, 4)]]),
            saved(small, "PNG", exif=b"Exif\0\0" + tiff([[(0x4746, 3, 1, 4)]])),
            *short("JPEG", "PNG", "WEBP", "GIF", "HEIF", "JXL"),
        ],
        "heif boxes": short("HEIF", "AVIF"),
        "jxl boxes": short("JXL"),
        "tiff": short("TIFF", "RAW"),
        "model descriptions": [json.dumps(described).encode()],
        "networks": [write_convnet(FOLDER / "convnet.onnx").read_bytes()],
        "templates": [b"{cluster}/{date}_{seq:2}_{name}.{ext}"],
        "names": ["NUL|..|COM\u00b9|\u202e\u00e9|birds|BIRDS".encode()],
    }[target]


def short(*formats: str) -> list[bytes]:
    """Of all kinds of the collection those that a fuzzer gets through quickly."""
    return [data for format in formats for data in seeds()[format] if len(data) <= SHORT]


def fuzz(target: str, corpus: Path, seconds: int) -> None:
    """Never returns."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(first_inputs(target)):
        (corpus / f"first-{number}").write_bytes(content)
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={HANGS_AFTER}",
        "-rss_limit_mb=2000",
        f"-max_len={LONGEST.get(target, 4096)}",
    ]
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-artifact_prefix={corpus}/", "-print_final_stats=1", *limits],
        lambda data: TARGETS[target](data) if data else None,
    )
    atheris.Fuzz()


def run(target: str, options: argparse.Namespace) -> dict[str, object]:
    """In a process of its own; what libFuzzer said of it in the end."""
    corpus, seconds = options.corpus / target.replace(" ", "-"), options.seconds // len(options.targets)
    command = [sys.executable, __file__, "--inside", target, "--corpus", str(corpus), "--seconds", str(seconds)]
    log = options.corpus / f"{corpus.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        code = subprocess.run(command, stdout=file, stderr=file, check=False).returncode
    told = log.read_text(errors="replace")
    executed = re.findall(r"number_of_executed_units:\s*(\d+)", told) or re.findall(r"^#(\d+)", told, re.MULTILINE)
    covered = re.findall(r"cov: (\d+)", told)
    memory = re.findall(r"peak_rss_mb:\s*(\d+)", told)
    return {
        "seconds": seconds,
        "inputs": int(executed[-1]) if executed else 0,
        "edges covered": int(covered[-1]) if covered else 0,
        "kept": len(list(corpus.iterdir())),
        "peak MB": int(memory[-1]) if memory else 0,
        "crashes": int(code != 0),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=3600, help="for all targets together")
    parser.add_argument("--targets", nargs="*", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--corpus", type=Path, default=Path("/tmp/shoal-fuzz"), help="where inputs are kept")
    parser.add_argument("--inside", choices=list(TARGETS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        fuzz(options.inside, options.corpus, options.seconds)
    results = {target: run(target, options) for target in options.targets}
    columns = list(next(iter(results.values())))
    print_table([[target, *row.values()] for target, row in results.items()], ["target", *columns])
    print(json.dumps(results))
    return int(any(row["crashes"] for row in results.values()))


if __name__ == "__main__":
    sys.exit(main())
