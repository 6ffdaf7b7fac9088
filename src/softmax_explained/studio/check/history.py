"""What happened in a chapter, picture after picture: the ground for all rules about time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from sympy import Indexed, Symbol

from softmax_explained.core.formulas.nodes import Shown
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.snapshot import Owner, Snapshot


@dataclass(frozen=True)
class Picture:
    """What could be seen when nothing was moving.

    Attributes:
        beat_id: of the beat.
        time: seconds of the reel.
        things: every visible piece of type and picture, by the id of its mobject.
    """

    beat_id: str
    time: float
    things: Mapping[int, Owner]

    @classmethod
    def of(cls, beat_id: str, time: float, glance: Snapshot) -> Picture:
        """What a glance shows."""
        owners = [part.owner for part, seen in zip(glance.parts, glance.visible, strict=True) if seen]
        return cls(beat_id, time, {id(owner.mobject): owner for owner in owners})


def symbols_of(formula: Formula) -> frozenset[str]:
    """The letters and numbers of a formula, each once."""
    kinds = (Indexed, Symbol, Shown)
    inside = {
        child
        for node in formula.nodes
        if node.kind == "expr" and isinstance(node.expr, Indexed)
        for child in node.children
    }
    return frozenset(
        str(node.expr)
        for node in formula.nodes
        if node.kind == "expr" and isinstance(node.expr, kinds) and node.id not in inside
    )


@dataclass(frozen=True)
class Span:
    """A stretch of a reel, in seconds."""

    beat_id: str
    start: float
    end: float


@dataclass
class History:
    """A chapter as it went by.

    Attributes:
        pictures: at the start of every move and hold, and at the end of every beat.
        moves: when something moved.
        stills: when nothing did.
    """

    pictures: list[Picture] = field(default_factory=list)
    moves: list[Span] = field(default_factory=list)
    stills: list[Span] = field(default_factory=list)

    def arrivals(self) -> Iterator[tuple[Picture, list[Owner]]]:
        """Each picture and what came onto the stage between it and the next one."""
        for before, after in pairwise(self.pictures):
            new = [owner for key, owner in after.things.items() if key not in before.things]
            if new:
                yield before, new
