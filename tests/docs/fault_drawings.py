"""What a fault of time looks like: voice, picture, formula, captions or light, from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from faults import FAULTS, Fault, Side
from manim import LEFT, Line, ManimColor

from softmax_explained.stage import Box, Outline, Words, style
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.captions.segmentation import Limits, Spoken, captions
from softmax_explained.studio.check.observer import Observer
from softmax_explained.studio.check.rules.role_colours import SIMULATIONS

START, END = -2.2, 3.8
"""x of the ends of a time line."""
VOICE, SHOWN, SPAN = 1.05, 0.05, -1.05
"""y of its rows."""
HIGH = 0.6
"""Manim units: the height of a row."""
DEUTAN = SIMULATIONS["deutan"]

LIGHT = 2.0
"""Seconds of light that are drawn."""

Spans = list[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Played:
    """What happens in a chapter, as the check sees it; times in seconds from its start."""

    side: Side

    @cached_property
    def _watched(self) -> tuple[Observer, BeatRecord, Chapter]:
        watch = Observer()
        played = dry_run(self.side.chapter, self.side.production, after_beat=watch.ended, observer=watch)
        return watch, played.records[0], played

    @property
    def end(self) -> float:
        """When the beat ends."""
        return float(self._watched[1].end)

    @property
    def words(self) -> Spans:
        """When each word is said."""
        start = self._watched[1].speech_start
        return [(start + word.start, start + word.end) for word in self._timing.words]

    @property
    def mark(self) -> float:
        """When the first marked word is said."""
        return float(self._watched[1].speech_start + min(self._timing.marks.values()))

    @property
    def moves(self) -> Spans:
        """When something moves."""
        return merged(self._watched[0].motion.spans)

    @property
    def formula(self) -> tuple[float, float, float]:
        """When the line of algebra appears, is complete, and is no longer."""
        watch, *_ = self._watched
        ((line, _),) = watch.algebra.lines(frozenset())
        return line.appears, line.complete_from, line.until

    @property
    def cue(self) -> tuple[tuple[str, ...], float]:
        """The lines of the first caption, and how long it stands."""
        _, record, played = self._watched
        sentence = played.script.narration(record.id).caption
        limits = Limits.of(str(sentence), played.script.reading)
        spoken = Spoken.of(sentence, self._timing, record.speech_start)
        first, *_ = captions((spoken,), limits, 60, record.end)
        return first.lines, first.end - first.start

    @property
    def lights(self) -> list[tuple[float, float]]:
        """Seconds and the luminance of the middle of the frame, from shortly before it first changes."""
        seen = [(time, float(grid[9, 16])) for _, time, grid in self._watched[0].lights]
        first = next(time for (time, one), (_, other) in pairwise(seen) if abs(one - other) > 0.01)
        return [(time - first + 0.3, light) for time, light in seen if first - 0.3 <= time]

    @property
    def _timing(self) -> Any:
        return self.side.production.timing(self.side.beat)


def merged(spans: Iterable[tuple[float, float]]) -> Spans:
    """Spans that touch as one.

    >>> merged([(0, 1), (3, 4), (1, 2)])
    [(0, 2), (3, 4)]
    """
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1e-6:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def longest_gap(spans: Spans) -> tuple[float, float]:
    """The longest time between spans."""
    return max(((one[1], two[0]) for one, two in pairwise(merged(spans))), key=lambda gap: gap[1] - gap[0])


class Axis:
    """A time line of some seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def x(self, second: float) -> float:
        """Where a second is."""
        return START + (END - START) * min(second, self.seconds) / self.seconds

    def blocks(
        self, spans: Spans, y: float, colour: str, opacity: float = 1.0, gap: float = 0.0
    ) -> list[Box]:
        """A box for each span."""
        return [
            Box(self.x(start), y - HIGH / 2, self.x(end) - gap, y + HIGH / 2, colour=colour, opacity=opacity)
            for start, end in spans
        ]

    def ticks(self, y: float) -> list[Any]:
        """A line with a tick for each second."""
        whole = range(int(self.seconds + 1e-6) + 1)
        marks = [ruled(self.x(n), y, self.x(n), y + 0.12, "track") for n in whole]
        return [ruled(START, y, END, y, "track"), *marks]

    def measured(self, start: float, end: float, text: str, *, wrong: bool) -> list[Any]:
        """A bracket under a span, with what is measured."""
        colour = "C" if wrong else "y"
        left, right = self.x(start), self.x(end)
        if right - left > 0.05:
            parts = [ruled(left, SPAN, right, SPAN, colour)]
            parts += [ruled(x, SPAN, x, SPAN + 0.25, colour) for x in (left, right)]
        else:
            parts = [ruled(left, SPAN, left, SPAN + 0.25, colour)]
        label = words(text, colour)
        middle = min(max((left + right) / 2, START + label.width / 2), END - label.width / 2)
        return [*parts, label.move_to((middle, SPAN - 0.55, 0))]


def words(text: str, colour: str = "ink") -> Words:
    """A label of a drawing."""
    return Words(text, size="label", colour=colour)


def row_name(text: str, y: float) -> Words:
    """The name of a row."""
    return words(text, "quiet").next_to((START - 0.15, y, 0), LEFT, buff=0)


