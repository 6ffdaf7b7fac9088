"""NUMBER and STRAY: digits that no quantity accounts for, and glyphs that a move has left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sympy import Float, Integer, Rational

from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.snapshot import Owner, Snapshot

LARGEST_WHOLE = 10
"""Whole numbers in a formula up to here count classes, inputs and terms; larger ones are quantities."""

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def unaccounted(scene: Chapter, record: BeatRecord, glance: Snapshot) -> Iterator[Sighting]:
    """Digits on the screen at the end of a beat that are no quantity, index or class name."""
    script = scene.script
    for owner, places in glance.pieces.items():
        stray = ", ".join(_stray_digits(owner, record, script, scene))
        if stray:
            yield Sighting(
                "NUMBER",
                (owner.name,),
                stray,
                "only quantities of the lesson",
                1.0,
                "show it as Readout(self.quantity(key)), or name it {key} in the words file",
                glance.parts[places[0]].allowed.get("NUMBER"),
            )


def left_behind(glance: Snapshot) -> Iterator[Sighting]:
    """Visible glyphs at the end of a beat that belong to no piece of type."""
    loose = [
        place for place in glance.glyphs if glance.visible[place] and not glance.parts[place].owner.piece
    ]
    for owner in {glance.parts[place].owner: None for place in loose}:
        places = [place for place in loose if glance.parts[place].owner is owner]
        yield Sighting(
            "STRAY",
            (owner.name,),
            f"{len(places)} glyphs",
            "every glyph belongs to words, a number or a formula",
            len(places),
            "take the copies of a move off the stage when it ends, and put the whole line there",
            glance.parts[places[0]].allowed.get("STRAY"),
        )


def _stray_digits(owner: Owner, record: BeatRecord, script: Script, scene: Chapter) -> Iterator[str]:
    piece = owner.piece
    if isinstance(piece, Words):
        yield from _digits_in_words(piece.text, record, script, scene)
    elif isinstance(piece, Readout):
        quantity = scene.solution[piece.quantity.key]
        if not piece.updaters and piece.text not in (quantity.text, quantity.signed):
            yield f"{piece.text} for {quantity.text}"
    elif isinstance(piece, Formula):
        for node in piece.nodes:
            number = node.expr
            if node.kind != "expr" or not isinstance(number, Float | Rational):
                continue
            if not (isinstance(number, Integer) and 0 <= number <= LARGEST_WHOLE):
                yield str(number)


def _digits_in_words(text: str, record: BeatRecord, script: Script, scene: Chapter) -> Iterator[str]:
    """Digits of words that are in no class name, name no quantity of the words file, nor the chapter."""
    line = scene.chapter_line
    written = {line, record.title, *script.labels(record.id).values()}
    if text in written and not _digits_of_its_own(text, line, scene):
        return
    for name in sorted(script.classes, key=len, reverse=True):
        text = text.replace(name, "")
    yield from _DIGITS.findall(text)


def _digits_of_its_own(text: str, line: str, scene: Chapter) -> bool:
    """Whether a title or a label has digits besides its chapter's number and the lesson's quantities."""
    if text == line:
        text = text.lstrip("0123456789")
    for name in sorted(scene.script.classes, key=len, reverse=True):
        text = text.replace(name, "")
    known = {quantity.text for quantity in scene.solution.quantities.values()}
    return any(digits not in known for digits in _DIGITS.findall(text))
