"""S written out under its strip: a term for each piece, as many as there is room for, and the sum as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import UP, Animation, FadeIn, FadeOut, Transform, VGroup, VMobject
from sympy import Eq, Expr, Integer, evaluate, exp

from softmax_explained.core.formulas.nodes import Dots
from softmax_explained.core.formulas.symbols import S, exp_sum, z
from softmax_explained.scenes.softmax.path_functions import height_first
from softmax_explained.stage import Formula, Region, Strip, glow, line, point, rest_of, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.label_layout import spread

MOST, MOST_NARROW = (
    5,
    3,
)  # most terms of a sum that is written without dots, in a landscape frame and in others
BELOW = 0.28  # Manim units from the strip down to the terms that are still under their pieces
APART = 0.15  # Manim units between two of them
LEADER, CLEAR = 0.4, 0.06  # Manim units that a leader goes down
GLOW = 0.1  # Manim units around a term that is lit


def terms_shown(K: int, i: int, most: int) -> list[int]:
    """The classes whose terms are written: all, or the first, the focus class and the last.

    >>> terms_shown(3, 0, 5), terms_shown(10, 4, 5), terms_shown(6, 0, 5)
    ([0, 1, 2], [0, 4, 9], [0, 5])
    """
    return list(range(K)) if most >= K else sorted({0, i, K - 1})


def written_out(classes: Sequence[int]) -> Expr:
    """The sum of e^z_k of some classes, with dots where classes are left out."""
    with evaluate(False):
        total, before = term(classes[0]), classes[0]
        for k in classes[1:]:
            total = (total if before == k - 1 else total + Dots()) + term(k)
            before = k
    return total


def term(k: int) -> Expr:
    """The term e^z of class `k`, counted from 0."""
    with evaluate(False):
        return exp(z[Integer(k + 1)])


class PieceTerms(VGroup):
    """Terms under the pieces of a strip, with a leader where a piece is narrower than its term.

    A term that would stand too far from its piece is left out; that of the focus class, and those of longer
    pieces, come first.

    Args:
        terms: by class, in order.
        strip: of the pieces.
        focus: the focus class.

    Attributes:
        written: the terms, by class.
        leaders: the lines from narrow pieces to their terms.
    """

    def __init__(self, terms: Mapping[int, VMobject], strip: Strip, focus: int) -> None:
        places = {k: strip.middle(k) for k in terms}
        self.written = dict[int, VMobject]()
        for k in sorted(terms, key=lambda k: (k != focus, -strip.lengths[k])):
            together = {n: terms[n] for n in terms if n == k or n in self.written}
            spread(together, places, strip.left, strip.right, gap=APART)
            # no leader is flatter than 45°
            if all(abs(each.get_x() - places[n]) <= LEADER + 1e-6 for n, each in together.items()):
                self.written = together
        spread(self.written, places, strip.left, strip.right, gap=APART)
        widths = {k: end - start for k, (start, end) in enumerate(strip.spans)}
        narrow = [k for k, each in self.written.items() if widths[k] < each.width]
        top = strip.bottom - BELOW - (LEADER if narrow else 0.0)
        for each in self.written.values():
            each.set_fill(opacity=1).shift((top - each.get_top()[1]) * UP)
        self.leaders = VGroup(
            *[
                line(
                    point(places[k], strip.bottom - CLEAR), point(float(self.written[k].get_x()), top + CLEAR)
                )
                for k in narrow
            ]
        )
        super().__init__(*self.written.values(), *self.leaders)


class SumLine(Formula):
    """S = e^z_1 + … + e^z_K = Σ_k e^z_k.

    Args:
        K: number of classes.
        i: the focus class.
        stage: whose width it has; it is broken into two lines if it is longer.

    Attributes:
        classes: whose terms are written, counted from 0.
    """

    def __init__(self, K: int, i: int, stage: Region) -> None:
        self._focus = i
        self.classes = terms_shown(K, i, MOST if stage.is_landscape else MOST_NARROW)
        with evaluate(False):
            super().__init__(Eq(Eq(S, written_out(self.classes)), exp_sum))
        room = stage.width - 2 * GLOW  # its first and its last term can be lit
        if self.width > room:
            self.break_to_fit(room * style().size("least_formula") / self.em)
            self.scale(min(1.0, room / self.width))

    def piece_terms(self, strip: Strip) -> PieceTerms:
        """Copies of the terms under their pieces."""
        return PieceTerms({k: self.find(term(k)).copy() for k in self.classes}, strip, self._focus)

    def gather(self, terms: PieceTerms) -> list[Animation]:
        """Let the terms under their pieces move together into the line, which is whole then.

        Those of a second line go down first, so that they do not cross those of the first.
        """
        goals = {k: self.find(term(k)).copy() for k in terms.written}
        first = max(float(self.find(term(k)).get_y()) for k in self.classes)
        moves: list[Animation] = [FadeOut(leader, rate_func=early) for leader in terms.leaders]
        for k, goal in goals.items():
            is_below = float(goal.get_y()) < first - goal.height / 2
            moves.append(Transform(terms.written[k], goal, path_func=height_first if is_below else None))
        return [*moves, FadeIn(rest_of(self, *map(term, goals)), rate_func=late)]

    def light(self, *classes: int) -> VGroup:
        """A glow behind the terms of some classes; those that are not written have none."""
        lit = [k for k in classes if k in self.classes]
        return VGroup(*[glow(self.find(term(k)), margin=GLOW) for k in lit])
