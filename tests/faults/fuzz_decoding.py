"""Feeds damaged picture files of every format to the decoders, in child processes that may crash or hang.

    python tests/faults/fuzz_decoding.py [--count 10000] [--seed 0] [--formats JPEG,PNG] [--keep FOLDER]

Each format starts from sound files of all its kinds, written by code, grids and films among them; a mutation cuts,
overwrites, swaps or repeats bytes, often in the header. What a file says of itself is read from each, too. One child
per format works through its share and says what became of each file; when it dies, or takes longer than ten seconds
for one file, the file is noted and a new child goes on behind it. The table counts files read, read in part (damaged),
refused with a reason, crashed and hung, and the child's peak memory.
"""

import argparse
import io
import json
import multiprocessing
import random
import resource
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])]

from tests.faults.fuzz_seeds import seeds

from shoal.domain.input_geometry import InputGeometry
from shoal.exports.xmp_marks import read_marks
from shoal.imaging.decoding import decode_image, decode_preview, quick_thumbnail
from shoal.imaging.limits import DecodeLimits, UnreadableImage
from shoal.imaging.written_keywords import iptc_keywords, windows_keywords
from shoal.imaging.xmp_packets import embedded_in

SECONDS_PER_FILE = 10.0
GEOMETRY = InputGeometry(size=64, resize=72)
LIMITS = DecodeLimits(max_pixels=40_000_000)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Up to six injuries, half of them in the header; two files in five also lose their end."""
    result = bytearray(data)
    for _ in range(chance.randint(0, 6)):
        reach = min(len(result), 512) if chance.random() < 0.5 else len(result)
        at = chance.randrange(max(1, reach))
        chance.choice([overwrite, extreme, flip, remove, repeat])(result, at, chance)
    if chance.random() < 0.4:
        del result[chance.randrange(len(result) + 1) :]
    return bytes(result)


def overwrite(data: bytearray, at: int, chance: random.Random) -> None:
    data[at : at + chance.randint(1, 8)] = chance.randbytes(chance.randint(1, 8))


def extreme(data: bytearray, at: int, chance: random.Random) -> None:
    data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\0\0\xff\xff"])


def flip(data: bytearray, at: int, chance: random.Random) -> None:
    if at < len(data):
        data[at] ^= 1 << chance.randrange(8)


def remove(data: bytearray, at: int, chance: random.Random) -> None:
    del data[at : at + chance.randint(1, 64)]


def repeat(data: bytearray, at: int, chance: random.Random) -> None:
    piece = data[at : at + chance.randint(1, 64)]
    data[at:at] = piece * chance.randint(1, 4)


def file_number(number: int, sound: list[bytes], seed: int) -> bytes:
    return mutated(sound[number % len(sound)], random.Random(f"{seed} {number}"))


def outcome(data: bytes, format: str) -> str:
    suffix = ".dng" if format == "RAW" else ""
    quick_thumbnail(data, suffix)
    read_what_it_says(data)
    try:
        decoded = decode_image(data, suffix, GEOMETRY, LIMITS)
    except UnreadableImage:
        return "refused"
    assert decoded.pixels.shape == (64, 64, 3)
    decode_preview(data, suffix, 64, LIMITS)  # another way where a file holds a smaller copy of its picture
    return "damaged" if decoded.facts.damaged else "read"


def read_what_it_says(data: bytes) -> None:
    embedded = embedded_in(io.BytesIO(data))
    read_marks(embedded.packet)
    iptc_keywords(embedded.iptc)
    windows_keywords(embedded.exif)


def child(pipe: Connection, format: str, first: int, last: int, seed: int) -> None:
    warnings.simplefilter("ignore")  # Pillow comments on every wrong entry of a TIFF
    sound = seeds()[format]
    for number in range(first, last):
        pipe.send((number, outcome(file_number(number, sound, seed), format)))
    pipe.send((last, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def fuzz(format: str, count: int, seed: int, keep: Callable[[int, str], None] = lambda number, what: None) -> Counter:
    """Outcomes by name, and "peak_mb"."""
    counts: Counter = Counter({"read": 0, "damaged": 0, "refused": 0, "crashed": 0, "hung": 0, "peak_mb": 0})
    number = 0
    while number < count:
        number = one_child(format, number, count, seed, counts, keep)
    return counts


def one_child(format: str, number: int, count: int, seed: int, counts: Counter, keep: Callable) -> int:
    """Run a child until it is through or comes to grief; return the number of the next file."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=child, args=(theirs, format, number, count, seed))
    process.start()
    theirs.close()
    patience = 120.0  # the first answer includes starting Python
    try:
        while ours.poll(patience):
            number, what = ours.recv()
            patience = SECONDS_PER_FILE
            if number == count:
                counts["peak_mb"] = max(counts["peak_mb"], what)
                return count
            counts[what] += 1
            number += 1
        what = "hung"
    except EOFError:
        what = "crashed"
    finally:
        process.kill()
        process.join()
    counts[what] += 1
    keep(number, what)
    return number + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="files altogether")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--formats", default=",".join(seeds()))
    parser.add_argument("--keep", type=Path, help="a folder for the files that crashed or hung")
    options = parser.parse_args()
    formats = options.formats.split(",")
    columns = ("read", "damaged", "refused", "crashed", "hung", "peak_mb")
    print("format  " + "".join(f"{column:>9}" for column in columns))
    results = []
    for format in formats:
        row = fuzz(format, options.count // len(formats), options.seed, keeper(format, options.seed, options.keep))
        results.append({"format": format, **row})
        print(f"{format:8}" + "".join(f"{row[column]:9}" for column in columns), flush=True)
    print(json.dumps({"fuzz": "decoding", "seed": options.seed, "results": results}))


def keeper(format: str, seed: int, folder: Path | None) -> Callable[[int, str], None]:
    def keep(number: int, what: str) -> None:
        print(f"  {what}: {format} {number}")
        if folder is not None:
            data = file_number(number, seeds()[format], seed)
            (folder / f"{what}-{seed}-{number}.{format.lower()}").write_bytes(data)

    return keep


if __name__ == "__main__":
    main()
