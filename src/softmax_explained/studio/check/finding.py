"""The results of a check: findings, and what was allowed on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Violation:
    """A rule that is broken at one moment; see `Rule` and `Finding`."""

    code: str
    objects: tuple[str, ...]
    measured: str
    norm: str
    hint: str
    excess: float  # by how much; of several violations the largest is reported
    reason: str | None = None  # why the scene does it on purpose, if it says so
    beat_id: str = ""  # or of a chapter; empty if it concerns the film
    time: float = 0.0  # seconds of the segment
    never: bool = False  # whether it is an error even if it only passes

    def at(self, beat_id: str, time: float) -> Violation:
        """The same violation in a beat, at a time in seconds of the segment."""
        return replace(self, beat_id=beat_id, time=time)

    def finding(self, starts: Mapping[str, float], severity: Severity = "error") -> Finding:
        """The violation as it is reported; beats start at `starts`, in seconds of the segment or film."""
        chapter, _, beat = self.beat_id.partition(".")
        since = self.time - starts[self.beat_id]
        place = (self.code, severity, chapter, beat, since, self.time)
        return Finding(*place, self.objects, self.measured, self.norm, self.hint)


@dataclass(frozen=True)
class Rule:
    """A rule: its code, what it demands, with ``{}`` for the limit, and what to do if it is broken."""

    code: str
    norm: str
    hint: str

    def violation(
        self,
        *objects: str,
        measured: str,
        excess: float,
        limit: object = "",
        hint: str = "",
        allowed: Mapping[str, str] | None = None,
    ) -> Violation:
        """A violation by named objects, which may be allowed by code; a hint replaces that of the rule."""
        norm = self.norm.format(limit)
        return Violation(
            self.code, objects, measured, norm, hint or self.hint, excess, (allowed or {}).get(self.code)
        )


@dataclass(frozen=True)
class SymbolUse:
    """A letter, without its index, of a formula in a colour (``#RRGGBB``) with a meaning."""

    letter: str
    colour: str
    role: str | None
    formula: str
    beat_id: str
    time: float


@dataclass(frozen=True)
class PushUse:
    """An arrow against the number of a gradient at the end of a beat, and whether words say what it is."""

    number: str
    is_named: bool
    beat_id: str
    time: float


@dataclass(frozen=True)
class AlgebraLine:
    """A line of algebra: when it appears and when it stands complete and undimmed, in seconds."""

    beat: str  # the id of the beat in which it appears
    line: str  # as plain text
    appears: float
    complete_from: float  # the longest time in which it is complete, as the next
    until: float
    needed: float  # how long it should be complete
    new_symbols: int  # those that the line before it does not have
    carried: bool = False  # it stands in the first picture of its chapter already


@dataclass(frozen=True)
class NarrationLength:
    """How much is said in a chapter: words, or characters of a language in signs, and minutes of speech."""

    length: float
    minutes: float
    signs: bool


@dataclass(frozen=True)
class Finding:
    """A defect of the picture, the words or the timing."""

    code: str  # of the rule it breaks
    severity: Severity  # a warning if it passes, or concerns the pace of one chapter
    chapter: str  # empty if it concerns the whole film
    beat: str  # empty if it concerns the whole chapter
    time: float  # seconds from the start of the beat, chapter or film that it concerns
    film_time: float  # seconds from the start of the chapters that were checked
    objects: tuple[str, ...]  # what it is about
    measured: str  # the value, with its unit
    norm: str  # what it should be, with its unit
    hint: str


@dataclass(frozen=True)
class Allowed:
    """A rule that a scene breaks on purpose, and why."""

    code: str
    chapter: str
    beat: str
    objects: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Report:
    """All findings of a film, or of some chapters of it."""

    findings: tuple[Finding, ...]  # in the order of the film
    allowed: tuple[Allowed, ...]
    beats: int  # how many were checked
    seconds: float  # their duration
    symbols: tuple[SymbolUse, ...] = ()  # of all formulas
    starts: Mapping[str, float] = field(default_factory=dict)  # of each beat, in seconds
    narration: tuple[NarrationLength, ...] = ()  # of each chapter
    lines: tuple[AlgebraLine, ...] = ()  # of algebra, in the order of the film
    empty_edges: tuple[float, float] = (0.0, 0.0)  # seconds of empty body at the start and at the end
    pushes: tuple[PushUse, ...] = ()  # at the end of beats, in the order of the film

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make a check fail."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not make a check fail."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")
