"""Softmax passes on at most half of a vector: ‖J v‖ ≤ ½ ‖v‖ for J = diag(a) − a aᵀ and every v.

The two quadratic forms of J are sums of squares: vᵀ J v = ½ Σ_j Σ_k a_j a_k (v_j − v_k)², the variance of v
under the shares, and ½ ‖v‖² − vᵀ J v = 2 Σ_j (a_j − ½)² v_j² + ½ Σ_j Σ_(k≠j) a_j a_k (v_j + v_k)². So no
eigenvalue of J is below 0 or above ½ (D. Böhning, "Multinomial logistic regression algorithm", 1992). For
lengths, with u = J v and any symmetric J,

    ¼ ‖v‖² − ‖J v‖² = ½ (½ ‖v‖² − vᵀ J v) + 2 (½ ‖u‖² − uᵀ J u) + 2 (½ v − u)ᵀ J (½ v − u).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Le, Rational, Symbol, evaluate

from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.formulas.nodes import Norm, SumNot
from softmax_explained.core.formulas.symbols import J, K, a, any_v, j, k, sum_over, vector_v

Entries = Callable[[Any], Any]
"""The entry of a vector at an index."""
half, inner = Rational(1, 2), Symbol("l", integer=True, positive=True)


def variance(v: Entries) -> Any:
    """Give vᵀ J v as a sum of squares."""
    return half * sum_over(sum_over(a[j] * a[k] * (v(j) - v(k)) ** 2, k), j)


def room(v: Entries) -> Any:
    """Give ½ ‖v‖² − vᵀ J v as a sum of squares."""
    own = sum_over((a[j] - half) ** 2 * v(j) ** 2, j)
    return 2 * own + half * sum_over(SumNot(a[j] * a[k] * (v(j) + v(k)) ** 2, k, j, 1, K), j)


def passed(at: Any) -> Any:
    """Give an entry of J v, written out."""
    return a[at] * (any_v[at] - sum_over(a[inner] * any_v[inner], inner))


with evaluate(False):
    HALF = Identity(
        "half",
        Le(Norm(J * vector_v), half * Norm(vector_v)),
        margin=half * room(lambda at: any_v[at])
        + 2 * room(passed)
        + 2 * variance(lambda at: half * any_v[at] - passed(at)),
    )
