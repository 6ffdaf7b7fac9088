"""The frozen settings of one run. The style and Manim's frame rate are process-wide; all else is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from softmax_explained.core.interfaces import FilmSolution
from softmax_explained.errors import UsageError, did_you_mean
from softmax_explained.stage.design.layout import FRAMES, Frame
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.timing import BeatTiming, reading_time
from softmax_explained.stage.narration.words_file import ENDING, WordsFile, languages
from softmax_explained.stage.scene.film import FULL, Cut, Film, one_of


@dataclass(frozen=True)
class Quality:
    """The size and rate of the picture."""

    lines: int  # pixels of the shorter side
    frame_rate: int  # frames per second


CAPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "burn": "drawn into the picture, in a region where nothing else stands",
        "lane": "not drawn, but their region is kept free",
        "off": "not drawn",
    }
)
"""What may become of captions in the picture; they are also written to files beside the film."""


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
    """One film to make: the settings as they are asked for, and what planning adds to them.

    Raises:
        UsageError: there is no such frame, quality or chapter, or the cut has nothing of a chapter.
    """

    film: Film
    lesson: Any = None  # a `FilmLesson`; the film's own if not given
    chapters: tuple[str, ...] = ()  # names of the chapters to show; all of the cut if none is named
    language: str = "en"  # one of the film, or the path of another words file; after planning, its tag
    frame: str = "wide"  # the layout of the picture: wide is 16:9, tall 9:16, square 1:1
    quality: str = "high"  # a key of `QUALITIES`
    voice: str | None = None  # who speaks, or none; None for the voice of the language
    cut: Cut = FULL
    captions: str | None = None  # a key of `CAPTIONS`; None for what the cut or the frame has
    sounds: bool = True  # whether quiet sounds go with some moves; a film without a voice has no sound
    recordings: Path | None = (
        None  # a folder with the speech of every beat, which is heard instead of a voice
    )
    described: bool = False  # whether what is seen in a beat is spoken before its narration
    # Added by planning: when the words of each beat are said (without: at reading speed), the captions
    # that are burned in, in seconds from the first word of their beat, and the content of the words file,
    # which is then the same for all workers even if the file changes.
    timings: Mapping[str, BeatTiming] = field(default_factory=dict)
    cues: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)
    words: WordsFile | None = None

    def __post_init__(self) -> None:
        one_of("frame", self.frame, FRAMES)
        one_of("quality", self.quality, QUALITIES)
        one_of("captions", self.caption_mode, CAPTIONS)
        if self.lesson is None:
            object.__setattr__(self, "lesson", self.film.default_lesson())
        for added in ("timings", "cues"):
            object.__setattr__(self, added, MappingProxyType(dict(getattr(self, added))))
        shown = self.cut.chapters(self.film.chapters)
        order = *self.film.chapters, *self.cut.own_chapters
        for name in self.chapters:
            if name not in order:
                hint = f"{did_you_mean(name, order)}chapters: {', '.join(order)}"
                raise UsageError(f"no chapter {name!r}", hint=hint)
            if name not in shown:
                raise UsageError(
                    f"the {self.cut.name} cut has nothing of chapter {name!r}",
                    hint=f"its chapters: {', '.join(shown)}",
                )

    def __reduce__(self) -> tuple[type[Production], tuple[object, ...]]:
        """Pickle the settings, not the solution: it is solved anew where it arrives."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values |= {"timings": dict(self.timings), "cues": dict(self.cues)}
        return Production, tuple(values.values())

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the chapters that are shown, in the order of the film."""
        all_of_it = self.cut.chapters(self.film.chapters)
        return tuple(name for name in all_of_it if name in self.chapters or not self.chapters)

    @property
    def tag(self) -> str:
        """The language in the names of the files: ``fr`` for ``words/fr.toml``."""
        return Path(self.language).stem if self.language.endswith(ENDING) else self.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages of the captions: the spoken one, then the others of the film."""
        others = (each for each in languages(self.film.words_folder) if each != self.tag)
        return (self.tag, *others)

    def settings(self) -> dict[str, Any]:
        """The settings as data: what the ledger records, and what a finished film depends on."""
        return {
            "lesson": self.lesson.data(),
            "language": self.tag,
            "frame": self.frame,
            "quality": self.quality,
            "voice": self.voice,
            "cut": self.cut.name,
            "captions": self.caption_mode,
            "sounds": self.sounds,
            "described": self.described,
        }

    @property
    def caption_mode(self) -> str:
        """A key of `CAPTIONS`."""
        burns = self.cut.burns_captions or FRAMES[self.frame].burns_captions
        return self.captions or ("burn" if burns else "off")

    @property
    def layout(self) -> Frame:
        """The regions of the picture."""
        frame = FRAMES[self.frame]
        return frame if self.caption_mode == "off" else frame.with_caption_lane()

    @property
    def frame_rate(self) -> int:
        """Frames per second."""
        return QUALITIES[self.quality].frame_rate

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return FRAMES[self.frame].pixels(QUALITIES[self.quality].lines)

    def camera(self, lines: int | None = None) -> dict[str, float]:
        """Manim's settings for the frame; `lines`, of its shorter side, may replace the quality's."""
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
    def solution(self) -> FilmSolution:
        """Everything computed from the lesson."""
        solution: FilmSolution = self.film.solve(self.lesson)
        return solution

    @cached_property
    def script(self) -> Script:
        """The words, filled from the solution."""
        return self.film.script(self.words or self.language, self.solution)

    def timing(self, beat: str) -> BeatTiming:
        """When the words of a beat are said: by the voice, or at reading speed."""
        if beat in self.timings:
            return self.timings[beat]
        narration = self.script.narration(beat)
        read = reading_time(narration.voice, self.script.reading)
        return narration.timing([(word.start, word.end) for word in read.words], read.speech)
