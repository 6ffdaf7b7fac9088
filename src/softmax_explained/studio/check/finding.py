"""What the check hands over: findings, and what was allowed on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Sighting:
    """A norm is broken at one moment.

    Attributes:
        code: of the norm.
        objects: what breaks it, named.
        measured: the value, with its unit.
        norm: what it should be, with its unit.
        excess: how badly it breaks the norm; of several sightings the largest is told.
        hint: what to do.
        reason: why the scene does it on purpose, if it says so.
    """

    code: str
    objects: tuple[str, ...]
    measured: str
    norm: str
    excess: float = 0.0
    hint: str = ""
    reason: str | None = None


@dataclass(frozen=True)
class SymbolUse:
    """A letter of a formula in a colour that means something.

    Attributes:
        letter: without its index.
        colour: ``#RRGGBB``.
        role: whose letter it is, if it has one.
        formula: as plain text.
        beat_id: where it stands.
        time: seconds of the reel.
    """

    letter: str
    colour: str
    role: str | None
    formula: str
    beat_id: str
    time: float


@dataclass(frozen=True)
class Told:
    """How much is said in a chapter.

    Attributes:
        length: words, or characters where a language is written in signs.
        minutes: of speech.
        signs: whether it is.
    """

    length: float
    minutes: float
    signs: bool


@dataclass(frozen=True)
class Placed:
    """A sighting that needs no second look, with its beat's id and the second of the reel."""

    beat_id: str
    time: float
    sighting: Sighting


@dataclass(frozen=True)
class Finding:
    """Something a viewer would mind.

    Attributes:
        code: of the norm it breaks.
        severity: ``error`` if it stands; ``warning`` if it passes in the middle of a move, or is the pace of
            one chapter.
        chapter: its name; empty if it concerns the whole film.
        beat: its name; empty if it concerns the whole chapter.
        time: seconds from the start of the beat, or of what else it concerns.
        film_time: seconds from the start of the chapters that were checked.
        objects: what it is about.
        measured: the value, with its unit.
        norm: what it should be, with its unit.
        hint: what to do.
    """

    code: str
    severity: Severity
    chapter: str
    beat: str
    time: float
    film_time: float
    objects: tuple[str, ...]
    measured: str
    norm: str
    hint: str


@dataclass(frozen=True)
class Allowed:
    """A norm that a scene breaks on purpose, and why."""

    code: str
    chapter: str
    beat: str
    objects: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Report:
    """All that was found in one production, or in one chapter of it.

    Attributes:
        findings: in the order of the film.
        allowed: what was let pass.
        beats: how many were looked at.
        seconds: how long they last.
        symbols: the letters of all formulas, for what must be the same in the whole film.
        starts: when each beat starts, in seconds of the reel or of the film.
        told: how much each chapter says.
    """

    findings: tuple[Finding, ...]
    allowed: tuple[Allowed, ...]
    beats: int
    seconds: float
    symbols: tuple[SymbolUse, ...] = ()
    starts: Mapping[str, float] = field(default_factory=dict)
    told: tuple[Told, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make a film fail."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are worth a look and do not make a film fail."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")
