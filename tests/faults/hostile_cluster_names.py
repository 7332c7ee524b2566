"""Hostile cluster names: `python tests/faults/hostile_cluster_names.py --names 100000`.

Hypothesis makes the names (any characters, and above all the dangerous ones), also those of pictures, companions and
cameras, and templates. Every target of every plan must lie inside the export folder by the rules of POSIX and of
Windows, every part of its path must be a safe name by rules written down apart from the program's, and no two targets
may be alike without case. Some of the plans are carried out for real.
"""

import argparse
import json
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path, PureWindowsPath

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support.export_world import record_of
from tests.support.name_rules import broken_rules
from tests.support.planned_world import DictionaryDisk, grouping_of, record

from shoal.delivering.export_details import SortedImages
from shoal.delivering.exporting import PlanSetting, export_clusters, plan_clusters
from shoal.domain.export_plan import ExportOptions
from shoal.domain.export_planner import plan_export
from shoal.domain.task import Task

DANGEROUS = [
    "..", ".", "/", "\\", ":", "C:", "//server/share", "\\\\?\\", "NUL", "con", "COM1", "COM\u00b9", "LPT9.", "aux.txt",
    "CLOCK$", " ", ".. ", "\x00", "\n", "\x1b[2J", "\x7f", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad",
    "\ufe0f", "\U000e0041", "\u0301", "\u0345", "\ud800", "\udcff", "\ue000", "\uffff", "\uff0e\uff0e\uff0f", "~",
    "$(x)", "%00", "-rf", ".shoal-export-", "x" * 300, "\u9ce5" * 100, "\uac00" * 100, "Unsorted", "UNSORTED",
    "clusters.csv", "\u0130", "\u00df", "\ufb03", "{cluster}", "\u2028", "\u3164", "\u115f",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(DANGEROUS), st.text(max_size=8), st.characters()), max_size=5).map("".join)
file_names = texts.map(lambda text: text.replace("/", "").replace("\0", "")[:60]).filter(
    lambda name: name not in {"", ".", ".."}
)
fields = st.sampled_from(
    ["{cluster}", "{name}", "{stem}", "{label}", "{camera}", "{seq}", "{date}", "/", "\\", " - ", "..", "."]
)
templates = st.lists(fields, max_size=6).map(lambda parts: "{cluster}/" + "".join(parts) + "{name}")
ROOT = Path("/exports/out")
PER_EXAMPLE = 10


def violations(targets: list[Path], root: Path) -> list[str]:
    found = [f"{target} is outside" for target in targets if not is_inside(target, root)]
    parts = {part for target in targets for part in target.relative_to(root).parts}
    found += [f"{part!r}: {', '.join(rules)}" for part in parts if (rules := broken_rules(part))]
    alike = Counter(unicodedata.normalize("NFC", str(target)).casefold() for target in targets)
    return found + [f"{name} is there {count} times" for name, count in alike.items() if count > 1]


def is_inside(target: Path, root: Path) -> bool:
    if not target.is_relative_to(root) or ".." in target.parts:
        return False
    on_windows = PureWindowsPath("C:/out").joinpath(*target.relative_to(root).parts)
    return on_windows.parts[:2] == ("C:\\", "out") and len(on_windows.parts) == 2 + len(target.relative_to(root).parts)


class Counts:
    names = targets = exports = files = 0


@st.composite
def situations(draw):
    names = draw(st.lists(texts, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE))
    pictures = draw(st.lists(file_names, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE))
    return names, pictures, draw(texts), draw(st.one_of(st.just("{cluster}/{name}"), templates))


def check_plan(situation) -> None:
    names, pictures, text, template = situation
    numbers = range(1, len(names) + 1)
    records = []
    for number, picture in enumerate(pictures):
        folder = Path("/pictures") / str(number)
        companions = (folder / (Path(picture).stem + ".CR2"), folder / (picture + ".xmp"))
        records.append(record(number, folder / picture, companions, camera=text))
    grouping = grouping_of(*numbers, **{f"c{number}": name for number, name in zip(numbers, names, strict=True)})
    files = {path: "x" for item in records for path in (item.path, *item.companions)}
    plan = plan_export(grouping, records, ROOT, ExportOptions(template=template, sidecars=True), DictionaryDisk(files))
    targets = (
        [file.target for file in plan.files]
        + [sidecar.target for sidecar in plan.sidecars]
        + list(plan.documents.values())
    )
    found = violations(targets, ROOT)
    assert not found, found
    assert len(plan.folders) == len(names)
    Counts.names += len(names)
    Counts.targets += len(targets)


def check_export(situation) -> None:
    names, _, _, _ = situation
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder).resolve()
        numbers = range(1, len(names) + 1)
        records = []
        for number in range(len(names)):
            path = base / "pictures" / f"{number}.jpg"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(bytes([number]))
            records.append(record_of(number, path))
        grouping = grouping_of(*numbers, **{f"c{number}": name for number, name in zip(numbers, names, strict=True)})
        images = SortedImages(grouping, records)
        plan = plan_clusters(images, base / "out", ExportOptions(), PlanSetting([base / "pictures"]))
        result = export_clusters(plan, images, base / "journals", Task())
        assert result.left_out == ()
        found = {path for path in base.rglob("*") if path.is_file()}
        expected = {base / "pictures", base / "journals", base / "out"}
        assert all(any(path.is_relative_to(place) for place in expected) for path in found)
        copies = sorted(path.read_bytes() for path in (base / "out").glob("*/*"))
        assert copies == [bytes([number]) for number in range(len(names))]
        Counts.exports += 1
        Counts.files += len(copies)


def run(check, examples: int) -> None:
    chosen = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    chosen(given(situations())(check))()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--exports", type=int, default=200)
    options = parser.parse_args()
    run(check_plan, options.names // PER_EXAMPLE)
    run(check_export, options.exports)
    print(
        f"cluster names  {Counts.names:>9,}\nplanned files  {Counts.targets:>9,}\nreal exports   {Counts.exports:>9,}"
    )
    print("names that were not safe, files outside, files over each other: none")
    print(json.dumps({"names": Counts.names, "targets": Counts.targets, "exports": Counts.exports, "failures": 0}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
