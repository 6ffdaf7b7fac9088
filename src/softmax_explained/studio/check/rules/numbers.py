"""NUMBER and STRAY: digits that are no quantity of the lesson, and glyphs left behind by an animation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sympy import Float, Integer, Rational

from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import LARGEST_COUNT

NUMBER = Rule(
    "NUMBER",
    "only quantities of the lesson",
    "show it as Readout(self.quantity(key)), or refer to it as {key} in the words file",
)
STRAY = Rule(
    "STRAY",
    "every glyph belongs to words, a number or a formula",
    "remove the copies of an animation when it ends, and add the whole formula",
)

HALF = Rational(1, 2)  # of a bound or a square, not of a lesson
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def unknown_numbers(scene: Chapter, record: BeatRecord, snapshot: Snapshot) -> Iterator[Violation]:
    """Digits on the screen at the end of a beat that are no quantity, index or part of a class name."""
    for owner, places in snapshot.pieces.items():
        unknown = ", ".join(_unknown_digits(owner, record, scene))
        if unknown:
            allowed = snapshot.parts[places[0]].allowed
            yield NUMBER.violation(owner.name, measured=unknown, excess=1.0, allowed=allowed)


def stray_glyphs(snapshot: Snapshot) -> Iterator[Violation]:
    """Visible glyphs at the end of a beat that belong to no piece of text."""
    stray: dict[Owner, list[int]] = {}
    for place in snapshot.glyphs[snapshot.visible[snapshot.glyphs]]:
        if not snapshot.parts[place].owner.piece:
            stray.setdefault(snapshot.parts[place].owner, []).append(place)
    for owner, places in stray.items():
        count, allowed = len(places), snapshot.parts[places[0]].allowed
        yield STRAY.violation(owner.name, measured=f"{count} glyphs", excess=count, allowed=allowed)


def _unknown_digits(owner: Owner, record: BeatRecord, scene: Chapter) -> Iterator[str]:
    piece = owner.piece
    if isinstance(piece, Words):
        yield from _digits_in_words(piece.text, record, scene)
    elif isinstance(piece, Readout):
        quantity = scene.solution[piece.quantity.key]
        if not piece.updaters and piece.text not in (quantity.text, quantity.signed):
            yield f"{piece.text} for {quantity.text}"
    elif isinstance(piece, Formula):
        for node in piece.nodes:
            number = node.expr
            if node.kind != "expr" or not isinstance(number, Float | Rational):
                continue
            if not (isinstance(number, Integer) and 0 <= number <= LARGEST_COUNT) and number != HALF:
                yield str(number)


def _digits_in_words(text: str, record: BeatRecord, scene: Chapter) -> list[str]:
    """The digits of a text, unless the words file accounts for them."""
    script, header = scene.script, scene.chapter_line
    digits = _digits_outside_classes(text, scene)
    if text in {header, record.title, *script.labels(record.id).values()}:
        # Text of the words file: its own digits are wrong too, but not those of quantities that it refers to.
        own = _digits_outside_classes(text.lstrip("0123456789") if text == header else text, scene)
        known = {quantity.text for quantity in scene.solution.quantities.values()}
        return digits if any(each not in known for each in own) else []
    return digits


def _digits_outside_classes(text: str, scene: Chapter) -> list[str]:
    for name in sorted(scene.script.classes, key=len, reverse=True):
        text = text.replace(name, "")
    return _DIGITS.findall(text)
