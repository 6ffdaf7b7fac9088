"""Column i of the slopes of the shares: how each share answers the nudge of score i, and their sum, 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    ManimColor,
    Mobject,
    ReplacementTransform,
    Transform,
    VGroup,
    VMobject,
)
from sympy import Expr, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import a, i, j
from softmax_explained.stage import Box, Formula, Readout, Region, TypesetText, Words, line, point, style
from softmax_explained.stage.charts.heatmap import tint
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.label_layout import beside_rows

LEAST_TICK = 0.18  # Manim units: height of a tick mark at least
FOOT = 0.85  # Manim units below the slots, for the line and the sum
TALLEST, WIDEST = 1.15, 4.6  # Manim units: of a slot
GAP, AIR = 0.1, 0.2  # Manim units between two slots, and between the contents of one
BESIDE = 0.22  # between a name and its slot
NAMES = 0.36  # the fraction of the width for the names, at most
MIDDLE = 0.24  # ems from the middle of a line of mathematics down to its baseline
FLATTEST = 0.06  # Manim units: height of a slot at least

# What a slot holds, the fullest first: the sizes of its formula and of its number.
FULL = ("formula", "number"), ("least_formula", "label"), ("", "number"), ("", "label"), ("", "least")
BRIEF = ("formula", ""), ("least_formula", ""), ("", "label"), ("", "least")

AnyMobject = TypeVar("AnyMobject", bound=Mobject)

with evaluate(False):
    GAIN, LOSS = a[i] * (1 - a[i]), -a[i] * a[j]


class SlopeColumn(VGroup):
    """K slots below one another, one a class: what the class's share gains per unit of the nudge of z_i.

    A slot holds a formula and a number; without room for both, the number; without room for text, a colour,
    yellow for a gain and purple for a loss. All are empty at first.

    Args:
        solution: the numbers; column i is that of its focus class.
        region: where it stands; the slots are at the right of the names.
        names: K class names; none for a column without names.
        brief: formulas alone, without numbers beside them and without room for the sum.

    Attributes:
        slots: K panels.
        contents: what belongs into each slot; an empty group for a colour.
        names: the names that are written.
        foot: the line under the slots.
        total: the sum of the column, 0.
    """

    def __init__(
        self, solution: Solution, region: Region, *, names: Sequence[Words] = (), brief: bool = False
    ) -> None:
        self.solution, self.focus, K = solution, solution.i, solution.K
        margin, below = 0.0, 0.0 if brief else FOOT
        if names:
            margin = min(max(float(name.width) for name in names), NAMES * region.width) + BESIDE
        width = min(WIDEST, region.width - margin)
        height = max(1.5 * FLATTEST, min(TALLEST + GAP, (region.height - below) / K))
        gap = min(GAP, height / 3)
        left = region.x - (margin + width) / 2 + margin
        top = min(region.top, region.y + (K * height + below) / 2)  # over it a name may stand
        self.region = Region(left, top - K * height, left + width, top)
        self.rows = [row.inset(y=gap / 2) for row in self.region.rows(*[1] * K)]
        self.slots = VGroup(*[Box(*row.edges, colour="panel") for row in self.rows])
        for name in names:
            name.fit_width(margin - BESIDE, lines=1)
        beside = [Region(left - margin, row.bottom, left - BESIDE, row.top) for row in self.rows]
        written = beside_rows(names, beside, priority={solution.i, solution.t}) if names else {}
        self.names = VGroup(*written.values())
        self.contents = self._contents(BRIEF if brief else FULL)
        foot = self.region.bottom - 0.06
        self.foot = line(point(left, foot), point(left + width, foot), width="line")
        self.total = Readout(solution[f"Jsum[{self.focus}]"], size="number")
        self.total.move_to(point(self.region.x)).stand_on(foot - FOOT + 0.26)
        self._filled, self._summed = set[int](), False
        super().__init__(*self.parts)

    @property
    def parts(self) -> list[VMobject]:
        """What stands on the stage."""
        filled = [self.contents[k] for k in sorted(self._filled) if len(self.contents[k])]
        return [self.slots, *([self.names] if len(self.names) else []), *filled, *self.sum]

    @property
    def sum(self) -> list[VMobject]:
        """The line under the slots and the sum, once they stand there."""
        return [self.foot, self.total] if self._summed else []

    def put(self, *classes: int, summed: bool = False) -> SlopeColumn:
        """Fill some slots at once, and write the sum if wanted; all slots if no class is given."""
        self._filled.update(classes or range(len(self.contents)))
        self._summed = self._summed or summed
        for k in self._filled:
            self._tint(k, self.slots[k])
        self.submobjects = self.parts
        return self

    def fill(self, *classes: int) -> list[Animation]:
        """The animations that fill some slots."""
        moves = list[Animation]()
        for k in classes:
            self._filled.add(k)
            if len(self.contents[k]):
                moves.append(FadeIn(self.contents[k], rate_func=late))
            else:
                moves.append(Transform(self.slots[k], self._tint(k, self.slots[k].copy())))
        return moves

    def receive(self, k: int, *sources: VMobject) -> list[Animation]:
        """The animations that let pictures of the stage, which go, become the content of a slot."""
        moves = self.fill(k)
        for source in sources:
            there = source.copy().move_to(self.slots[k])
            there.scale(min(1.0, 0.8 * self.slots[k].height / max(there.height, 1e-6)))
            moves.append(Transform(source, there.set_opacity(0), remover=True))
        return moves

    @property
    def is_readable(self) -> bool:
        """Whether the slots hold text."""
        return all(map(len, self.contents))

    def total_up(self) -> list[Animation]:
        """The animations that write the sum under the column."""
        self._summed = True
        return [Create(self.foot), FadeIn(self.total, shift=0.2 * DOWN)]

    def frame(self, k: int) -> VMobject:
        """A frame round a slot, in the colour of its sign."""
        edge = Box(*self.rows[k].edges, colour="panel", opacity=0.0)
        return edge.set_stroke(style().colour(self.role(k)), style().stroke("line"))

    def tick(self, k: int) -> VMobject:
        """A tick mark at the right of a slot."""
        size = max(LEAST_TICK, min(0.3, self.slots[k].height))
        corners = [size * point(*corner) for corner in ((0, 0.45), (0.35, 0), (1, 1))]
        tick = VMobject().set_points_as_corners(corners)
        tick.set_stroke(style().colour("ink"), style().stroke("line"))
        return tick.next_to(self.slots[k], RIGHT, buff=0.12)

    def head(self, mobject: AnyMobject, *, aside: bool = False) -> AnyMobject:
        """Put something over the column, centred, or left-aligned."""
        mobject.move_to(point(self.region.x, self.region.top)).shift((0.16 + mobject.height / 2) * UP)
        return mobject.align_to(point(self.region.left), LEFT) if aside else mobject

    def turn_into(self, other: SlopeColumn) -> list[Animation]:
        """The animations that move this column, as far as it is filled, to the place of another one.

        If a slot would keep neither its formula nor its number, one column fades out and the other in.
        """
        if self._filled:
            other.put(*self._filled)
        kinds = [
            [{type(text): text for text in each.contents[k]} for each in (self, other)]
            for k in sorted(self._filled)
        ]
        if any(old and new and not old.keys() & new.keys() for old, new in kinds):
            return [FadeOut(VGroup(*self.parts)), FadeIn(VGroup(*other.parts))]  # no slot may move empty
        moves: list[Animation] = [ReplacementTransform(self.slots, other.slots)]
        gone: list[Mobject] = [*self.names, *self.sum]
        for old, new in kinds:
            moves += [ReplacementTransform(old[kind], new[kind]) for kind in old.keys() & new.keys()]
            moves += [FadeIn(text, rate_func=late) for kind, text in new.items() if kind not in old]
            gone += [text for kind, text in old.items() if kind not in new]
        return [*moves, *[FadeOut(each, rate_func=early) for each in gone]]

    def role(self, k: int) -> str:
        """The colour role of a class's slope: growth less tax is yellow, tax alone purple."""
        return "a" if k == self.focus else "minus"

    def expr(self, k: int) -> Expr:
        """The formula of a class's slope."""
        return GAIN if k == self.focus else LOSS

    def _tint(self, k: int, slot: VMobject) -> VMobject:
        """Colour a slot that has no room for text."""
        if not len(self.contents[k]):
            column = self.solution.J[:, self.focus]
            colour: ManimColor = tint(float(column[k]), float(abs(column).max()) or 1.0)
            slot.set_fill(colour)
        return slot

    def _contents(self, kinds: Sequence[tuple[str, str]]) -> list[VGroup]:
        """The fullest contents for which every slot has room."""
        for sizes in kinds:
            contents = [self._texts(k, *sizes) for k in range(len(self.rows))]
            if all(map(_fits, contents, self.rows)):
                for texts, row in zip(contents, self.rows, strict=True):
                    for text in members(texts, TypesetText):
                        text.move_to(row.centre).stand_on(row.y - MIDDLE * text.em)
                    if len(texts) > 1:
                        texts[0].align_to(point(row.left + AIR), LEFT)
                        texts[1].align_to(point(row.right - AIR), RIGHT)
                return contents
        return [VGroup() for _ in self.rows]

    def _texts(self, k: int, formula: str, number: str) -> VGroup:
        texts = list[TypesetText]()
        role, quantity = self.role(k), self.solution[f"J[{k},{self.focus}]"]
        if formula:
            texts.append(Formula(self.expr(k), size=formula, role=role))
        if number:
            texts.append(Readout(quantity, size=number, colour=role, signed=True))
        return VGroup(*texts)


def _fits(texts: VGroup, row: Region) -> bool:
    """Whether texts have room in a row, on the baseline on which they stand there."""
    written = members(texts, TypesetText)
    width = sum(float(text.width) for text in written) + AIR * (len(written) + 1)
    half = max(
        max(text.baseline - text.get_bottom()[1] + MIDDLE * text.em for text in written),
        max(text.get_top()[1] - text.baseline - MIDDLE * text.em for text in written),
    )
    return bool(width <= row.width and half <= row.height / 2)
