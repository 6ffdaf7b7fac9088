"""The white strip over the unit strip, piece over segment, under the scores that both follow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Animation,
    Arrow,
    Line,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
)
from numpy.typing import NDArray
from sympy import Symbol, evaluate, exp

from softmax_explained.core.formulas.symbols import c
from softmax_explained.core.numerics.softmax import change_of_others, log_sum_exp, softmax
from softmax_explained.core.quantities.forward import percentage_of_others
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_strip import LengthStrip, ShareStrip
from softmax_explained.scenes.softmax.layout import GHOST, GROWTH, LIFT, TwoStrips, two_strips
from softmax_explained.scenes.softmax.score_track import ScoreTrack
from softmax_explained.stage import Formula, Readout, Words, dashed, line, point, style
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.charts.segment_labels import SegmentLabels
from softmax_explained.stage.shapes.annotations import tipped
from softmax_explained.stage.text.label_layout import spread

QUESTION, TIMES = Symbol("?"), Symbol("×")
FILL = 0.9  # the part of a piece that its factor fills at most
FEWEST, MOST = 0.03, 0.85  # shares between which raising a score shows something in the other segments
BEHIND = 0.9  # how far a score starts behind the sum of the others where its own share shows nothing
STEP = 0.1  # scores are raised by a multiple of it: every score is written with at least one decimal
PERCENT = Symbol("%")
BRACKET, TICK = 0.3, 0.08  # Manim units from the unit strip to the brackets under it, and of their ends
FOOT, APART = 0.63, 0.2  # Manim units down to the baseline of the percentages, and between two of them
SHORTEST = 0.1  # Manim units: segments that are narrower together have no bracket
CLEAR = 0.2  # Manim units that the percentages keep from the end of the ruler

Scores = NDArray[np.float64]


class ComparedStrips:
    """Both strips and the scores, before, while and after scores change; lengths are those of e^z.

    The focus class starts from a score at which its share can be seen to grow: its own if that is so, else a
    little behind the sum of all others. Where it starts then, and how far it is raised, is exact in the
    digits of the scores, so that the S beside them is the sum of the exponentials of what is written.

    Args:
        chapter: whose lesson, words and stage are used.

    Attributes:
        places: the layout.
        start: (K,) the scores before the focus class is raised.
        rise: how far it is raised, so that the white strip grows by no more than there is room for.
        track: the scores on their line.
        lengths: the white strip, with its bracket and S.
        names: of the classes, in the pieces of the white strip that have room.
        total: the number of S.
        shares: the unit strip.
        away: tracker of the way from the solution's scores to `start`.
        pieces: tracker of the scores' change, for the scores and the pieces.
        bracket: the same for the bracket of the white strip.
        shared: the same for the unit strip.
    """

    def __init__(self, chapter: Chapter) -> None:
        self._solution, self._stage = chapter.solution, chapter.stage
        sol = self._solution
        self.places: TwoStrips = two_strips(chapter.stage)
        self.start = np.array(sol.z)
        if not FEWEST <= sol.a[sol.i] <= MOST:
            self.start[sol.i] = STEP * round((log_sum_exp(np.delete(sol.z, sol.i)) - BEHIND) / STEP)
        before = softmax(self.start)
        self.rise = STEP * math.floor(float(np.log1p((GROWTH - 1) / before[sol.i])) / STEP)
        names = [[chapter.class_name(k, quoted=q) for k in range(sol.K)] for q in (True, False)]
        raised = float(self.start[sol.i]) + self.rise
        self.track = ScoreTrack(sol, names[0], self.places.track, start=self.start, raised=raised, lift=LIFT)
        white, unit = self.places.lengths, self.places.at_rest
        self.lengths = LengthStrip(sol, left=white.left, y=white.y, unit=unit / sol.S, height=white.height)
        written = [chapter.class_name(k, size="least", colour="ground") for k in range(sol.K)]
        self.names = SegmentLabels(written, self.lengths.strip, y=white.y - 0.3 * style().size("least"))
        self.total = Readout(sol["S"])
        self._place_total()
        self.shares = ShareStrip(
            sol,
            names[1],
            self.places.shares,
            height=white.height,
            narrowest=np.minimum(before / GROWTH, sol.a),
            size="body",
            gap=GHOST,
        )
        self.away, self.pieces, self.bracket, self.shared = (ValueTracker(0) for _ in range(4))
        self._way: Scores = np.zeros(sol.K)

    @property
    def countable(self) -> bool:
        """Whether the lengths are drawn unshifted, so that their sum can be counted."""
        return bool(self._solution.shift == 0)

    def align(self, white: LengthStrip, pieces: Sequence[VMobject]) -> list[Animation]:
        """Bring a white strip to its place, and copies of its pieces to the unit strip under it."""
        pairs = zip(pieces, self.shares.strip.boxes, strict=True)
        return [*white.turn_into(self.lengths), *[Transform(piece, box.copy()) for piece, box in pairs]]

    def follow(self, way: Scores) -> None:
        """Let everything follow the scores z + away · (start − z) + part · way, by the trackers.

        There is a part for scores and pieces, one for the bracket and one for the unit strip. The white strip
        is drawn to such a scale that before its part grows it is as long as the unit strip.
        """
        sol = self._solution

        self._way, base = way, self._before

        def scores(part: Any) -> Scores:
            return np.asarray(base() + part.get_value() * way)

        def lengths(part: Any) -> Scores:
            return np.asarray(sol.S * np.exp(scores(part) - log_sum_exp(base())))

        self.track.follow(lambda: scores(self.pieces), zoom=lambda: float(self.away.get_value()))
        self.lengths.strip.follow(lambda: lengths(self.pieces))
        self.lengths.bracket.add_updater(lambda _: self._align(float(lengths(self.bracket).sum())))
        if self.countable:
            self.total.follow(lambda: float(np.exp(log_sum_exp(scores(self.bracket)))), edge=LEFT)
        self.total.add_updater(lambda _: self._place_total())
        self.shares.follow_scores(self._now)

    def settle(self) -> None:
        """Stop following: everything shows the solution's numbers."""
        for tracker in (self.away, self.pieces, self.bracket, self.shared):
            tracker.set_value(0)
        self.track.settle()
        self.lengths.bracket.clear_updaters()
        self.lengths.settle()
        self.total.clear_updaters()
        self.total.settle(edge=LEFT)
        self._place_total()
        self.shares.settle()

    def to(self, part: float) -> list[Any]:
        """The animations that bring scores, pieces, bracket and shares to a part of the way together."""
        return [each.animate.set_value(part) for each in (self.pieces, self.bracket, self.shared)]

    def aim(self) -> Arrow:
        """An arrow on the number line from the score of the focus class to where it will be raised."""
        i, y = self._solution.i, self.track.y
        ends = (point(self.track.x(float(self.start[i]) + part * self.rise), y) for part in (0, 1))
        return tipped(*ends, colour="z", width="thick", tip=0.24)

    def questions(self) -> dict[int, Formula]:
        """A question mark in the place of every number of a share, by class."""
        tags, marks = self.shares.tags, dict[int, Formula]()
        for k in tags.shown:
            number = tags.value(k)
            mark = Formula(QUESTION, size="number").move_to(number).stand_on(number.baseline)
            marks[k] = mark.set_fill(number.get_fill_color())
        return marks

    def show_numbers(self, shown: bool) -> Animation:
        """Hide all numbers of the shares, or show them again while they follow."""
        tags = self.shares.tags
        return ShowNumbers([tags.value(k) for k in tags.shown], shown=shown)

    def lifts(self) -> VGroup:
        """The arrows by which all scores are lifted, clear of S and its number."""
        return self.track.lifts(beside=VGroup(self.lengths.letter, self.lengths.equals, self.total))

    def borders(self) -> VGroup:
        """Hairlines through the borders of the unit strip as they are now."""
        strip = self.shares.strip
        foot, head = strip.bottom - 0.2, strip.top + 0.2
        return VGroup(*[dashed(point(x, foot), point(x, head), colour="ink") for _, x in strip.spans[:-1]])

    def percentages(self, each: Callable[[], Words]) -> tuple[VGroup, list[VGroup]]:
        """By how many percent the shares of the other classes have changed.

        Under the unit strip a bracket joins the segments on each side of the raised one, with an end at every
        border. Under one bracket, or both if there is room, stand the number, which follows the unit strip,
        its sign, and before them a word that says that it is the same for each segment.

        Args:
            each: makes the word.
        """
        strip, i = self.shares.strip, self._solution.i
        sides = (strip.left, strip.spans[i][0]), (strip.spans[i][1], strip.left + strip.unit)
        runs = sorted([run for run in sides if run[1] - run[0] > SHORTEST], key=lambda run: run[0] - run[1])
        brackets, written = VGroup(), dict[int, VGroup]()
        for n, (start, end) in enumerate(runs):
            borders = [x for _, x in strip.spans if start < x < end - SHORTEST / 2]
            brackets.add(*self._bracket(start, *borders, end))
            number = self._percentage(each())
            if not written or number.width <= end - start:
                written[n] = number
        places = {n: sum(runs[n]) / 2 for n in written}
        ordered = {n: written[n] for n in sorted(written, key=places.__getitem__)}
        spread(ordered, places, strip.left, strip.left + strip.unit - CLEAR, gap=APART)
        return brackets, list(ordered.values())

    def _bracket(self, *ends: float) -> list[Line]:
        """One line under the unit strip, with a tick up at each end of a segment."""
        y = self.shares.strip.bottom - BRACKET
        along = line(point(ends[0], y), point(ends[-1], y), colour="ink")
        return [along, *[line(point(x, y), point(x, y + TICK), colour="ink") for x in ends]]

    def _percentage(self, each: Words) -> VGroup:
        """The change of every other share as it is shown now, after a word, on its line under the strip."""
        number = Readout(percentage_of_others(self._before(), self._now()), size="body")
        sign = Formula(PERCENT, size="body").next_to(number, RIGHT, buff=0.06)
        foot = self.shares.strip.bottom - FOOT
        number.stand_on(foot).follow(lambda: 100 * change_of_others(self._before(), self._now()), edge=RIGHT)
        return VGroup(number, sign.stand_on(foot), each.next_to(number, LEFT, buff=0.2).stand_on(foot))

    def factors(self) -> VGroup:
        """The factor e^c at S, and × e^c in every piece that has room for it."""
        with evaluate(False):
            factor = exp(c)
        at_pieces = VGroup()
        for start, end in self.lengths.strip.spans:
            times = Formula(TIMES)
            at_piece = VGroup(times, Formula(factor).next_to(times, RIGHT, buff=0.1))
            at_piece.scale(min(1.0, FILL * self.lengths.strip.thickness / at_piece.height))
            at_piece.move_to(point((start + end) / 2, self.lengths.strip.y))
            at_piece.set_fill(style().colour("ground"))
            readable = times.em >= 0.999 * style().size("least")
            if readable and at_piece.width <= FILL * (end - start):
                at_pieces.add(at_piece)
        return VGroup(Formula(factor).next_to(self.lengths.letter, LEFT, buff=0.12), *at_pieces)

    def _align(self, length: float) -> None:
        """Draw the bracket over a length; S stands where its number has room too, before that comes."""
        self.lengths.align(length)
        self._place_total()

    def _before(self) -> Scores:
        """The scores before their part of the way."""
        return np.asarray(self._solution.z + self.away.get_value() * (self.start - self._solution.z))

    def _now(self) -> Scores:
        """The scores that the unit strip shows."""
        return np.asarray(self._before() + self.shared.get_value() * self._way)

    def _place_total(self) -> None:
        self.lengths.write_total(self.total, within=self._stage)
