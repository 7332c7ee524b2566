"""What the program says to people, with template and values side by side until it is shown.

`Sentence("{path} cannot be read ({reason}).", path=path, reason=reason)` is an English text like any other, so that
the command line, JSON and logs use it as it is. The window looks the template up in its language and fills the values
in afterwards, each of which may be a Sentence itself. `make translations` collects the templates, so the first
argument is always written out as one literal.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Value = str | int | float
Translate = Callable[[str, int], str]
"""A template and how many things it speaks of (-1: no plural) in, the template in the user's language out."""

_PLACE = re.compile(r"\{(\w+)\}|%(n)")
_PLURAL = re.compile(r"\(s\)")
_STORED = '{"sentence":'


class Sentence(str):
    """A text that remembers what it was made of.

    `{name}` in the template is filled in with the value of that name; other braces are text. The value `n` also
    fills in `%n` and chooses the plural: "%n picture(s)" is "1 picture", "2 pictures".
    """

    template: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        kept = {name: _plain(value) for name, value in values.items()}
        sentence = super().__new__(cls, _filled(_in_english(template, _count(kept)), kept))
        sentence.template, sentence.values = template, kept
        return sentence

    def told(self, translate: Translate) -> str:
        """The sentence in another language, its values that are sentences as well."""
        values = {
            name: value.told(translate) if isinstance(value, Sentence) else value for name, value in self.values.items()
        }
        count = _count(values)
        translated = translate(self.template, count)
        if translated == self.template.replace("%n", str(count)):  # nobody has translated it
            translated = _in_english(self.template, count)
        return _filled(translated, values)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Value]]:
        """Sentences cross process boundaries whole."""
        return (self.template,), dict(self.values)


def verbatim(text: object) -> Sentence:
    """A name, number or path that is the same in every language."""
    return Sentence("{text}", text=text)


def reason_of(error: BaseException) -> Sentence:
    """What an error says: the sentence that it was raised with, or whatever a library put into it."""
    said = error.args[0] if error.args else ""
    if isinstance(said, Sentence):
        return said
    return verbatim((error.strerror if isinstance(error, OSError) else "") or error)


def to_stored(text: str) -> str:
    """A text for a file, from which `from_stored` makes an equal one that can still be translated."""
    return json.dumps(_parts(text)) if isinstance(text, Sentence) and text.values else str(text)


def from_stored(text: str) -> Sentence:
    """What was stored by `to_stored`, or as plain English by versions that knew no sentences."""
    if not text.startswith(_STORED):
        return Sentence(text)
    try:
        return _made(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Sentence(text)


def _parts(value: Value) -> Any:
    if not isinstance(value, Sentence):
        return value
    return {"sentence": value.template, "values": {name: _parts(part) for name, part in value.values.items()}}


def _made(parts: Any) -> Sentence:
    values = {str(name): _made(value) if isinstance(value, dict) else value for name, value in parts["values"].items()}
    return Sentence(str(parts["sentence"]), **values)


def _plain(value: object) -> Value:
    return value if isinstance(value, Value) else str(value)


def _count(values: Mapping[str, Value]) -> int:
    count = values.get("n", -1)
    return count if isinstance(count, int) else -1


def _in_english(template: str, count: int) -> str:
    return template if count < 0 else _PLURAL.sub("" if count == 1 else "s", template)


def _filled(template: str, values: Mapping[str, Value]) -> str:
    return _PLACE.sub(lambda place: str(values.get(place[1] or place[2], place[0])), template)


NOTHING = Sentence("")
"""For what need not be said."""
