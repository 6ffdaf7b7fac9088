"""The loss as a gap on a number line: from the true score, or the targets' average score, up to ln S."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Line,
    Transform,
    VGroup,
)
from sympy import Expr, Symbol, evaluate, log

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import C, S, a, i, y
from softmax_explained.scenes.practice.score_line import ScoreLine
from softmax_explained.stage import Box, Chapter, Formula, Readout, Region, line, point, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import TypesetText

FREE = 0.6  # Manim units of the line that stay free at the left and the right
LABELS, GAP, FOOT = 0.55, 1.08, 0.1  # Manim units from the line: down to labels, up to the gap; of its ends
OVER_GAP = 0.9  # Manim units from the gap up to the top of what is written over it
NUDGE = 0.5  # dz in scores at most: below 1 the nudged score stays below ln S, since −ln a_i ≥ 1 − a_i
CLOSEST, PART = 0.25, 0.8  # dz is at most this part of the way to a score that is at least so far above z_i
SEEN = 0.06  # Manim units below which a step cannot be seen and is not drawn
SLANT = 0.08  # Manim units: half the width of the hole in a broken line
LIFT = 0.2  # Manim units from the line up to the ways of its marks, which leave that of the dot free
LABELLED = 5  # up to this many classes every dot has a label
LEAST_GAP = 0.1  # Manim units: a gap is not drawn shorter than this
RADIUS = 0.13  # of a dot
BETWEEN = 0.4  # Manim units between two labels
LOG, MEAN = -1, -2  # the labels that are no class

DZ = Symbol("dz")
with evaluate(False):
    LOG_S = log(S)
    CHANGE = C + (a[i] - y[i]) * DZ
    RISE_OF_LOG, RISE_OF_AVERAGE = a[i] * DZ, y[i] * DZ


class ScoreGap(VGroup):
    """A number line of the scores with the mark ln S; the gap up to that mark is the loss.

    The line has one scale. Where dz would be too short to be seen in it, the line is broken: it keeps the
    places of ln S, of z_i and of the lower end, and leaves out what lies between and below them. Scores that
    are left out have no dot to be seen.

    Where the gap would be too short to be seen, as for a network that is right and sure, it is drawn just
    long enough; its number says how long it is.

    Args:
        chapter: gives numbers and names.
        region: of the line, its labels below and the gap above it.

    Attributes:
        axis: the line.
        breaks: the marks where the line is broken.
        dots: K dots, blue.
        dz: the nudge of z_i that is drawn, in scores.
        labels: below the line; of t and i only where there are many classes.
        mark: of ln S.
        lower: the mark of the lower end, where that is not a score; empty for one-hot targets.
        average: that mark with its label, which come with the gap.
        gap: the bracket, with the loss above it.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        self._solution, self._region = sol, region
        low, high = (float(sol[key].value * 10.0 ** sol[key].exponent) for key in ("yz", "lse"))
        self.dz = self._nudge()
        self._line = ScoreLine.around(
            (low, float(sol.z[sol.i]), high), sol.z, self.dz, region.inset(x=FREE), FREE
        )
        self._ends = low, high
        self.step = self.dz * self._line.unit
        self.top_x = self.x(high)
        self.bottom_x = min(self.x(low), self.top_x - LEAST_GAP)
        blocks = self._fitting(chapter)
        below = LABELS + max(self._height(k, block) for k, block in blocks.items())
        self.y = region.bottom + below + max(0.0, region.height - below - GAP - OVER_GAP) / 2
        self.axis = line(point(region.left, self.y), point(region.right, self.y), width="line")
        self.dots = VGroup(*[Dot(point(self.x(z), self.y), radius=RADIUS) for z in sol.z])
        self.dots.set_color(style().colour("z"))
        for value, dot in zip(sol.z, self.dots, strict=True):
            dot.set_opacity(float(self._line.shows(float(value))))
        self.breaks = VGroup(*[self._broken(x, self.y) for x in self._line.breaks])
        self.mark = self._tick(self.top_x, "ink")
        self.lower = self._tick(self.bottom_x, "y") if sol.is_soft else VGroup()
        self.labels = self._labels(blocks)
        self.gap, self.loss = self._gap(chapter)
        self.average = VGroup(
            *self.lower, *[each for k, each in zip(blocks, self.labels, strict=True) if k == MEAN]
        )
        first = [each for k, each in zip(blocks, self.labels, strict=True) if k != MEAN]
        super().__init__(self.axis, self.breaks, self.dots, *first, self.mark)

    def x(self, value: float) -> float:
        """The x of a score."""
        return self._line.x(value)

    def grow(self) -> list[Animation]:
        """The animations that show the gap with its number, and its lower end with its name."""
        lower = [FadeIn(self.average)] if len(self.average) else []
        return [GrowFromPoint(self.gap, point(self.bottom_x, self._gap_y)), FadeIn(self.loss), *lower]

    def rise(self) -> list[Animation]:
        """The animations of a nudge of z_i: both ends move, to first order, and leave their ways behind."""
        sol = self._solution
        share, target = float(sol.a[sol.i]), float(sol.lesson.targets[sol.i])
        dot, step = self.dots[sol.i], self.step
        steps = {LOG: share * step, self._lowest: target * step} | {sol.i: step}
        ways = [self._way(float(dot.get_x()), step, "z")]
        for start, length, colour in (self.bottom_x, target * step, "y"), (self.top_x, share * step, "a"):
            if length >= SEEN:
                ways.append(self._way(start, length, colour, LIFT))
        moves: list[Animation] = [Create(way) for way in ways]
        moves.append(Transform(dot, dot.copy().shift(point(step))))
        moves.append(Transform(self.mark, self.mark.copy().shift(point(share * step))))
        if self.lower:
            moves.append(Transform(self.lower, self.lower.copy().shift(point(target * step))))
        bracket = self._bracket(self.bottom_x + target * step, self.top_x + share * step)
        moves += [Transform(self.gap, bracket), FadeOut(self.loss, rate_func=early)]
        return moves + self._follow(steps)

    def change(self) -> list[Animation]:
        """The animations that name by how much the gap has changed."""
        return [FadeIn(self._inside(Formula(CHANGE, size="least_formula").next_to(self.gap, UP, buff=0.16)))]

    def _follow(self, steps: Mapping[int, float]) -> list[Animation]:
        """The animations of the labels: they go along, and what is added takes the place of the number."""
        old = dict(zip(self._order, self.labels, strict=True))
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
            moves.append(Transform(leader, self._leader(places[k], block)))
            kept = -1 if k in self._added else len(before)
            parts = zip(before[:kept], block[:kept], strict=True)
            moves += [Transform(part, there) for part, there in parts]
            if k in self._added:
                moves += [FadeOut(before[-1], rate_func=early), FadeIn(block[-1], rate_func=late)]
        return moves

    def _way(self, start: float, length: float, colour: str, lift: float = 0.0) -> Line:
        """A step from x = `start` along the line, or some way above it."""
        y = self.y + lift
        return line(point(start, y), point(start + length, y), colour=colour, width="thick")

    def _nudge(self) -> float:
        """How far z_i is moved, in scores: where there is room for it, not beyond the next score."""
        z, i = self._solution.z, self._solution.i
        above = [PART * float(each - z[i]) for each in z if each - z[i] >= CLOSEST]
        return min([NUDGE, *above])

    def _broken(self, x: float, y: float) -> VGroup:
        """Two slanted strokes with a hole between them."""
        hole = Box(x - SLANT, y - 0.06, x + SLANT, y + 0.06, colour="ground")
        strokes = [
            line(point(x + side * SLANT - 0.05, y - 0.13), point(x + side * SLANT + 0.05, y + 0.13))
            for side in (-1, 1)
        ]
        return VGroup(hole, *strokes)

    @property
    def _gap_y(self) -> float:
        return self.y + GAP

    def _gap(self, chapter: Chapter) -> tuple[VGroup, VGroup]:
        bracket = self._bracket(self.bottom_x, self.top_x)
        letter = Formula(C, size="formula")
        number = Readout(chapter.quantity("C_lse"), colour="C")
        number.next_to(letter, RIGHT, buff=0.3).stand_on(letter.baseline)
        return bracket, self._inside(VGroup(letter, number).next_to(bracket, UP, buff=0.16))

    def _inside(self, label: Any) -> Any:
        """Move a label to the left if it reaches beyond the region."""
        beyond = float(label.get_right()[0]) - self._region.right
        return label.shift(point(-max(0.0, beyond)))

    def _bracket(self, left: float, right: float) -> VGroup:
        holes = [x for x in self._line.breaks if left < x < right]
        edges = [left, *[x + side * SLANT for x in holes for side in (-1, 1)], right]
        bars = [
            Line(point(a, self._gap_y), point(b, self._gap_y))
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
        ends = [Line(point(x, self._gap_y - FOOT), point(x, self._gap_y + FOOT)) for x in (left, right)]
        ends += [
            Line(point(x - 0.05, self._gap_y - FOOT), point(x + 0.05, self._gap_y + FOOT))
            for x in edges[1:-1]
        ]
        return VGroup(*bars, *ends).set_stroke(style().colour("C"), style().stroke("thick"))

    def _tick(self, x: float, colour: str) -> VGroup:
        return VGroup(line(point(x, self.y - 0.2), point(x, self.y + 0.2), colour=colour, width="thick"))

    def _fitting(self, chapter: Chapter) -> dict[int, VGroup]:
        """The labels for which there is room: of all classes, or of t and i only."""
        sol = chapter.solution
        self._added = self._additions()
        shown = [k for k in range(sol.K) if self._line.shows(float(sol.z[k]))]
        blocks = self._blocks(chapter, shown) if sol.K <= LABELLED else {}
        if not blocks or self._width(blocks) > self._region.width:
            blocks = self._blocks(chapter, {sol.t, sol.i})
        return blocks

    def _width(self, blocks: dict[int, VGroup]) -> float:
        """The width that labels need side by side, before the nudge and after it."""
        return sum(
            max(float(block.width), _extent(self._added, k)[0]) + BETWEEN for k, block in blocks.items()
        )

    def _height(self, k: int, block: VGroup) -> float:
        """The height that a label needs, before the nudge and after it."""
        number = float(block[-1].height)
        return float(block.height) - number + max(number, _extent(self._added, k)[1])

    def _labels(self, blocks: dict[int, VGroup]) -> VGroup:
        """Below the line: names with their scores, ln S, and the average score where the targets are soft."""
        sol = self._solution
        places = {LOG: self.top_x, MEAN: self.bottom_x}
        places |= {k: self.x(float(sol.z[k])) for k in range(sol.K)}
        self._order, self._places = [*blocks], {k: places[k] for k in blocks}
        spread(blocks, places, self._region.left, self._region.right, gap=BETWEEN)
        group = VGroup()
        for k, block in blocks.items():
            block.align_to(point(0, self.y - LABELS), UP)
            group.add(VGroup(self._leader(places[k], block), block))
        return group

    def _leader(self, x: float, block: VGroup) -> Line:
        """The line from a place on the line down to its label."""
        return line(point(x, self.y - 0.24), point(float(block.get_x()), self.y - 0.47))

    @property
    def _lowest(self) -> int:
        """The label of the lower end of the gap."""
        return MEAN if self._solution.is_soft else self._solution.t

    def _additions(self) -> dict[int, VGroup]:
        """By label, what the nudge of z_i adds to its number."""
        sol = self._solution
        target: Expr = RISE_OF_AVERAGE
        if not sol.is_soft and sol.i != sol.t:  # the true score stays where it is
            with evaluate(False):
                target = sol[f"y[{sol.i}]"].shown * DZ
        added = {LOG: RISE_OF_LOG, self._lowest: target} | {sol.i: DZ}
        return {k: _plus(each) for k, each in added.items()}

    def _blocks(self, chapter: Chapter, classes: Iterable[int]) -> dict[int, VGroup]:
        """A label for some classes, for ln S and for the average score, in the order of the line."""
        sol = chapter.solution
        at = {k: float(sol.z[k]) for k in classes} | {LOG: float("inf")}
        if sol.is_soft:
            at[MEAN] = self._ends[0]
        room = self._region.width / len(at) - BETWEEN
        blocks = {}
        for k in sorted(
            at, key=lambda k: (at[k], k == sol.i, k)
        ):  # of equal scores z_i is the one to move on
            head, key = self._head(chapter, k, room)
            number = Readout(chapter.quantity(key), size="label", colour={LOG: "ink", MEAN: "y"}.get(k, "z"))
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
