"""HOLD and FROZEN: pictures that are shown too briefly, and pictures in which nothing moves for too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.waivers import allowances
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.history import History, Picture, Span, symbols_of
from softmax_explained.studio.check.thresholds import (
    FORMULA_STAYS,
    FORMULA_STAYS_PER_SYMBOL,
    FROZEN,
    HOLDS,
    TIME_ROUNDING,
)

HOLD = Rule("HOLD", "at least {:.1f} s", "let the last animation start earlier, or raise [pace]")
STILL = Rule("FROZEN", "at most {:.0f} s", "put a mark on a later word and let something happen on it")


def short_holds(
    history: History, records: Sequence[BeatRecord], holds: Mapping[str, str]
) -> Iterator[Violation]:
    """Beats whose last picture is shown too briefly for the token of their ``@beat(hold=…)``."""
    for record in records:
        # What fades out at the end of the chapter is no longer a part of the beat.
        end = max(picture.time for picture in history.pictures if picture.beat_id == record.id)
        ends = [move.end for move in history.moves if move.beat_id == record.id and move.start < end]
        complete = max(ends, default=record.start)
        least = HOLDS.get(holds[record.id], 0.0)
        if end - complete < least - TIME_ROUNDING:
            yield _too_short("the last picture", end - complete, least).at(record.id, complete)


def short_formulas(history: History) -> Iterator[Violation]:
    """Formulas that disappear before they can be read.

    In a formula that develops from another one only what is new is read, and it has not disappeared while a
    later formula shows all its symbols.
    """
    pictures = history.pictures
    shown = [
        {key: owner.mobject for key, owner in picture.owners.items() if isinstance(owner.mobject, Formula)}
        for picture in pictures
    ]
    symbols = {key: symbols_of(formula) for formulas in shown for key, formula in formulas.items()}
    seen: set[int] = set()
    for place, present in enumerate(shown):
        known = set().union(*(symbols[key] for key in shown[place - 1])) if place else set()
        for key, formula in present.items():
            if key in seen or place == 0 or HOLD.code in allowances(formula):
                seen.add(key)  # what the chapter before has handed on has stood there already
                continue
            seen.add(key)
            stays = _stays(symbols[key], [[symbols[k] for k in later] for later in shown], pictures, place)
            least = FORMULA_STAYS + FORMULA_STAYS_PER_SYMBOL * len(symbols[key] - known)
            if stays is not None and stays < least - TIME_ROUNDING:
                hint = "show it on a word of its own, or do not show it"
                violation = _too_short(f"Formula {formula.plain}", stays, least, hint)
                yield violation.at(pictures[place].beat_id, pictures[place].time)


def frozen_pictures(history: History) -> Iterator[Violation]:
    """Periods in which nothing moves for too long."""
    spans = list[Span]()
    for still in history.stills:
        if spans and still.start - spans[-1].end <= TIME_ROUNDING:
            spans[-1] = Span(spans[-1].beat_id, spans[-1].start, still.end)
        else:
            spans.append(still)
    for span in spans:
        seconds = span.end - span.start
        if seconds > FROZEN:
            measured = f"{seconds:.1f} s"
            violation = STILL.violation("the whole picture", measured=measured, excess=seconds, limit=FROZEN)
            yield violation.at(span.beat_id, span.start)


def _stays(
    wanted: frozenset[str], shown: list[list[frozenset[str]]], pictures: list[Picture], place: int
) -> float | None:
    """Seconds until no formula shows all of some symbols, or None if the chapter ends before that."""
    for later in range(place + 1, len(pictures)):
        if not any(wanted <= symbols for symbols in shown[later]):
            return _half_way(pictures, later) - _half_way(pictures, place)
    return None


def _half_way(pictures: list[Picture], place: int) -> float:
    """The middle of the animation before a picture, when what it fades in or out is just legible."""
    return (pictures[max(place - 1, 0)].time + pictures[place].time) / 2


def _too_short(name: str, seconds: float, least: float, hint: str = "") -> Violation:
    return HOLD.violation(name, measured=f"{seconds:.1f} s", excess=least - seconds, limit=least, hint=hint)
