"""A handful of words, and pictures of them that nobody has drawn."""

import numpy as np
from numpy.typing import NDArray

from shoal.domain.seen_classes import SeenClasses, likeliest
from shoal.domain.words import WordTree, read_words

TABLE = """\
class\tword\tplural\tchinese\twider\talso\tnote
\tanimal\tanimals\t动物\t\t\t
\tdog\tdogs\t狗\tanimal\tpuppy,小狗\t
\tterrier\tterriers\t梗犬\tdog\t\t
0\tBorder terrier\tBorder terriers\t边境梗\tterrier\t\t
1\tfox terrier\tfox terriers\t猎狐梗\tterrier\t\t
2\tbeagle\tbeagles\t比格犬\tdog\t\t
\tcat\tcats\t猫\tanimal\t\t
3\tlion\tlions\t狮子\tcat\t\t
4\ttiger\ttigers\t老虎\tcat\t\t
\tfruit\tfruit\t水果\t\t\t
5\tlemon\tlemons\t柠檬\tfruit\t\t
6\tbanana\tbananas\t香蕉\tfruit\t\t
\tshop\tshops\t商店\t\t\t
7\tgrocery\tgroceries\t杂货店\tshop\tsupermarket\tbehind
"""
TREE: WordTree = read_words(TABLE)


def pictures_of(*what: dict[str, float]) -> SeenClasses:
    """One picture for each, by the probabilities of the names of classes in it."""
    rows: NDArray[np.float32] = np.zeros((len(what), TREE.class_count), np.float32)
    for row, shares in enumerate(what):
        for name, share in shares.items():
            place = TREE.find(name)
            assert place is not None
            rows[row, TREE.words[place].number] = share
    return likeliest(rows)
