"""HOLD and FROZEN: pictures that go before they are read, and pictures that outstay their welcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.waivers import allowances
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Placed, Sighting
from softmax_explained.studio.check.history import History, Picture, Span, symbols_of
from softmax_explained.studio.check.thresholds import (
    FORMULA_STAYS,
    FORMULA_STAYS_A_SYMBOL,
    FROZEN,
    HOLDS,
    TIME_ROUNDING,
)


def key_lines(story: History, records: Sequence[BeatRecord], holds: Mapping[str, str]) -> Iterator[Placed]:
    """Beats whose last picture is a key line and stands too short.

    Args:
        story: of the chapter; what fades when the chapter is over is no longer the beat.
        records: of its beats.
        holds: the token of ``@beat(hold=…)`` of each beat, by its id.
    """
    for record in records:
        least = HOLDS.get(holds[record.id], 0.0)
        end = max(picture.time for picture in story.pictures if picture.beat_id == record.id)
        ends = [move.end for move in story.moves if move.beat_id == record.id and move.start < end]
        arrived = max(ends, default=record.start)
        stood = end - arrived
        if stood < least - TIME_ROUNDING:
            yield Placed(
                record.id,
                arrived,
                _sighting(
                    ("the last picture",), stood, least, "let its last move start earlier, or raise [pace]"
                ),
            )


def formulas(story: History) -> Iterator[Placed]:
    """Formulas that leave before they can be read.

    A line that grows out of another is read as what is new in it, and it has not left while a later line
    still shows all its symbols.
    """
    pictures = story.pictures
    if not pictures:
        return
    shown = [
        {key: owner.mobject for key, owner in picture.things.items() if isinstance(owner.mobject, Formula)}
        for picture in pictures
    ]
    symbols = {key: symbols_of(formula) for formulas in shown for key, formula in formulas.items()}
    seen: set[int] = set()
    for place, present in enumerate(shown):
        known = set().union(*(symbols[key] for key in shown[place - 1])) if place else set()
        for key, formula in present.items():
            if key in seen or "HOLD" in allowances(formula):
                continue
            seen.add(key)
            stays = _stays(symbols[key], [[symbols[k] for k in later] for later in shown], pictures, place)
            least = FORMULA_STAYS + FORMULA_STAYS_A_SYMBOL * len(symbols[key] - known)
            if stays is not None and stays < least - TIME_ROUNDING:
                hint = "give it a word of its own, or do not show it"
                yield Placed(
                    pictures[place].beat_id,
                    pictures[place].time,
                    _sighting((f"Formula {formula.plain}",), stays, least, hint),
                )


def frozen(story: History) -> Iterator[Placed]:
    """Stretches in which nothing moves for too long."""
    stretches = list[Span]()
    for still in story.stills:
        if stretches and still.start - stretches[-1].end <= TIME_ROUNDING:
            stretches[-1] = Span(stretches[-1].beat_id, stretches[-1].start, still.end)
        else:
            stretches.append(still)
    for still in stretches:
        seconds = still.end - still.start
        if seconds > FROZEN:
            sighting = Sighting(
                "FROZEN",
                ("the whole picture",),
                f"{seconds:.1f} s",
                f"at most {FROZEN:.0f} s",
                seconds,
                "put a mark on a later word and let something happen on it",
            )
            yield Placed(still.beat_id, still.start, sighting)


def _stays(
    wanted: frozenset[str], shown: list[list[frozenset[str]]], pictures: list[Picture], place: int
) -> float | None:
    """Seconds until no formula shows all of some symbols; nothing if the chapter ends before that."""
    for later in range(place + 1, len(pictures)):
        if not any(wanted <= symbols for symbols in shown[later]):
            return _half_way(pictures, later) - _half_way(pictures, place)
    return None


def _half_way(pictures: list[Picture], place: int) -> float:
    """The middle of the move that leads to a picture: what comes or goes with it can just be read."""
    return (pictures[max(place - 1, 0)].time + pictures[place].time) / 2


def _sighting(objects: tuple[str, ...], seconds: float, least: float, hint: str) -> Sighting:
    return Sighting("HOLD", objects, f"{seconds:.1f} s", f"at least {least:.1f} s", least - seconds, hint)
