"""What the film computes and proves, the colours of its symbols, and those in its dock.

>>> sorted(map(str, MATHEMATICS.letters))
['i', 'j', 'k']
"""

from __future__ import annotations

from sympy import Symbol

from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.formulas.nodes import Slash
from softmax_explained.core.formulas.symbols import i, j, k
from softmax_explained.core.solution import solve
from softmax_explained.stage.scene.film import Mathematics
from softmax_explained.stage.text.colour_roles import ColourRoles

LETTER_ROLES = {
    **dict.fromkeys(("x", "w", "b"), "x"),
    **{"z": "z", "a": "a", "p": "a", "q": "a", "y": "y", "y'": "y", "C": "C", "C'": "C", "Q": "C"},
}

QUANTITY_ROLES = {
    **dict.fromkeys(("x", "W", "b", "wx"), "x"),
    **dict.fromkeys(("z", "z1", "shifted", "z_max", "start", "lifted"), "z"),
    **dict.fromkeys(("a", "a1", "start_a"), "a"),
    **dict.fromkeys(("y", "ys"), "y"),
    **dict.fromkeys(("C", "C1", "Q", "loss_term", "dCda", "g", "gs", "gq", "fd"), "C"),
    **dict.fromkeys(("term", "onepath", "ratio", "ratio_t", "JTv", "gsum", "grest", "dW", "db"), "C"),
    **dict.fromkeys(("glen", "gqlen", "glen_sure", "gqlen_sure", "push_ce", "push_q", "back", "dx"), "C"),
}

MATHEMATICS = Mathematics(
    solve,
    SOFTMAX,
    ColourRoles(LETTER_ROLES, QUANTITY_ROLES, whole="C"),
    letters={i: "z", j: "a", k: "quiet"},  # a score, a share, and no more than a counter
    token=("steep", Slash(1, Symbol("a"))),
)
