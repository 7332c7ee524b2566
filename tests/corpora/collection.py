"""All kinds of the generated collection; `python tests/corpora/collection.py FOLDER` writes them out."""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.corpora.jpeg_kinds import jpegs
from tests.corpora.jxl_kinds import jxls
from tests.corpora.kinds import Kind
from tests.corpora.other_kinds import others
from tests.corpora.png_kinds import pngs
from tests.corpora.tiff_kinds import tiffs
from tests.corpora.turned_kinds import turned, upright


@cache
def kinds() -> tuple[Kind, ...]:
    return (*jpegs(), *pngs(), *tiffs(), *others(), *jxls(), *upright())


@cache
def turned_kinds() -> tuple[Kind, ...]:
    return tuple(turned())


def write(folder: Path, wanted: tuple[Kind, ...]) -> Iterator[Path]:
    for number, kind in enumerate(wanted):
        path = folder / f"{number:03} {kind.name.replace('/', '-').replace(':', ' to ')}{kind.suffix}"
        path.write_bytes(kind.data())
        if kind.sidecar:
            path.with_name(f"{path.name}.xmp").write_bytes(kind.sidecar)
        yield path


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True)
    count = sum(1 for _ in write(target, (*kinds(), *turned_kinds())))
    print(f"{count} files in {target}")
