"""From a lesson to its solution: every number of the film."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.numerics.loss_comparison import race, sweep
from softmax_explained.core.numerics.softmax import (
    central_differences,
    cross_entropy,
    cross_entropy_gradient,
    forward_ratios,
    jacobian,
    lacking,
    log_softmax,
    log_sum_exp,
    settling_steps,
    softmax,
    squared_error,
    squared_error_gradient,
)
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.catalogue import catalogue
from softmax_explained.core.quantities.keys import SymbolKeys, find
from softmax_explained.core.quantities.quantity import COMPUTED, Quantity

FIRST_STEP = 0.1
LIFTED = 1000.0
"""The largest score of the example that overflows: e^1000 is beyond float64, which ends at e^709."""
OVERFLOW = 700.0
"""e^700 is about 1e304; a sum of ten larger terms could overflow float64, at e^709."""


class Solution(Values):
    """The values of a lesson, and each of them as a `Quantity`, with its digits and meaning. Made by `solve`.

    `solution.a[1]` is a number, `solution["a[1]"]` the quantity.
    """

    symbol_keys: ClassVar[SymbolKeys] = SymbolKeys(
        letters={"w": "W", "y'": "ys", "epsilon": "eps"},
        derivatives={
            **{("C", "a"): "dCda", ("a", "z"): "J", ("C", "z"): "g"},
            **{("Q", "z"): "gq", ("C", "w"): "dW", ("C", "b"): "db", ("C", "x"): "dx"},
        },
        exponentials={"z": "e"},
    )

    @property
    def letters(self) -> Mapping[str, int]:
        """The class (0-based) of each index letter: t and o are the true class, i is the focus class.

        r is a third class, see `Values.r`.
        """
        return {"t": self.t, "i": self.i, "o": self.t, "r": self.r}

    @property
    def step_shows(self) -> bool:
        """Whether one step changes a digit of the true share or of the loss."""
        return any(
            self[before].text != self[after].text for before, after in (("a[t]", "a1[t]"), ("C", "C1"))
        )

    @cached_property
    def groups(self) -> Mapping[str, tuple[Quantity, ...]]:
        """Every quantity by heading, in the order of the film."""
        return catalogue(self)

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by its key, in the order of the film."""
        return MappingProxyType({each.key: each for group in self.groups.values() for each in group})

    def __getitem__(self, key: str) -> Quantity:
        """Find a quantity by its key, such as "S", "a[1]" or "J[o,i]", or raise an UnknownQuantityError.

        Indices are 0-based numbers or one of `letters`.
        """
        return find(key, self.quantities, self.letters)

    def __reduce__(self) -> tuple[Callable[[Lesson], Solution], tuple[Lesson]]:
        """Pickle only the lesson; the copy is solved again, so that its arrays are read-only too."""
        return solve, (self.lesson,)


@lru_cache(maxsize=32)
def solve(lesson: Lesson) -> Solution:
    """Compute every value of a lesson; the result is cached.

    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> solution = solve(default_lesson())
    >>> solution.a.round(3), round(solution.C, 3)
    (array([0.659, 0.242, 0.099]), 1.417)
    >>> solution["g[t]"].text
    '−0.758'
    """
    x, y, z, K = lesson.inputs, lesson.targets, lesson.z, lesson.K
    t = int(np.argmax(y))
    i = _strongest_rival(z, t)
    a, log_a = softmax(z), log_softmax(z)
    z_max = float(z.max())
    shift = z_max if abs(z_max) > OVERFLOW else 0.0
    e = read_only(np.exp(z - shift))
    gradient = cross_entropy_gradient(z, y)
    smoothed = read_only((1 - lesson.smoothing) * y + lesson.smoothing / K)
    next_z = read_only(z - lesson.learning_rate * gradient)
    steps = settling_steps(z, y, (i, t), FIRST_STEP)
    links = _links(a, lacking(z), y)
    lse = log_sum_exp(z)
    back = read_only(lesson.weights * gradient[:, np.newaxis])
    return Solution(
        lesson=lesson,
        t=t,
        i=i,
        r=_third(a, t, i),
        z=z,
        shift=shift,
        e=e,
        S=float(e.sum()),
        a=a,
        log_a=log_a,
        C=cross_entropy(z, y),
        dC_da=read_only(-y / a),
        J=jacobian(z),
        terms=read_only(links[:, i]),
        one_path=float(links[i, i]) + 0.0,
        gradient=gradient,
        central=central_differences(z, y),
        steps=steps,
        forward=forward_ratios(z, y, i, steps),
        forward_t=forward_ratios(z, y, t, steps),
        product=read_only(links.sum(axis=0)),
        smoothed=smoothed,
        smoothed_gradient=read_only(a - smoothed),
        Q=squared_error(z, y),
        Q_gradient=squared_error_gradient(z, y),
        sweep=sweep(lesson),
        race=race(lesson),
        next_z=next_z,
        next_a=softmax(next_z),
        next_C=cross_entropy(next_z, y),
        dW=read_only(np.outer(gradient, x)),
        db=read_only(gradient),
        back=back,
        dx=read_only(back.sum(axis=0)),
        z_max=z_max,
        shifted=read_only(z - z_max),
        lifted=read_only(z - z_max + LIFTED),
        lse=lse,
        yz=float(y @ z) + 0.0,
        C_lse=float(lse - y @ z),
    )


def _strongest_rival(z: Array, t: int) -> int:
    """Find the class other than t with the largest score; the first of equals."""
    rivals = np.array(z)
    rivals[t] = -np.inf
    return int(np.argmax(rivals))


def _third(a: Array, t: int, i: int) -> int:
    """Find the class other than t and i with the largest share, the first of equals; i if it shows 0.000."""
    others = np.array(a)
    others[[t, i]] = -np.inf
    third = int(np.argmax(others))
    return third if others[third] >= 0.5 * 10.0**-COMPUTED else i


def _links(a: Array, lack: Array, y: Array) -> Array:
    """Compute (∂C/∂a_j)(∂a_j/∂z_i), (K, K), row j, column i: the contribution of each path.

    −y_j/a_j times J_ji with the common factor a_j cancelled: −y_j (1 − a_i) on the direct path, y_j a_i on
    the others. Without cancelling, a share near 0 would give 0 · ∞.
    """
    per_share = np.where(np.eye(len(a), dtype=bool), lack, -a)
    return -y[:, np.newaxis] * per_share
