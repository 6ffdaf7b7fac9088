"""CROWDED: a beat that asks for more attention than a viewer has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manim import Mobject

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.waivers import allowances
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Placed, Sighting
from softmax_explained.studio.check.history import History, Picture, symbols_of
from softmax_explained.studio.check.snapshot import Owner
from softmax_explained.studio.check.thresholds import NEW_THINGS


def crowded(story: History, records: Sequence[BeatRecord]) -> Iterator[Placed]:
    """Beats with too many new things.

    A new thing is what a word of the sentence brings onto the stage: the move on the word with those that
    follow it up to the next word. What comes without a word of its own is part of that, and a line whose
    symbols are all on the screen already is known.
    """
    for record in records:
        new: dict[str, str] = {}
        for picture, owners in story.arrivals():
            if picture.beat_id != record.id:
                continue
            begun = [move.mark for move in record.moves if move.start <= picture.time + 1e-6]
            fresh = [owner.name for owner in owners if _is_new(owner, picture)]
            if begun and fresh:
                new.setdefault(begun[-1], fresh[0])
        if len(new) > NEW_THINGS:
            yield Placed(
                record.id,
                record.moves[NEW_THINGS].start,
                Sighting(
                    "CROWDED",
                    tuple(f"{mark}: {name}" for mark, name in new.items()),
                    f"{len(new)} new things",
                    f"at most {NEW_THINGS}",
                    len(new),
                    "let two come together because they are one, or make two beats",
                ),
            )


def _is_new(owner: Owner, before: Picture) -> bool:
    thing = owner.mobject
    if isinstance(thing, Mobject) and "CROWDED" in allowances(thing):
        return False
    if not isinstance(thing, Formula):
        return True
    shown = [other.mobject for other in before.things.values() if isinstance(other.mobject, Formula)]
    return not symbols_of(thing) <= set().union(*map(symbols_of, shown))
