"""The frozen settings of one run: everything a scene may ask for, and nothing read from globals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import default_lesson
from softmax_explained.core.solve import Solution, solve
from softmax_explained.errors import UsageError
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.narration.words_file import WordsFile


@dataclass(frozen=True)
class Cut:
    """A version of the film.

    Attributes:
        name: what it is asked for by.
        beats: the ids of the beats that are shown; None for every beat.

    >>> short = Cut("short", ("softmax.share_out", "loss.price"))
    >>> short.shown("softmax", ["exponentiate", "share_out", "formula"])
    ('share_out',)
    >>> short.chapters(["neuron", "softmax", "loss"])
    ('softmax', 'loss')
    """

    name: str
    beats: tuple[str, ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether every beat is shown."""
        return self.beats is None

    def shown(self, chapter: str, beats: Sequence[str]) -> tuple[str, ...]:
        """Those beats of a chapter that are shown, by name."""
        return tuple(beat for beat in beats if self.beats is None or f"{chapter}.{beat}" in self.beats)

    def chapters(self, running_order: Sequence[str]) -> tuple[str, ...]:
        """Those chapters of which a beat is shown."""
        kept = {beat.partition(".")[0] for beat in self.beats or ()}
        return tuple(chapter for chapter in running_order if self.beats is None or chapter in kept)


FULL = Cut("full")
"""The whole film."""


@dataclass(frozen=True)
class Quality:
    """The size and rate of the picture.

    Attributes:
        lines: pixels of the shorter side.
        frame_rate: frames a second.
    """

    lines: int
    frame_rate: int


QUALITIES: Mapping[str, Quality] = MappingProxyType(
    {
        "draft": Quality(480, 15),
        "medium": Quality(720, 30),
        "high": Quality(1080, 60),
        "4k": Quality(2160, 60),
    }
)


@dataclass(frozen=True)
class Production:
    """One film to make: the lesson and how it is told.

    Attributes:
        lesson: the givens.
        language: its tag; names a file of ``assets/words``, if there are no `words`.
        frame: the arrangement of the picture, a key of `FRAMES`: ``wide`` is 16:9, ``tall`` 9:16,
            ``square`` 1:1.
        quality: a key of `QUALITIES`.
        voice: who speaks, or ``none``.
        timings: per beat id, when its words are said; a beat that is not in it is timed by reading speed.
        words: what stands in the words file. It is told once and goes along to whoever draws, on whatever
            machine, and whatever becomes of the file meanwhile.
        cut: which beats are shown.

    Raises:
        UsageError: there is no such frame or quality.

    >>> Production().solution["a[t]"].text
    '0.242'
    """

    lesson: Lesson = field(default_factory=default_lesson)
    language: str = "en"
    frame: str = "wide"
    quality: str = "high"
    voice: str = "none"
    timings: Mapping[str, BeatTiming] = field(default_factory=dict)
    words: WordsFile | None = None
    cut: Cut = FULL

    def __post_init__(self) -> None:
        for name, known in (("frame", FRAMES), ("quality", QUALITIES)):
            if (value := getattr(self, name)) not in known:
                raise UsageError(f"no {name} {value!r}", hint=f"there is: {', '.join(known)}")
        object.__setattr__(self, "timings", MappingProxyType(dict(self.timings)))

    def __reduce__(self) -> tuple[type[Production], tuple[object, ...]]:
        """Pickle the settings, not the solution: it is solved anew where it arrives."""
        told = self.language, self.frame, self.quality, self.voice, dict(self.timings), self.words, self.cut
        return Production, (self.lesson, *told)

    @property
    def frame_rate(self) -> int:
        """Frames a second."""
        return QUALITIES[self.quality].frame_rate

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture.

        >>> Production(frame="square", quality="medium").pixels
        (720, 720)
        """
        return FRAMES[self.frame].pixels(QUALITIES[self.quality].lines)

    def camera(self, lines: int | None = None) -> dict[str, float]:
        """Manim's settings for the frame: its size in Manim's units and in pixels, and its rate.

        Args:
            lines: pixels of the shorter side, in place of the quality's.
        """
        frame = FRAMES[self.frame]
        width, height = self.pixels if lines is None else frame.pixels(lines)
        return {
            "frame_width": frame.width,
            "frame_height": frame.height,
            "pixel_width": width,
            "pixel_height": height,
            "frame_rate": self.frame_rate,
        }

    @cached_property
    def solution(self) -> Solution:
        """Everything computed from the lesson."""
        return solve(self.lesson)
