"""An algebra sheet: each line of a derivation appears whole below its parent, which dims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from manim import (
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Transform,
    VGroup,
    smooth,
    squish_rate_func,
)

from softmax_explained.core.printing.boxes import Node
from softmax_explained.stage.animations.new_line import TRAVEL, Appear, Travel
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.rate_functions import at_once, early
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import glow, strike
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Words

SIGNS = "=", "≈", "≤", "≥"  # relation signs at which lines are aligned
APART = 0.38  # Manim units between two lines
BESIDE = 0.27  # between a line and the name of its rule
SCROLLED = 0.35  # the fraction of a step in which the sheet scrolls, if it is full
STEP = 1.0  # seconds of a step

Part = Any  # an expression or an operator sign, or a pair (part, n) for its nth occurrence


class AlgebraSheet:
    """Lines of a derivation below one another, aligned at a relation sign and centred in a region.

    The parent dims, the next line appears whole below it, and only terms that change travel there. When the
    region is full, the sheet scrolls up; nothing is drawn over a line that stands. Where the region has room
    for one line only, the parent turns into the next, if that has the same left side. The names of rules stay
    beside the last line and its parent.

    Args:
        lines: the lines, as formulas or expressions; all get the same size.
        region: where they stand.
        size: a token of ``[size]``.
        align: the part at which lines are aligned, if all have it; by default the relation sign of each.
        hanging: lines after the first begin with their relation sign; their left sides are hidden.
        closed: the last of hanging lines has its left side, so that the result can be read by itself.
        names: Manim units at the right that lines leave free for the names of rules.
        start: y of the top of the first line; by default the lines that fit are centred in the region.
        apart: Manim units between two lines.

    Attributes:
        lines: the formulas; the first one is in its place.
        current: the index of the line that stands last; −1 before the first.
    """

    def __init__(
        self,
        lines: Sequence[Any],
        region: Region,
        *,
        size: str = "formula",
        align: str = "",
        hanging: bool = False,
        closed: bool = False,
        names: float = 0.0,
        start: float | None = None,
        apart: float = APART,
    ) -> None:
        self.region, self.current = region, -1
        free = replace(region, right=region.right - names)
        self.lines = [each if isinstance(each, Formula) else Formula(each, size=size) for each in lines]
        _fit(self.lines, free)
        self._names: dict[int, Words] = {}
        self._strikes: dict[int, VGroup] = {}
        self._glow: VGroup | None = None
        self._notes: list[Any] = []
        signs = [next(filter(line.matches, [align] if align else SIGNS), "") for line in self.lines]
        if all(signs) and all(line.lines == 1 for line in self.lines):
            first = self.lines[0].find(signs[0], 0).get_x()
            for line, sign in zip(self.lines, signs, strict=True):
                line.shift((first - line.find(sign, 0).get_x()) * RIGHT)
        whole = {0, len(self.lines) - 1} if closed else {0}
        count = range(len(self.lines))
        hidden = [self._left_side(n) if hanging and n not in whole else [] for n in count]
        self._seen = [
            VGroup(*[glyph for glyph in line if glyph not in left])
            for line, left in zip(self.lines, hidden, strict=True)
        ]
        for glyph in [glyph for left in hidden for glyph in left]:
            glyph.set_opacity(0)
        block = VGroup(*self.lines)
        block.scale(min(1.0, free.width / block.width))  # aligned lines may reach further than each of them
        block.shift((free.x - block.get_center()[0]) * RIGHT)
        self._first = 0  # the first line that has not scrolled away
        heights = [float(seen.height) for seen in self._seen]
        fitting = _fitting(heights, region.height, apart)
        high = sum(heights[:fitting]) + apart * (fitting - 1)
        top = region.y + high / 2 if start is None else start
        for line, seen in zip(self.lines, self._seen, strict=True):  # those that do not fit scroll into place
            line.shift((top - seen.get_top()[1]) * UP)
            top -= float(seen.height) + apart

    @property
    def line(self) -> Formula:
        """The line that stands last."""
        return self.lines[self.current]

    @property
    def standing(self) -> list[Any]:
        """What is on the sheet now: its lines with their names and strokes, the notes, and the glow."""
        shown = range(self._first, self.current + 1)
        parts: list[Any] = [self.lines[n] for n in shown]
        parts += [table[n] for table in (self._names, self._strikes) for n in shown if n in table]
        return [*parts, *self._notes, *([self._glow] if self._glow else [])]

    def begin(self) -> list[Animation]:
        """The animations that show the first line."""
        self.current = 0
        return [FadeIn(self.line)]

    def take(self, formula: Formula) -> list[Animation]:
        """The animations that move a formula of the stage, equal to the first line, into its place."""
        self.current = 0
        place = self.line
        self.lines[0], self._seen[0] = formula, VGroup(*formula)
        return [Transform(formula, place)]

    def next(
        self, *, travel: Sequence[tuple[Part, Part]] = (), rule: Words | None = None, run_time: float = STEP
    ) -> list[Animation]:
        """The animations that show the next line: its parent dims, and the sheet scrolls if it is full.

        Args:
            travel: pairs (part of the parent, part of the new line) that travel from one to the other. Where
                only one line fits, all equal parts do, if both lines have the same left side.
            rule: the name of the rule that gives the new line, written right of it if there is room.
            run_time: seconds.

        Raises:
            FilmError: a line has no such part.
        """
        parent = self.line
        self.current += 1
        line = self.line
        moves: list[Animation] = []
        before, up = self._first, self._scroll()
        is_left = self._first == self.current  # only the new line fits
        turns = is_left and _left_side(parent).expr == _left_side(line).expr  # the parent turns into it
        for n in range(before, self._first):
            gone = [each for each in self._parts_of(n) if not (turns and each is parent)]
            leave = _soon if n < self.current - 1 else at_once if turns else _just_before
            moves += [FadeOut(each, rate_func=leave, run_time=run_time) for each in gone]
        for later in self.lines[self.current :]:
            later.shift(up * UP)
        if rule is not None and self._place(rule, line):
            self._names[self.current] = rule
            moves.append(_at_the_end(rule, run_time))
        rate = _ready if up else early  # what leaves a line that scrolls does so with it
        older = [n for n in self._names if self._first <= n < self.current - 1]
        moves += [
            FadeOut(self._names.pop(n), shift=up * UP, rate_func=rate, run_time=run_time) for n in older
        ]
        for n in range(self._first, self.current):
            is_parent = n == self.current - 1
            for each in self._parts_of(n) if up or is_parent else ():
                target = each.copy().shift(up * UP)
                if each is parent:
                    target.deemphasise()
                elif is_parent and each is self._strikes.get(n):
                    target.set_stroke(opacity=style().dim())
                moving = _ready if up else smooth
                moves.append(Transform(each, target, run_time=run_time, rate_func=moving))
        if is_left:
            rate = at_once if turns else _just_before
        shift = (0.0 if is_left else up) * UP
        notes, self._notes = [*self._notes, *self._take_glow()], []
        moves += [FadeOut(each, shift=shift, rate_func=rate, run_time=run_time) for each in notes]
        if turns:
            return [*moves, TransformFormula(parent, line, in_order=True, run_time=run_time)]
        start = parent.copy().shift(up * UP)
        for source, target in travel:
            old, new = start.find(*_named(source)), line.find(*_named(target))
            moves.append(Travel(old, new, after=SCROLLED if up else 0.0, run_time=run_time))
        return [*moves, Appear(line, run_time=run_time)]

    def light(self, *parts: Part, line: int | None = None) -> list[Animation]:
        """The animations that put a glow behind parts of the current line; the one before goes out."""
        formula = self.lines[self.current if line is None else line]
        going = self.dark()
        self._glow = VGroup(*[glow(formula.find(*_named(part))) for part in parts]).set_z_index(-1)
        return [*going, FadeIn(self._glow)]

    def dark(self) -> list[Animation]:
        """The animations that put the glow out."""
        return [FadeOut(each) for each in self._take_glow()]

    def note(self, *notes: Any) -> list[Animation]:
        """The animations that show what belongs to the current line; it leaves with the next step."""
        self._notes += notes
        return [FadeIn(each) for each in notes]

    def strike(self, *parts: Part) -> list[Animation]:
        """The animations that strike parts of the current line, by one stroke each."""
        strokes = VGroup(*[strike(self.line.find(*_named(part))) for part in parts])
        known = self._strikes.setdefault(self.current, VGroup())
        known.add(*strokes)
        return [Create(stroke) for stroke in strokes]

    def clear(self, *kept: Any) -> list[Animation]:
        """The animations that fade out what stands on the sheet, but for what is kept."""
        return [FadeOut(each, rate_func=early) for each in self.standing if each not in kept]

    def _left_side(self, n: int) -> list[Any]:
        """The glyphs of the left side of a line."""
        line = self.lines[n]
        return [*line.glyphs(_left_side(line))]

    def _take_glow(self) -> list[VGroup]:
        """The glow, if there is one, which is no longer on the sheet then."""
        going, self._glow = self._glow, None
        return [going] if going else []

    def _parts_of(self, n: int) -> list[Any]:
        return [self.lines[n], *[table[n] for table in (self._names, self._strikes) if n in table]]

    def _scroll(self) -> float:
        """Let first lines go until the current one fits; the distance by which the others move up."""
        bottom = float(self._seen[self.current].get_bottom()[1])
        needed = self.region.bottom - bottom
        if needed <= 1e-6:
            return 0.0
        while self._first < self.current:
            if float(self._seen[self._first].get_top()[1]) - bottom <= self.region.height + 1e-6:
                break
            self._first += 1
        if self._first == self.current:  # alone, it stands in the middle
            return self.region.y - float(self._seen[self.current].get_y())
        return needed

    def _place(self, name: Words, line: Formula) -> bool:
        """Put the name of a rule right of a line; whether there is room for it."""
        name.next_to(line, RIGHT, buff=BESIDE)
        return bool(name.get_right()[0] <= self.region.right)


def _soon(alpha: float) -> float:
    """The progress of lines that leave before the others scroll over their place."""
    return float(smooth(min(1.0, 2 * alpha / SCROLLED)))


def _just_before(alpha: float) -> float:
    """The progress of a parent that leaves alone, right before its line appears: the sheet is not empty."""
    return float(smooth(min(1.0, max(0.0, (alpha - SCROLLED) / (TRAVEL - SCROLLED)))))


def _left_side(line: Formula) -> Node:
    """The part before the first relation sign."""
    first, *_ = line.nodes[0].children
    return line.nodes[first]


def _ready(alpha: float) -> float:
    """The progress of lines that scroll, which have arrived before anything travels."""
    return float(smooth(min(1.0, alpha / SCROLLED)))


def _at_the_end(mobject: Any, run_time: float) -> FadeIn:
    return FadeIn(mobject, run_time=run_time, rate_func=squish_rate_func(smooth, TRAVEL, 1.0))


def _named(part: Part) -> tuple[Any, int]:
    return part if isinstance(part, tuple) else (part, 0)


def _fit(lines: Sequence[Formula], region: Region) -> None:
    """Shrink all lines by one factor, and break those that are still too wide."""
    for line in lines:
        line.break_to_fit(region.width)
    over = max(max(line.width / region.width, line.height / region.height) for line in lines)
    if over > 1:
        for line in lines:
            line.scale(1 / over)


def _fitting(heights: Sequence[float], height: float, apart: float) -> int:
    """How many of the first lines fit below one another."""
    used = 0.0
    for n, each in enumerate(heights):
        used += each + (apart if n else 0.0)
        if used > height:
            return max(1, n)
    return len(heights)
