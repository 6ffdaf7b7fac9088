"""The labels at a number line of scores: the scores themselves, ln S and the average score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Line, Transform, VGroup, VMobject
from sympy import Expr, evaluate, log

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import S, a, dz, i, y
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.practice.score_line import ScoreLine
from softmax_explained.stage import Formula, Readout, Region, line, point
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import TypesetText

LABELS = 0.6  # Manim units from the line down to the labels
LABELLED = 5  # up to this many classes every dot has a label
BETWEEN = 0.3  # Manim units between two labels
UNDER, OVER = (-0.22, -0.52), (0.22, 0.44)  # Manim units from the line up to both ends of a leader
STEEP = 0.85  # slope of a leader at least: about 40°
FOOT, BESIDE = 0.62, 0.2  # Manim units from the line up to a label over it, and from its name to its number
SIZES = "label", "least"  # of the numbers; the first with which all labels fit
LOG, MEAN = -1, -2  # the labels that are no class

with evaluate(False):
    LOG_S = log(S)
    RISE_OF_LOG, RISE_OF_AVERAGE = a[i] * dz, y[i] * dz


class GapLabels(VGroup):
    """Names with their scores, ln S, and the average score where the targets are soft, each with its leader.

    They stand below the line; that of the lower end of the gap is over it where a leader would be too flat
    otherwise. Where not all fit, of the scores only those of t and i have a label, or with soft targets only
    that of i, in smaller numbers. They stand once `stand_at` has been told where the line is.

    Args:
        chapter: gives numbers and names.
        scores: the line.
        ends: the x of the lower end of the gap and of ln S.
        average: the average score.
        region: of everything on the line, as wide as the labels may be.
        step: how far the score z_i is nudged, in Manim units.

    Attributes:
        deep: Manim units from the line down to the foot of the labels, before the nudge and after it.
        of_scores: the labels without that of the average score.
        of_average: that label, or nothing.
    """

    def __init__(
        self,
        chapter: Chapter,
        scores: ScoreLine,
        ends: tuple[float, float],
        average: float,
        region: Region,
        *,
        step: float,
    ) -> None:
        self._solution, self._region, self._line = chapter.solution, region, scores
        self._ends, self._average, self._y = ends, average, region.y
        self._steps = self._all_steps(step)
        self._above: int | None = None
        self._written = self._fitting(chapter)
        below = [self._height(k, block) for k, block in self._written.items() if k != self._above]
        self.deep = LABELS + max(below)
        self.of_scores, self.of_average = list[VGroup](), list[VGroup]()
        super().__init__()

    @property
    def lowest(self) -> int:
        """The label of the lower end of the gap."""
        return MEAN if self._solution.is_soft else self._solution.t

    def stand_at(self, y: float) -> None:
        """Stand at a line, each as near to its place as the others allow."""
        self._y = y
        for k, leader in self._stand(self._written).items():
            label = VGroup(leader, self._written[k])
            self.add(label)
            (self.of_average if k == MEAN else self.of_scores).append(label)

    def follow(self) -> list[Animation]:
        """The animations of the labels: they go along, and what is added takes the place of the number.

        Where the gap ends at the average score, the labels that nothing is added to leave.
        """
        old = dict(zip(self._written, members(self, VGroup), strict=True))
        blocks = self._nudged(self._written)
        leaders = self._stand(blocks, nudged=True)
        moves: list[Animation] = [FadeOut(old[k], rate_func=early) for k in old if k not in blocks]
        for k, block in blocks.items():
            leader, before = old[k]
            moves.append(Transform(leader, leaders[k]))
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
        best, chosen = -np.inf, dict[int, VGroup]()
        for (classes, size), above in product([*wanted, *product(fewer, SIZES)], (None, self.lowest)):
            self._above = above
            blocks = self._blocks(chapter, classes, size)
            steepness = self._steepness(blocks)
            if steepness > best + 1e-6:
                best, chosen, kept = steepness, blocks, above
            if best >= STEEP:
                break
        self._above = kept
        return chosen

    def _steepness(self, blocks: dict[int, VGroup]) -> float:
        """The slope of the flattest leader before and after the nudge; below 0 if labels have no room."""
        after = self._nudged(blocks)
        leaders = [*self._stand(after, nudged=True).values(), *self._stand(blocks).values()]
        left = min(float(block.get_left()[0]) for block in (*blocks.values(), *after.values()))
        beyond = self._region.left - left
        return -beyond if beyond > 1e-6 else min(float(each.height / (each.width + 1e-6)) for each in leaders)

    def _nudged(self, blocks: Mapping[int, VGroup]) -> dict[int, VGroup]:
        """Copies of the labels that stay after the nudge, with what is added in place of the number."""
        after = dict[int, VGroup]()
        for k, block in blocks.items():
            if k in self._added:
                after[k] = block.copy()
                after[k].remove(after[k][-1]).add(self._in_place_of(block[-1], k, self._added[k].copy()))
            elif not self._solution.is_soft:  # else its dot is in the way of the average
                after[k] = block.copy()
        return after

    def _in_place_of(self, number: VMobject, k: int, added: VGroup) -> VGroup:
        """Put what is added to a number in its place: under the name, or after it over the line."""
        if k == self._above:
            baseline = members(added, TypesetText)[-1].baseline
            added.align_to(number, LEFT).shift((float(number.get_bottom()[1]) - baseline) * UP)
        else:
            added.move_to(number).align_to(number, UP)
        return added

    def _stand(self, blocks: Mapping[int, VGroup], *, nudged: bool = False) -> dict[int, Line]:
        """Put labels at the line, each as near to its place as the others allow, and draw their leaders."""
        sol, (bottom, top) = self._solution, self._ends
        places = {LOG: top, MEAN: bottom} | {k: self._line.x(float(sol.z[k])) for k in range(sol.K)}
        if nudged:
            places = {k: x + self._steps.get(k, 0.0) for k, x in places.items()}
        for above in (False, True):
            row = {k: block for k, block in blocks.items() if (k == self._above) is above}
            _spread_evenly(row, places, self._region)
            for block in row.values():
                if above:
                    name = members(block, TypesetText)[0]
                    block.shift((self._y + FOOT - name.baseline) * UP)
                else:
                    block.align_to(point(0, self._y - LABELS), UP)
        return {k: self._leader(k, places[k], block) for k, block in blocks.items()}

    def _height(self, k: int, block: VGroup) -> float:
        """The height that a label needs, before the nudge and after it."""
        number = float(block[-1].height)
        return float(block.height) - number + max(number, _extent(self._added, k))

    def _leader(self, k: int, x: float, block: VGroup) -> Line:
        """The line from a place on the line to the nearest place of its label."""
        part, (start, end) = (block, OVER) if k == self._above else (block[0], UNDER)
        near = float(np.clip(x, part.get_left()[0], part.get_right()[0]))
        return line(point(x, self._y + start), point(near, self._y + end))

    def _all_steps(self, step: float) -> dict[int, float]:
        """By label, how far its place moves when z_i is nudged by a step, in Manim units."""
        sol = self._solution
        share, target = float(sol.a[sol.i]), float(sol.lesson.targets[sol.i])
        return {LOG: share * step, self.lowest: target * step} | {sol.i: step}

    def _additions(self) -> dict[int, VGroup]:
        """By label, what the nudge of z_i adds to its number."""
        sol = self._solution
        target: Expr = RISE_OF_AVERAGE
        if not sol.is_soft and sol.i != sol.t:  # the true score stays where it is
            with evaluate(False):
                target = sol[f"y[{sol.i}]"].shown * dz
        added = {LOG: RISE_OF_LOG, self.lowest: target} | {sol.i: dz}
        return {k: _plus(each) for k, each in added.items()}

    def _blocks(self, chapter: Chapter, classes: Iterable[int], size: str) -> dict[int, VGroup]:
        """A label for some classes, for ln S and for the average score, in the order of the line."""
        sol = chapter.solution
        at = {k: float(sol.z[k]) for k in classes} | {LOG: float("inf")}
        if sol.is_soft:
            at[MEAN] = self._average
        room = self._region.width / len(at) - BETWEEN
        blocks = {}
        # of equal scores z_i is the one to move on
        for k in sorted(at, key=lambda k: (at[k], k == sol.i, k)):
            head, key = self._head(chapter, k, room)
            number = Readout(chapter.quantity(key), size=size, colour={LOG: "ink", MEAN: "y"}.get(k, "z"))
            if k == self._above:
                number.next_to(head, RIGHT, buff=BESIDE).stand_on(head.baseline)
            else:
                number.next_to(head, DOWN, buff=0.16)
            blocks[k] = VGroup(head, number)
        return blocks

    def _head(self, chapter: Chapter, k: int, room: float) -> tuple[TypesetText, str]:
        """What is written over the number of a label, and the key of the number."""
        if k == LOG:
            return Formula(LOG_S), "lse"
        if k == MEAN:
            return chapter.label("average", size="body", colour="y").fit_width(room, lines=1), "yz"
        return chapter.class_name(k, size="body", quoted=True).fit_width(room, lines=1), f"z[{k}]"


def _plus(added: Expr) -> VGroup:
    """A plus sign and what is added, on one baseline."""
    term = Formula(added, size="least_formula")
    sign = Formula(Word("+"), size="least_formula")
    return VGroup(sign.next_to(term, LEFT, buff=0.1).stand_on(term.baseline), term)


def _extent(added: Mapping[int, VGroup], k: int) -> float:
    """The height of what is added to a label, zero for a label that stays as it is."""
    return float(added[k].height) if k in added else 0.0


def _spread_evenly(row: dict[int, VGroup], places: Mapping[int, float], region: Region) -> None:
    """Move labels sideways so that they do not overlap, those of near places to both sides alike."""
    spread(row, places, region.left, region.right, gap=BETWEEN)
    pushed_right = {k: float(block.get_x()) for k, block in row.items()}
    mirrored = {k: -x for k, x in places.items()}
    spread({k: row[k] for k in reversed(row)}, mirrored, -region.right, -region.left, gap=BETWEEN)
    for k, block in row.items():
        block.set_x((pushed_right[k] - float(block.get_x())) / 2)
