"""UNDEFINED: a letter that is on the screen before the beat that introduces it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sympy import Expr, Indexed, Symbol

from softmax_explained.core.formulas.nodes import Differential
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import READABLE_OPACITY

UNDEFINED = Rule("UNDEFINED", "first in {}", "show it later, or introduce it in an earlier beat")


class Letters:
    """Watches in which beat each letter of a formula is first readable."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[str, float, str]] = {}  # beat, second of the segment, formula
        self._read: set[tuple[Formula, int]] = (
            set()
        )  # keeps each formula, so that no other takes its identity

    def see(self, beat_id: str, time: float, snapshot: Snapshot) -> None:
        """Note the letters of a picture."""
        for owner, places in snapshot.pieces.items():
            formula = owner.piece
            if not isinstance(formula, Formula):
                continue
            shown = {
                id(snapshot.parts[place].mobject)
                for place in places
                if snapshot.fills[place, 3] >= READABLE_OPACITY
                and "UNDEFINED" not in snapshot.parts[place].allowed
            }
            if not shown or (formula, len(shown)) in self._read:
                continue
            self._read.add((formula, len(shown)))
            for number, glyph in zip(formula.node_of_glyph, formula.submobjects, strict=False):
                letter = letter_of(formula.nodes[number].expr) if id(glyph) in shown else ""
                if letter:
                    self.first.setdefault(letter, (beat_id, time, formula.plain))


def letter_of(expr: Expr) -> str:
    """The letter that is looked up in `Film.introduced`, "" for what is none.

    An index belongs to its letter; it is a letter of its own where it stands alone.

    >>> from softmax_explained.core.formulas.symbols import a, dz, i
    >>> letter_of(a[i]), letter_of(i), letter_of(dz), letter_of(Symbol("×"))
    ('a', 'i', 'dz', '')
    """
    if not isinstance(expr, Indexed | Symbol | Differential):
        return ""
    name = str(expr.base if isinstance(expr, Indexed) else expr)
    return name if name[0].isalpha() else ""


def undefined_letters(
    first: Mapping[str, tuple[str, float, str]], introduced: Mapping[str, str], order: Sequence[str]
) -> Iterator[Violation]:
    """Letters that appear before the beat that introduces them.

    Args:
        first: where each letter is first seen.
        introduced: the id of the beat that introduces each letter; a film without one is not judged.
        order: the ids of the beats of the film in order; those of other chapters may be missing.
    """
    if not introduced:
        return
    for letter, (beat_id, time, formula) in first.items():
        beat = introduced.get(letter)
        if beat is None:
            norm, why = "a beat of its own", "no beat introduces it"
        elif beat not in order or beat_id not in order or order.index(beat_id) >= order.index(beat):
            continue
        else:
            norm, why = beat, "before it is introduced"
        violation = UNDEFINED.violation(
            f"{letter} in Formula {formula}", measured=why, excess=1.0, limit=norm
        )
        yield violation.at(beat_id, time)
