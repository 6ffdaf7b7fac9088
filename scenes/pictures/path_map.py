"""The paths from one score through every share to the loss: a graph, and a map with two slots a path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from manim import (
    DOWN,
    Animation,
    Dot,
    FadeIn,
    FadeOut,
    MoveAlongPath,
    ReplacementTransform,
    Transform,
    VGroup,
    VMobject,
)

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import C, i, z
from softmax_explained.stage import Formula, Node, Readout, Region, Words, point, style
from softmax_explained.stage.animations.relabel import relabel
from softmax_explained.stage.charts.named_bar import NamedBar
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.annotations import halo
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.shapes.slot import KNOWN, Slot

SIDES = "left", "right"  # of a bar: the link from the score to the share, and that from the share to the loss
ROLES = {"left": "a", "right": "C"}

LETTER, NUMBER = 0.077, 0.085  # radius of a node per unit of width: with a letter, and with its value too
LARGEST = 0.8  # radius of a node at most, in Manim units
FAN, SHORTEST, FROM = 0.18, 0.3, 5.0  # Manim units where paths part and meet: per unit of width beyond FROM
AIR = 0.12  # Manim units between a slot and the bar
ROW, LOWEST = 1.25, 0.4  # Manim units: height of a row at most, and of a row with text, even a plus, at least
LOWER = 0.75  # part of its row's card that a slot without text fills, so that the frames stay apart
SHORTEST_BAR = 0.5  # Manim units: width of the card of a bar at least
UNKNOWN, TALLEST = 0.55, 0.8  # Manim units: width of a slot with a question mark; height of a slot at most
IN_SLOT = 0.24  # Manim units: how much wider than its number a slot is
ON_PANEL = 1.12  # how much less what stands on a panel is dimmed than what stands on the ground
SMALLEST, UNDER_NODE = 0.99, 0.1  # scale of a number in a node at least; Manim units from the node to it
PULSE = 0.1  # radius of a pulse in Manim units
CAPTION, BASELINE = 0.4, 0.27  # Manim units: height of a name under its row, and from the row to its baseline
THIN = 0.16  # Manim units: height at least of rows without text, where others have a name under them


class PathMap(VGroup):
    """z_i at the left, a row for every share, C at the right.

    Without slots it is the graph of the paths; with slots it is the map, in which every path has a slot at
    either side of its bar: left the slope of the share in the score, right that of the loss in the share.
    Where K rows have no room for text, the rows of the classes t and i keep it and the others become thin.
    A map without any text in its rows has equal rows.

    Args:
        solution: the numbers.
        region: of the whole map.
        names: K class names in front of the bars, where a row has room for text; none for a map without.
        captions: K class names under the rows, where these are short; only those of the classes t and i where
            not all have room.
        numbers: write the shares beside their bars, and the values of z_i and C into their nodes.
        slots: show the slots.
        texts: whether rows have to have room for text; by default if there are names, numbers or slots.
        left_width: of the left slots, in Manim units; by default room for a question mark.
        right_width: of the right slots; by default room for every −y/a of the solution, or, beside names,
            for a question mark.
        node: the radius of a node without its value, per unit of the width of the map.

    Attributes:
        score, loss: the nodes.
        score_number, loss_number: their values; empty groups in a map without numbers.
        rows: a `NamedBar` per class.
        captions: by class, the names under the rows that are shown.
        edges: by side, the K lines between the score and the bars, and between the bars and the loss.
        slots: by side, the K slots, whether they are shown or not.
        products: by class, what is written in the place of a bar; the map does not draw it, but dims it.
    """

    def __init__(
        self,
        solution: Solution,
        region: Region,
        *,
        names: Sequence[Words] = (),
        captions: Sequence[Words] = (),
        numbers: bool = False,
        slots: bool = True,
        texts: bool | None = None,
        left_width: float = UNKNOWN,
        right_width: float | None = None,
        node: float = LETTER,
    ) -> None:
        self.solution, self.region, self._open = solution, region, slots
        texts = bool(names) or numbers or slots if texts is None else texts
        radius = min(LARGEST, (NUMBER if numbers else node) * region.width, 0.45 * region.height)
        fan = max(SHORTEST, FAN * (region.width - FROM))
        right_width = right_width or (UNKNOWN if names else width_of_values(solution))
        inner = region.inset(x=2 * radius + fan)
        ends = {
            "left": (inner.left, inner.left + left_width),
            "right": (inner.right - right_width, inner.right),
        }
        self.score = Node(Formula(z[i]), radius=radius, role="z")
        self.loss = Node(Formula(C), radius=radius, role="C")
        self.score.move_to(point(region.left + radius, region.y))
        self.loss.move_to(point(region.right - radius, region.y))
        values = [Readout(solution[key], size="least", colour=key[0]) for key in ("z[i]", "C")]
        nodes = zip((self.score, self.loss), values, strict=True)
        self.score_number, self.loss_number = (_at(*each, region) if numbers else VGroup() for each in nodes)
        widest = max([float(name.width) for name in names], default=0.0)
        self.rows, self.slots = list[NamedBar](), {side: list[Slot]() for side in SIDES}
        self.edges = {side: list[VMobject]() for side in SIDES}
        named = _captioned(solution, region) if captions else set()
        self.captions: dict[int, Words] = {}
        for k, row in enumerate(_rows(solution, region, texts, named)):
            card = row.inset(y=min(0.08, 0.12 * row.height))
            card = Region(ends["left"][1] + AIR, card.bottom, ends["right"][0] - AIR, card.top)
            share = Readout(solution[f"a[{k}]"], size="least", colour="a") if numbers else None
            is_high = row.height >= 0.999 * LOWEST
            name = names[k] if names and is_high else None
            self.rows.append(
                NamedBar(
                    float(solution.a[k]),
                    card,
                    name=name,
                    number=share,
                    names=widest,
                    indented=bool(names),
                )
            )
            half = min(TALLEST, card.height if is_high else LOWER * card.height) / 2
            for side in SIDES:
                self.slots[side].append(
                    Slot(Region(ends[side][0], row.y - half, ends[side][1], row.y + half), role=ROLES[side])
                )
            start, end = point(ends["left"][0], row.y), point(ends["right"][1], row.y)
            width = style().stroke("line") * min(1.0, row.height / LOWEST)
            self.edges["left"].append(_edge(width, self.score.toward(start), start, point(card.left, row.y)))
            self.edges["right"].append(_edge(width, point(card.right, row.y), end, self.loss.toward(end)))
            if k in named:
                caption = captions[k].fit_width(inner.width - 2 * AIR, lines=1)
                half = caption.width / 2 + AIR  # clear of where the lines meet the slots
                x = min(max(card.x, inner.left + half), inner.right - half)
                self.captions[k] = caption.set_x(x).stand_on(row.bottom - BASELINE)
        self.products: dict[int, VMobject] = {}
        super().__init__()
        self.submobjects = self.parts

    @property
    def parts(self) -> list[VMobject]:
        """All that is shown, in drawing order."""
        edges = [edge for side in SIDES for edge in self.edges[side]]
        cards = [part for row in self.rows for part in row.parts]
        slots = [slot for side in SIDES for slot in self.slots[side]] if self._open else []
        numbers = [each for each in (self.score_number, self.loss_number) if len(each)]
        return [*edges, *cards, *self.captions.values(), *slots, self.score, self.loss, *numbers]

    @property
    def is_readable(self) -> bool:
        """Whether names in front of the bars, or over them, have their size and room on their cards."""
        named = [(row, row.label) for row in self.rows if isinstance(row.label, Words)]
        sized = all(name.em >= 0.999 * style().size("least") for _, name in named)
        return sized and all(row.room.width > (name.width if row.is_stacked else 0.0) for row, name in named)

    @property
    def bars(self) -> list[VMobject]:
        """The bars of the shares, one per class."""
        return [row.bar for row in self.rows]

    def path(self, k: int) -> list[VMobject]:
        """All that belongs to path k and is shown."""
        slots = [self.slots[side][k] for side in SIDES] if self._open else []
        written = [each[k] for each in (self.captions, self.products) if k in each]
        return [*[self.edges[side][k] for side in SIDES], *self.rows[k].parts, *written, *slots]

    def arc(self, k: int) -> VMobject:
        """A line along path k from node to node, in the colour of the loss, to be created."""
        anchors = [each for side in SIDES for each in self.edges[side][k].get_anchors()]
        arc = VMobject().set_points_as_corners(np.array(anchors))
        return arc.set_stroke(style().colour("C"), style().stroke("thick"))

    def put(self, side: str, answers: Mapping[int, Any]) -> PathMap:
        """Fill slots at once: answers by class, None for colour alone; see `Slot.put`."""
        for k, answer in answers.items():
            self.slots[side][k].put(answer)
        return self

    def fill(self, side: str, answers: Mapping[int, Any]) -> list[Animation]:
        """The animations that fill slots; answers by class, None for colour alone; see `Slot.fill`."""
        return [move for k, answer in answers.items() for move in self.slots[side][k].fill(answer)]

    def light_slots(self, side: str, on: bool = True) -> list[Animation]:
        """The animations that make the frames of one side thick, or thin again."""
        return [slot.light(on) for slot in self.slots[side]]

    def pulses(self, side: str, only: Iterable[int] | None = None) -> list[Animation]:
        """The animations of a dot along each path, from the score to the bars or from there to the loss."""
        chosen = range(len(self.rows)) if only is None else only
        colour, edges = style().colour(ROLES[side]), self.edges[side]
        dots = [(Dot(radius=PULSE, color=colour), edges[k]) for k in chosen]
        return [MoveAlongPath(dot, edge, introducer=True, remover=True) for dot, edge in dots]

    def single_out(self, *lit: int) -> list[Animation]:
        """The animations that dim all paths but some; with none given, all come back."""
        paths = [(part, not lit or k in lit) for k in range(len(self.rows)) for part in self.path(k)]
        return [Transform(part, dimmed(part, bright)) for part, bright in paths]

    def turn_into(self, other: PathMap) -> list[Animation]:
        """The animations that move this map to the place of another one, part by part."""
        pairs: list[tuple[VMobject, VMobject]] = [(self.score, other.score), (self.loss, other.loss)]
        pairs += [(self.score_number, other.score_number), (self.loss_number, other.loss_number)]
        for old, new in zip(self.rows, other.rows, strict=True):
            pairs += [(old.card, new.card), (old.track, new.track), (old.bar, new.bar)]
            pairs += [(old.label, new.label), (old.number, new.number)]
        for side in SIDES:
            pairs += list(zip(self.edges[side], other.edges[side], strict=True))
            pairs += list(zip(self.slots[side], other.slots[side], strict=True)) if self._open else []
        moves = relabel(self.captions, other.captions)
        for before, after in pairs:
            here, there = (bool(each.family_members_with_points()) for each in (before, after))
            if here and there:
                moves.append(ReplacementTransform(before, after))
            elif here:
                moves.append(FadeOut(before, rate_func=early))
            elif there:
                moves.append(FadeIn(after, rate_func=late))
        return moves


def width_of_values(solution: Solution) -> float:
    """The width of a slot in which every −y/a is readable, in Manim units."""
    widths = [Readout(solution[f"dCda[{k}]"], size="least").width for k in range(solution.K)]
    return max(UNKNOWN, max(widths) + IN_SLOT)


def least_width(solution: Solution) -> float:
    """The width of a map in whose right slots every −y/a is readable, in Manim units."""
    between = UNKNOWN + width_of_values(solution) + 2 * AIR + SHORTEST_BAR + 2 * SHORTEST
    return between / (1 - 4 * LETTER)


def dimmed(part: VMobject, bright: bool = False) -> VMobject:
    """A copy of a part of a map in the opacity of a path that is not looked at, or in full.

    Of the frame of a slot only the stroke is dimmed: the wire below it would cross out what is in it.
    """
    there = part.copy()
    for each in members(there.family_members_with_points(), VMobject):
        if each.get_stroke_width() and each.get_fill_opacity():
            each.set_stroke(opacity=1.0 if bright else style().dim())
            if each.get_fill_color() != style().colour("panel"):
                each.set_fill(opacity=KNOWN * (1.0 if bright else _dim(each)))
        elif each.get_stroke_width() and not each.get_fill_opacity():
            each.set_stroke(opacity=1.0 if bright else style().dim())
        elif each.get_fill_opacity():
            each.set_fill(opacity=1.0 if bright else _dim(each))
    return there


def _dim(part: VMobject) -> float:
    """The opacity that dims a part of its colour, but keeps it readable."""
    colour, roles = part.get_fill_color(), style().tables["opacity"]
    role = next((name for name in roles if name != "text" and style().colour(name) == colour), "a")
    return min(1.0, ON_PANEL * style().dim(role))


def _captioned(solution: Solution, region: Region) -> set[int]:
    """The classes that have room for a name under their row: all, those of t and i, or none."""
    K, both = solution.K, {solution.t, solution.i}
    if region.height / K >= LOWEST + CAPTION:
        return set(range(K))
    rest = region.height - (LOWEST + CAPTION) * len(both)
    return both if rest >= THIN * (K - len(both)) else set()


def _rows(solution: Solution, region: Region, written: bool, named: set[int]) -> list[Region]:
    """K rows, some with a name below them.

    Where text is written and not all rows can have it, those of t and i are higher than the others.
    """
    K, below = solution.K, [CAPTION if k in named else 0.0 for k in range(solution.K)]
    free = region.height - sum(below)
    heights = [min(free / K, ROW)] * K
    if written and free / K < LOWEST:
        kept = {solution.t, solution.i}
        rest = (free - LOWEST * len(kept)) / max(1, K - len(kept))
        heights = [LOWEST if k in kept else rest for k in range(K)]
    gap = (free - sum(heights)) / (K + 1)
    tops = [region.top - gap * (k + 1) - sum(heights[:k]) - sum(below[:k]) for k in range(K)]
    return [Region(region.left, top - h, region.right, top) for top, h in zip(tops, heights, strict=True)]


def _edge(width: float, *corners: Any) -> VMobject:
    edge = VMobject().set_points_as_corners(np.array(corners))
    return edge.set_stroke(style().colour("quiet"), width)


def _at(node: Node, number: Readout, region: Region) -> VGroup:
    """Put a number under the letter of a node or, where it would be unreadable there, under the node."""
    fits = 1.7 * node.radius / number.width
    if fits < SMALLEST:
        number.next_to(node.ring, DOWN, buff=UNDER_NODE)
        halo(number)  # wires pass behind it
        x, half = float(number.get_x()), number.width / 2
        return number.set_x(min(max(x, region.left + half), region.right - half))
    node.content.shift(0.3 * node.radius * point(0, 1))
    number.scale(min(1.0, fits))
    return number.move_to(node.ring).shift(-0.42 * node.radius * point(0, 1))
