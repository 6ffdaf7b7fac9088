"""Finding a quantity by its key, or similar keys if there is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.errors import UnknownQuantityError

_INDEXED = re.compile(r"(?P<name>\w+)\[(?P<indices>[^\[\]]*)\]")


def find(key: str, quantities: Mapping[str, Quantity], letters: Mapping[str, int]) -> Quantity:
    """Find the quantity of a key, whose indices may be letters that stand for classes.

    Args:
        key: such as "S", "a[1]" or "J[o,i]".
        quantities: all quantities by key.
        letters: the class (0-based) that each letter stands for.

    Raises:
        UnknownQuantityError: there is none; lists up to five similar keys.
    """
    plain = _without_letters(key, letters)
    found = quantities.get(plain)
    if found is not None:
        return found
    same = [each for each in quantities if _name(each) == _name(plain)]
    near = same or difflib.get_close_matches(plain, quantities, n=5, cutoff=0.5) or list(quantities)
    classes = ", ".join(f"{letter} is {number}" for letter, number in letters.items())
    counting = f"indices count from 0, and the letters stand for classes ({classes})"
    raise UnknownQuantityError(
        f"there is no quantity {key!r}", hint=f"similar keys: {', '.join(near[:5])}; {counting}"
    )


def _name(key: str) -> str:
    return key.partition("[")[0].lower()


def _without_letters(key: str, letters: Mapping[str, int]) -> str:
    parts = _INDEXED.fullmatch(key)
    if parts is None:
        return key
    indices = (index.strip() for index in parts["indices"].split(","))
    return f"{parts['name']}[{','.join(str(letters.get(index, index)) for index in indices)}]"
