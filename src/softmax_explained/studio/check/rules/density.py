"""CROWDED: a beat that asks for more attention than a viewer has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from manim import Mobject

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.waivers import allowances
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.history import History, Picture, symbols_of
from softmax_explained.studio.check.snapshot import Owner
from softmax_explained.studio.check.thresholds import NEW_THING_EVERY, NEW_THINGS

CROWDED = Rule("CROWDED", "at most {}", "let two of them appear as one, or split the beat")


def crowded_beats(history: History, records: Sequence[BeatRecord]) -> Iterator[Violation]:
    """Beats with too many new things.

    A new thing is what appears on a word of the sentence, up to the next word with an animation. A formula
    whose symbols are all on the screen already is not new.
    """
    for record in records:
        new: dict[str, str] = {}
        for picture, owners in history.arrivals():
            if picture.beat_id != record.id:
                continue
            marks = [move.mark for move in record.moves if move.start <= picture.time + 1e-6]
            names = [owner.name for owner in owners if _is_new(owner, picture)]
            if marks and names:
                new.setdefault(marks[-1], names[0])
        most = max(NEW_THINGS, ceil((record.end - record.start) / NEW_THING_EVERY))
        if len(new) > most:
            objects = (f"{mark}: {name}" for mark, name in new.items())
            measured = f"{len(new)} new things"
            violation = CROWDED.violation(*objects, measured=measured, excess=len(new), limit=most)
            yield violation.at(record.id, record.moves[most].start)


def _is_new(owner: Owner, before: Picture) -> bool:
    mobject = owner.mobject
    if isinstance(mobject, Mobject) and CROWDED.code in allowances(mobject):
        return False
    if not isinstance(mobject, Formula):
        return True
    shown = [other.mobject for other in before.owners.values() if isinstance(other.mobject, Formula)]
    return not symbols_of(mobject) <= set().union(*map(symbols_of, shown))
