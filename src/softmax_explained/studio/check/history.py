"""What happened in a chapter, picture by picture: the input of all rules about time."""

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
    """What was visible at a time in seconds of the segment: the owners by the ids of their mobjects."""

    beat_id: str
    time: float
    owners: Mapping[int, Owner]

    @classmethod
    def of(cls, beat_id: str, time: float, snapshot: Snapshot) -> Picture:
        """What a snapshot shows."""
        pairs = zip(snapshot.parts, snapshot.visible, strict=True)
        return cls(beat_id, time, {id(part.owner.mobject): part.owner for part, seen in pairs if seen})


def symbols_of(formula: Formula) -> frozenset[str]:
    """The symbols and numbers of a formula, each once."""
    kinds = (Indexed, Symbol, Shown)
    expressions = [node for node in formula.nodes if node.kind == "expr"]
    inside = {child for node in expressions if isinstance(node.expr, Indexed) for child in node.children}
    return frozenset(
        str(node.expr) for node in expressions if isinstance(node.expr, kinds) and node.id not in inside
    )


@dataclass(frozen=True)
class Span:
    """A period of a segment, in seconds."""

    beat_id: str
    start: float
    end: float


@dataclass
class History:
    """The pictures between the animations of a chapter, and when something or nothing moved."""

    pictures: list[Picture] = field(default_factory=list)
    moves: list[Span] = field(default_factory=list)
    stills: list[Span] = field(default_factory=list)

    def arrivals(self) -> Iterator[tuple[Picture, list[Owner]]]:
        """Each picture, and what appears between it and the next one."""
        for before, after in pairwise(self.pictures):
            new = [owner for key, owner in after.owners.items() if key not in before.owners]
            if new:
                yield before, new
