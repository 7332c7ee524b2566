"""Prints how much of each room the tests run, from the JSON that coverage writes: `make coverage`."""

import json
import sys
from collections import defaultdict
from pathlib import Path


def main() -> None:
    files = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]
    rooms: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, entry in files.items():
        room = Path(name).parts[2].removesuffix(".py")
        rooms[room][0] += entry["summary"]["covered_lines"]
        rooms[room][1] += entry["summary"]["num_statements"]
    for room, (covered, statements) in sorted(rooms.items()):
        print(f"{room:14} {100 * covered / max(statements, 1):5.1f}%  of {statements} statements")


if __name__ == "__main__":
    main()
