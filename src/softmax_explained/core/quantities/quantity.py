"""A quantity: one value of the solution, with its displayed digits and its meaning."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy

from softmax_explained.core.arrays import Array
from softmax_explained.core.formulas.nodes import Shown
from softmax_explained.core.number_format import HUGE, format_number

COMPUTED = 3
"""Digits after the point of a computed value."""


@dataclass(frozen=True)
class Quantity:
    """One value of the solution, as it is displayed.

    The exponent is not 0 from a million on and, where 0.000 would be wrong (input data; an e^z, never 0),
    below half a unit of the last digit.

    >>> Quantity("C", sympy.Symbol("C"), 1.41727, 3, "the loss").text
    '1.417'
    """

    key: str  # its name in code and in words files, 0-based: "a[1]", "J[0,2]", "S"
    symbol: sympy.Expr  # its symbol, with 1-based indices: a_2 for "a[1]"
    value: float  # the exact value, or its mantissa if `exponent` is not 0
    decimals: int  # digits after the point
    meaning: str  # one English phrase
    exponent: int = 0  # the value is value · 10^exponent

    @property
    def text(self) -> str:
        """The digits, with a minus if negative."""
        return format_number(self.value, self.decimals, exponent=self.exponent)

    @property
    def read(self) -> float:
        """The number that the digits say.

        >>> Quantity("z[0]", sympy.Symbol("z_1"), -0.000155, 3, "a score").read
        0.0
        """
        return (round(self.value, self.decimals) + 0.0) * 10.0**self.exponent

    @property
    def shown(self) -> Any:
        """The number as a node of a formula, with these digits."""
        value = sympy.Float(f"{self.value!r}e{self.exponent}") if self.exponent else self.value
        return Shown(value, self.text, self.key)

    def finer(self) -> Quantity:
        """The quantity with one digit more after the point, for a formula whose digits give its result then.

        >>> Quantity("a[t]", sympy.Symbol("a_t"), 0.24244, 3, "the share").finer().text
        '0.2424'
        """
        return replace(self, decimals=self.decimals + 1)

    @property
    def signed(self) -> str:
        """The digits, with a plus or a minus."""
        return format_number(self.value, self.decimals, sign=True, exponent=self.exponent)


def computed(key: str, symbol: sympy.Expr, value: float, meaning: str, decimals: int = COMPUTED) -> Quantity:
    """Make a quantity from an ordinary float; only a value of a million or more gets an exponent."""
    if abs(value) < HUGE:
        return Quantity(key, symbol, float(value), decimals, meaning)
    factor, exponent = _scientific(math.log(abs(value)))
    return Quantity(key, symbol, math.copysign(factor, value), decimals, meaning, exponent)


def given(key: str, symbol: sympy.Expr, value: float, meaning: str, decimals: int) -> Quantity:
    """Make a quantity of the input data: never shown as 0 unless it is 0."""
    if value and _rounds_to_zero(value, decimals):
        exponent = int(f"{value:e}".partition("e")[2])
        factor = float(f"{value:.15e}".partition("e")[0])
        return Quantity(key, symbol, factor, fewest_decimals([factor]), meaning, exponent)
    return computed(key, symbol, value, meaning, decimals)


def entries(
    key: str,
    symbol: Callable[..., sympy.Expr],
    values: Array,
    meaning: str,
    *names: Sequence[object],
    decimals: int = COMPUTED,
    make: Callable[[str, sympy.Expr, float, str, int], Quantity] = computed,
) -> Iterator[Quantity]:
    """Make one quantity per entry of a vector or matrix.

    Args:
        key: the name of the array; entry (0, 2) of "J" gets the key "J[0,2]".
        symbol: the symbol of an entry, by its indices counted from 1; called under `evaluate(False)`.
        values: the array.
        meaning: a phrase with {} for the name of each index.
        names: for each axis, the names of its indices.
        decimals: digits after the point.
        make: `computed` or `given`.
    """
    for index, value in np.ndenumerate(values):
        with sympy.evaluate(False):
            entry = symbol(*(n + 1 for n in index))
        named = meaning.format(*(axis[n] for axis, n in zip(names, index, strict=True)))
        yield make(f"{key}[{','.join(map(str, index))}]", entry, value, named, decimals)


def of_logarithm(
    key: str,
    symbol: sympy.Expr,
    log: float,
    meaning: str,
    *,
    sign: int = 1,
    small: bool = True,
    decimals: int = COMPUTED,
) -> Quantity:
    """Make a quantity sign · e^log, of any size: e^1000 fits no float, its logarithm does.

    If `small`, a value too small for three decimals gets a power of ten instead of 0.000.
    """
    if log < math.log(HUGE) and (not small or log >= math.log(0.0005)):
        return Quantity(key, symbol, sign * math.exp(log), decimals, meaning)
    factor, exponent = _scientific(log)
    return Quantity(key, symbol, sign * factor, decimals, meaning, exponent)


def fewest_decimals(values: Iterable[float], least: int = 0, most: int = COMPUTED) -> int:
    """Count the fewest digits after the point, from `least` to `most`, that show all values exactly.

    One number for all of them, so that they align. Rounding errors are ignored (0.30000000000000004 is
    0.3), and so are values that round to 0 with `most` decimals.

    >>> fewest_decimals([0.6, 0.25]), fewest_decimals([1.0, 2.0]), fewest_decimals([1 / 3])
    (2, 0, 3)
    """
    numbers = [each for each in values if not _rounds_to_zero(each, most)]
    for decimals in range(least, most):
        if all(math.isclose(each, round(each, decimals), rel_tol=1e-12, abs_tol=1e-12) for each in numbers):
            return decimals
    return most


def _rounds_to_zero(value: float, decimals: int) -> bool:
    """Whether a value would be written as 0."""
    return abs(value) < 0.5 * 10.0**-decimals


def _scientific(log: float) -> tuple[float, int]:
    """Split e^log into a factor from 1 to 10 and a power of ten."""
    exponent = math.floor(log / math.log(10))
    return math.exp(log - exponent * math.log(10)), exponent
