"""The ledger: what a film says and shows, and when, as JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import ConfigDict, JsonValue, TypeAdapter

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.video.mux import ChapterMark
from softmax_explained.studio.video.segment import Segment

_TIMES = {"duration", "start", "speech_start", "speech_end", "end", "word"}


@dataclass(frozen=True)
class Ledger:
    """What a film says and shows; times in seconds of the film."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: str
    duration: float
    production: dict[str, JsonValue]  # `Production.settings`, and the size and rate of the picture
    chapters: tuple[ChapterMark, ...]
    beats: tuple[BeatRecord, ...]
    schema_version: Literal[1] = 1  # raised when a reader of the ledger would have to change

    @classmethod
    def of(cls, plan: Plan, segments: Sequence[Segment]) -> Ledger:
        """Join what was planned with what was drawn."""
        marks, beats, start = list[ChapterMark](), list[BeatRecord](), 0.0
        for chapter, segment in zip(plan.chapters, segments, strict=True):
            end = start + segment.duration
            marks.append(ChapterMark(segment.chapter, chapter.title, start, end))
            beats += [record.later(start) for record in segment.records]
            start = end
        width, height = plan.production.pixels
        size = {"width": width, "height": height, "frame_rate": plan.production.frame_rate}
        return cls(plan.title, start, plan.production.settings() | size, tuple(marks), tuple(beats))

    @classmethod
    def parse(cls, text: str) -> Ledger:
        """Read a ledger.

        Raises:
            pydantic.ValidationError: it is not JSON, or not a ledger of this version.
        """
        return TypeAdapter(cls).validate_json(text)

    def json_text(self) -> str:
        """The ledger as it is written, times to a microsecond; the same film gives the same text."""
        ordered = [replace(beat, moves=tuple(sorted(beat.moves, key=_by_time))) for beat in self.beats]
        content = asdict(replace(self, beats=tuple(ordered)))
        content = {"schema_version": content.pop("schema_version"), **content}
        return json.dumps(_rounded(content), ensure_ascii=False, indent=2) + "\n"


def _by_time(move: Any) -> tuple[float, str]:
    return move.start, move.mark


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: round(part, 6) if key in _TIMES else _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value
