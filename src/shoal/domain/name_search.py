"""Which of many names somebody means who has typed a few letters."""

import unicodedata
from collections.abc import Sequence

_NO_MATCH = 9


def found_names(typed: str, names: Sequence[str]) -> list[int]:
    """The places of the names that may be meant, the likeliest first, equally likely ones in the order they came in.

    First the name itself, then those that begin so, those of which a word does, those that contain it, and those that
    have the letters in this order. Case and marks over letters do not count. Nothing typed finds all.
    """
    letters = _plain(typed.strip())
    if not letters:
        return list(range(len(names)))
    fits = [_how_well(letters, _plain(name)) for name in names]
    return sorted((place for place, fit in enumerate(fits) if fit < _NO_MATCH), key=lambda place: fits[place])


def same_name(typed: str, name: str) -> bool:
    return _plain(" ".join(typed.split())) == _plain(name)


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _how_well(typed: str, name: str) -> int:
    """From 0, the very name, to what is no match."""
    place = name.find(typed)
    if place == 0:
        return 0 if len(name) == len(typed) else 1
    if place > 0:
        begins_word = any(not name[at - 1].isalnum() for at in _places(typed, name, place))
        return 2 if begins_word else 3
    letters = iter(name)
    return 4 if all(letter in letters for letter in typed) else _NO_MATCH


def _places(typed: str, name: str, first: int) -> list[int]:
    places = [first]
    while (place := name.find(typed, places[-1] + 1)) > 0:
        places.append(place)
    return places
