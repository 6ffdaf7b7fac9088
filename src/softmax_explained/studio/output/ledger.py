"""The ledger: what a film says and shows, and when, as JSON beside it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, JsonValue, PlainSerializer

from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.speech.voices import SILENT
from softmax_explained.studio.video.segment import Segment

SCHEMA: Literal[1] = 1
"""Raised when a reader of the ledger would have to change."""

Seconds = Annotated[float, PlainSerializer(lambda seconds: round(seconds, 6))]
"""Time in the film, to a microsecond."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProductionEntry(_Entry):
    """The settings of the film."""

    lesson: dict[str, JsonValue]
    """The input data by the keys of a lesson file; `Lesson` takes them as its arguments."""
    language: str
    frame: str
    quality: str
    width: int
    height: int
    frame_rate: int
    voice: str
    cut: str

    @classmethod
    def of(cls, production: Production) -> ProductionEntry:
        """Copy a production."""
        width, height = production.pixels
        return cls(
            lesson=production.lesson.data(),
            language=production.language,
            frame=production.frame,
            quality=production.quality,
            width=width,
            height=height,
            frame_rate=production.frame_rate,
            voice=production.voice or SILENT,
            cut=production.cut.name,
        )


class MoveEntry(_Entry):
    """A move that starts on a word."""

    mark: str
    word: Seconds
    start: Seconds


class NumberEntry(_Entry):
    """A number on screen at the end of a beat: the value is ``value`` times ten to ``exponent``."""

    key: str
    text: str
    value: float
    exponent: int


class FormulaEntry(_Entry):
    """A formula on screen at the end of a beat, with the proof of every relation in it."""

    typst: str
    text: str
    proof: tuple[str, ...] = ()
    part_of: str | None = None


class BeatEntry(_Entry):
    """One beat; all times are seconds of the film."""

    id: str
    chapter: str
    title: str
    start: Seconds
    speech_start: Seconds
    speech_end: Seconds
    end: Seconds
    narration: str
    moves: tuple[MoveEntry, ...]
    numbers: tuple[NumberEntry, ...]
    formulas: tuple[FormulaEntry, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, record: BeatRecord, chapter: str) -> BeatEntry:
        """Copy a record.

        Args:
            record: with times in seconds of the film.
            chapter: the reel's.
        """
        return cls(
            id=record.id,
            chapter=chapter,
            title=record.title,
            start=record.start,
            speech_start=record.speech_start,
            speech_end=record.speech_end,
            end=record.end,
            narration=record.narration,
            moves=tuple(
                MoveEntry(**vars(move))
                for move in sorted(record.moves, key=lambda move: (move.start, move.mark))
            ),
            numbers=tuple(NumberEntry(**vars(number)) for number in record.numbers),
            formulas=tuple(FormulaEntry(**vars(formula)) for formula in record.formulas),
            words=record.words,
        )


class ChapterEntry(_Entry):
    """A chapter of the film's menu."""

    name: str
    title: str
    start: Seconds
    end: Seconds


class Ledger(_Entry):
    """What a film says and shows."""

    schema_version: Literal[1] = SCHEMA
    title: str
    duration: Seconds
    production: ProductionEntry
    chapters: tuple[ChapterEntry, ...]
    beats: tuple[BeatEntry, ...]

    @classmethod
    def of(cls, plan: Plan, reels: tuple[Segment, ...]) -> Ledger:
        """Join what was planned with what was drawn."""
        chapters, beats, begun = list[ChapterEntry](), list[BeatEntry](), 0.0
        for chapter, reel in zip(plan.chapters, reels, strict=True):
            end = begun + reel.duration
            chapters.append(ChapterEntry(name=reel.chapter, title=chapter.title, start=begun, end=end))
            beats += [BeatEntry.of(record.later(begun), reel.chapter) for record in reel.records]
            begun = end
        return cls(
            title=plan.title,
            duration=begun,
            production=ProductionEntry.of(plan.production),
            chapters=tuple(chapters),
            beats=tuple(beats),
        )

    def json_text(self) -> str:
        """The ledger as it is written: the same film gives the same text."""
        return self.model_dump_json(indent=2) + "\n"