def ruled(left: float, bottom: float, right: float, top: float, colour: str) -> Line:
    """A straight line."""
    return Line((left, bottom, 0), (right, top, 0), stroke_width=5, color=style().colour(colour))


def over_time(fault: Fault, played: Played, seconds: float, *, wrong: bool) -> list[Any]:
    """The voice, and what is seen, from left to right."""
    axis = Axis(seconds)
    voice = axis.blocks(played.words, VOICE, "x", gap=0.04)
    things: list[Any] = [row_name("voice", VOICE), *voice, *axis.ticks(SHOWN - 0.55)]
    if fault.drawn == "time":
        things += [row_name("picture", SHOWN), *axis.blocks(played.moves, SHOWN, "a")]
    else:
        appears, complete, until = played.formula
        bottom, top = SHOWN - HIGH / 2, SHOWN + HIGH / 2
        things += [row_name("formula", SHOWN), *axis.blocks([(appears, until)], SHOWN, "ink")]
        if fault.measured == "stands" and wrong:
            right = axis.x(complete + needed(fault))
            things.append(Outline(axis.x(until), bottom, right, top, colour="C"))
        if getattr(played.side.chapter, "is_dimmed", False):
            things += axis.blocks([(until, played.end)], SHOWN, "ink", 0.25)
        if fault.measured == "late":
            word = next(n for n, (start, _) in enumerate(played.words) if start >= played.mark - 1e-6)
            voice[word].set_fill(style().colour("ink"))
    start, end = spans_of(fault, played)
    return [*things, *axis.measured(start, end, text_of(fault, played), wrong=wrong)]


def spans_of(fault: Fault, played: Played) -> tuple[float, float]:
    """The span that a code is about."""
    if fault.measured == "stands":
        return played.formula[1:]
    if fault.measured == "late":
        return played.mark, played.formula[0]
    if fault.measured == "still":
        return longest_gap(played.moves)
    if fault.measured == "neither":
        return longest_gap([*played.moves, *played.words])
    return played.words[0][0], played.words[-1][1]


def needed(fault: Fault) -> float:
    """How many seconds a formula should stand."""
    code = next(code for code, each in FAULTS.items() if each is fault)
    return float(fault.wrong.findings()[code].norm.removeprefix("at least ").removesuffix(" s"))


def text_of(fault: Fault, played: Played) -> str:
    """What is written under the span."""
    start, end = spans_of(fault, played)
    seconds = end - start
    if fault.measured == "pace":
        return f"{60 * len(played.words) / seconds:.0f} words a minute"
    if fault.measured == "stands":
        return f"{seconds:.1f} s of {needed(fault):g} s" if seconds < needed(fault) else f"{seconds:.1f} s"
    if fault.measured == "late":
        return f"{seconds:.1f} s late" if seconds > 0.25 else "on its word"
    return f"{seconds:.1f} s"


def caption(played: Played, seconds: float, *, wrong: bool) -> list[Any]:
    """A caption, and how long it stands."""
    lines, stays = played.cue
    axis = Axis(seconds)
    texts = [Words(line, size="caption").scale(1.15).fit_width(7.0) for line in lines]
    for n, text in enumerate(texts):
        text.move_to((0, VOICE + 0.3 - 0.6 * n, 0))
    bar = axis.blocks([(0, stays)], SHOWN - 0.65, "ink")
    things = [*texts, *bar, *axis.ticks(SHOWN - 1.1)]
    label = words(f"{stays:.1f} s to read {sum(map(len, lines))} letters", "C" if wrong else "y")
    return [*things, label.move_to((0.3, SPAN - 0.7, 0))]


def light(played: Played, *, wrong: bool) -> list[Any]:
    """The brightness from left to right."""
    axis, seen = Axis(LIGHT), played.lights
    things: list[Any] = []
    for (start, one), (end, _) in pairwise([*seen, (LIGHT, 0.0)]):
        if start < LIGHT:
            (shade,) = axis.blocks([(start, end)], 0.4, "ink")
            things.append(
                shade.stretch(3.2, 1).set_fill(ManimColor.from_rgb((max(one, 0) ** (1 / 2.2),) * 3))
            )
    found = played.side.findings()
    label = words(found["FLASH"].measured if wrong else "one flash", "C" if wrong else "y")
    return [row_name("light", 0.4), *things, *axis.ticks(-0.75), label.move_to((0.5, SPAN - 0.55, 0))]


def colours(side: Side) -> list[Any]:
    """The colours of target and loss, as they are drawn and as eyes without green cones see them."""
    things: list[Any] = []
    for role, name, x in (("y", "target", -0.6), ("C", "loss", 2.1)):
        drawn = np.array(side.look.colour(role).to_rgb(), dtype=float)
        light = np.where(drawn <= 0.04045, drawn / 12.92, ((drawn + 0.055) / 1.055) ** 2.4)
        seen = np.clip(DEUTAN @ light, 0, 1)
        seen = np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055)
        for rgb, y in ((drawn, 0.65), (seen, -1.15)):
            things.append(
                Box(x - 1.1, y - 0.7, x + 1.1, y + 0.7, colour="ink").set_fill(ManimColor.from_rgb(rgb))
            )
        things.append(words(name).move_to((x, 1.75, 0)))
    return [*things, row_name("drawn", 0.65), row_name("seen", -1.15)]
