"""The words that ship with the program, for networks that know the classes of ImageNet-1k."""

import logging
from functools import cache

from shoal.domain.words import WordTree, read_words
from shoal.files.shipped import resource

WORDS = "words.tsv"
log = logging.getLogger(__name__)


@cache
def known_words() -> WordTree | None:
    """Read once; None in a copy that came without them."""
    file = resource(WORDS)
    if file is None:
        log.info("%s is not in this copy: clusters get numbers, and no words are found", WORDS)
        return None
    return read_words(file.read_text(encoding="utf-8"))
