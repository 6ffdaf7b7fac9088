"""The labels below a number line of scores: the scores themselves, ln S and the average score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from manim import DOWN, LEFT, UP, Animation, FadeIn, FadeOut, Line, Transform, VGroup, VMobject
from sympy import Expr, Symbol, evaluate, log

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import S, a, i, y
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.practice.score_line import ScoreLine
from softmax_explained.stage import Formula, Readout, Region, line, point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import TypesetText

LABELS = 0.55  # Manim units from the line down to the labels
LABELLED = 5  # up to this many classes every dot has a label
BETWEEN = 0.4  # Manim units between two labels
SIZES = "label", "least"  # of the numbers; the first with which all labels fit
LOG, MEAN = -1, -2  # the labels that are no class

DZ = Symbol("dz")
with evaluate(False):
    LOG_S = log(S)
    RISE_OF_LOG, RISE_OF_AVERAGE = a[i] * DZ, y[i] * DZ


class GapLabels(VGroup):
    """Names with their scores, ln S, and the average score where the targets are soft, each with its leader.

    Where not all fit side by side, of the scores only those of t and i have a label, or with soft targets
    only that of i, in smaller numbers. They stand once `stand_under` has been told where the line is.

    Args:
        chapter: gives numbers and names.
        scores: the line.
        ends: the x of the lower end of the gap and of ln S.
        average: the average score.
        region: of everything on the line, as wide as the labels may be.

    Attributes:
        deep: Manim units from the line down to the foot of the labels, before the nudge and after it.
        of_scores: the labels without that of the average score.
        of_average: that label, or nothing.
    """

    def __init__(
        self, chapter: Chapter, scores: ScoreLine, ends: tuple[float, float], average: float, region: Region
    ) -> None:
        self._solution, self._region, self._line = chapter.solution, region, scores
        self._ends, self._average = ends, average
        self._written = self._fitting(chapter)
        self.deep = LABELS + max(self._height(k, block) for k, block in self._written.items())
        self.of_scores, self.of_average = list[VGroup](), list[VGroup]()
        super().__init__()

    @property
    def lowest(self) -> int:
        """The label of the lower end of the gap."""
        return MEAN if self._solution.is_soft else self._solution.t

    def stand_under(self, y: float) -> None:
        """Stand below a line, each as near to its place as the others allow."""
        sol, (bottom, top) = self._solution, self._ends
        self._y, blocks = y, self._written
        places = {LOG: top, MEAN: bottom} | {k: self._line.x(float(sol.z[k])) for k in range(sol.K)}
        self._places = {k: places[k] for k in blocks}
        spread(blocks, places, self._region.left, self._region.right, gap=BETWEEN)
        for k, block in blocks.items():
            block.align_to(point(0, y - LABELS), UP)
            label = VGroup(self._leader(places[k], block), block)
            self.add(label)
            (self.of_average if k == MEAN else self.of_scores).append(label)

    def follow(self, steps: Mapping[int, float]) -> list[Animation]:
        """The animations of the labels: they go along, and what is added takes the place of the number.

        Where the gap ends at the average score, the labels that nothing is added to leave.
        """
        old = dict(zip(self._written, members(self, VGroup), strict=True))
        blocks = {k: label[1].copy() for k, label in old.items()}
        for k, added in self._added.items():
            number = blocks[k][-1]
            blocks[k].remove(number)
            blocks[k].add(added.move_to(number).align_to(number, UP))
        places = {k: x + steps.get(k, 0.0) for k, x in self._places.items()}
        spread(blocks, places, self._region.left, self._region.right, gap=BETWEEN)
        moves: list[Animation] = []
        for k, block in blocks.items():
            leader, before = old[k]
            if self._solution.is_soft and k not in self._added:  # their dots are in the way of the average
                moves.append(FadeOut(old[k], rate_func=early))
                continue
            moves.append(Transform(leader, self._leader(places[k], block)))
            kept = -1 if k in self._added else len(before)
            parts = zip(before[:kept], block[:kept], strict=True)
            moves += [Transform(part, there) for part, there in parts]
            if k in self._added:
                moves += [FadeOut(before[-1], rate_func=early), FadeIn(block[-1], rate_func=late)]
        return moves

    def _fitting(self, chapter: Chapter) -> dict[int, VGroup]:
        """The labels for which there is room: of all classes, or of t and i only, or of i only."""
        sol = chapter.solution
        self._added = self._additions()
        shown = [k for k in range(sol.K) if self._line.shows(float(sol.z[k]))]
        wanted = [(shown, SIZES[0])] if sol.K <= LABELLED else []
        # the lower end of the gap has a label: with soft targets that is not the score of t
        fewer = [{sol.t, sol.i}, {sol.i}] if sol.is_soft else [{sol.t, sol.i}]
        for classes, size in [*wanted, *product(fewer, SIZES)]:
            blocks = self._blocks(chapter, classes, size)
            if self._width(blocks) <= self._region.width:
                break
        return blocks

    def _width(self, blocks: dict[int, VGroup]) -> float:
        """The width that labels need side by side, before the nudge and after it."""
        return (
            sum(max(float(block.width), _extent(self._added, k)[0]) + BETWEEN for k, block in blocks.items())
            - BETWEEN
        )

    def _height(self, k: int, block: VGroup) -> float:
        """The height that a label needs, before the nudge and after it."""
        number = float(block[-1].height)
        return float(block.height) - number + max(number, _extent(self._added, k)[1])

    def _leader(self, x: float, block: VMobject) -> Line:
        """The line from a place on the line down to its label."""
        return line(point(x, self._y - 0.24), point(float(block.get_x()), self._y - 0.47))

    def _additions(self) -> dict[int, VGroup]:
        """By label, what the nudge of z_i adds to its number."""
        sol = self._solution
        target: Expr = RISE_OF_AVERAGE
        if not sol.is_soft and sol.i != sol.t:  # the true score stays where it is
            with evaluate(False):
                target = sol[f"y[{sol.i}]"].shown * DZ
        added = {LOG: RISE_OF_LOG, self.lowest: target} | {sol.i: DZ}
        return {k: _plus(each) for k, each in added.items()}

    def _blocks(self, chapter: Chapter, classes: Iterable[int], size: str) -> dict[int, VGroup]:
        """A label for some classes, for ln S and for the average score, in the order of the line."""
        sol = chapter.solution
        at = {k: float(sol.z[k]) for k in classes} | {LOG: float("inf")}
        if sol.is_soft:
            at[MEAN] = self._average
        room = self._region.width / len(at) - BETWEEN
        blocks = {}
        for k in sorted(
            at, key=lambda k: (at[k], k == sol.i, k)
        ):  # of equal scores z_i is the one to move on
            head, key = self._head(chapter, k, room)
            number = Readout(chapter.quantity(key), size=size, colour={LOG: "ink", MEAN: "y"}.get(k, "z"))
            blocks[k] = VGroup(head, number.next_to(head, DOWN, buff=0.16))
        return blocks

    def _head(self, chapter: Chapter, k: int, room: float) -> tuple[TypesetText, str]:
        """What is written over the number of a label, and the key of the number."""
        if k == LOG:
            return Formula(LOG_S), "lse"
        if k == MEAN:
            return chapter.label("average", size="body", colour="y").fit_width(room, lines=1), "yz"
        return chapter.class_name(k, size="body").fit_width(room, lines=1), f"z[{k}]"


def _plus(added: Expr) -> VGroup:
    """A plus sign and what is added, on one baseline."""
    term = Formula(added, size="least_formula")
    sign = Formula(Word("+"), size="least_formula")
    return VGroup(sign.next_to(term, LEFT, buff=0.1).stand_on(term.baseline), term)


def _extent(added: Mapping[int, VGroup], k: int) -> tuple[float, float]:
    """The width and the height of what is added to a label, zero for a label that stays as it is."""
    return (float(added[k].width), float(added[k].height)) if k in added else (0.0, 0.0)
