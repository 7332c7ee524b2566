"""The rules for file names of three systems, written down a second time and by other means than the program's own."""

import re
import unicodedata

DEVICE = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\..*)?", re.IGNORECASE
)
RULES = {
    "empty": lambda name: not name,
    "a folder change": lambda name: name in {".", ".."},
    "hidden": lambda name: name.startswith("."),
    "a separator": lambda name: "/" in name or "\\" in name,
    "forbidden on Windows": lambda name: any(character in '<>:"|?*' for character in name),
    "control characters": lambda name: any(ord(character) < 32 or 127 <= ord(character) < 160 for character in name),
    "dot or blank at an end": lambda name: name != name.strip() or name.endswith("."),
    "a Windows device": lambda name: bool(DEVICE.fullmatch(name)),
    "invisible": lambda name: any(unicodedata.category(c) in {"Cf", "Cs", "Co", "Zl", "Zp"} for c in name),
    "bidirectional marks": lambda name: bool(re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", name)),
    "blank letters": lambda name: bool(re.search("[\u034f\u115f\u1160\u3164\uffa0\u2800\ufe00-\ufe0f]", name)),
    "no character": lambda name: any(ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF for c in name),
    "not composed": lambda name: not unicodedata.is_normalized("NFC", name),
    "too many bytes": lambda name: len(name.encode("utf-8", "surrogatepass")) > 255,
    "too many UTF-16 units": lambda name: len(name.encode("utf-16-le", "surrogatepass")) > 510,
}


def broken_rules(name: str) -> list[str]:
    return [rule for rule, is_broken in RULES.items() if is_broken(name)]
