"""Every derivation of the film, by name, and the theory they are proved in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Eq

from softmax_explained.core.derivations.derivation import TARGETS_SUM_TO_ONE, Derivation
from softmax_explained.core.derivations.extensions import EXTENSIONS
from softmax_explained.core.derivations.gradient import GRADIENT
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.links import LINKS
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.symbols import DEFINITIONS, RANGES, K, M, i, j, k, m, sum_over, y
from softmax_explained.core.numerics.softmax import cross_entropy, softmax, squared_error

#: In the order the film needs them.
DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {one.name: one for one in (*LINKS, *GRADIENT, *EXTENSIONS)}
)

#: Linear neurons, softmax, cross-entropy and squared error.
SOFTMAX = Theory(
    name="softmax",
    ranges=RANGES,
    definitions=DEFINITIONS,
    variables=frozenset({"a", "z", "w", "b", "x", "dz"}),
    indices={i: K, j: K, k: K, m: M},
    facts={TARGETS_SUM_TO_ONE: Eq(sum_over(y[k], k), 1, evaluate=False)},
    reference={
        "a": (("z",), softmax),
        "C": (("z", "y"), cross_entropy),
        "Q": (("z", "y"), squared_error),
    },
    derivations=DERIVATIONS,
    identities=IDENTITIES,
)
