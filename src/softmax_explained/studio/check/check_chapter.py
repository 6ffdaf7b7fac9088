"""Checks one chapter: it is played once without being drawn, and all rules are applied to what was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from softmax_explained.core.printing.unicode import to_text
from softmax_explained.stage.scene.beat import hold_of
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.captions.segmentation import Limits
from softmax_explained.studio.check.finding import Report, Violation
from softmax_explained.studio.check.labels.loose_labels import LOOSE
from softmax_explained.studio.check.observer import Observer
from softmax_explained.studio.check.rules.density import crowded_beats
from softmax_explained.studio.check.rules.durations import frozen_pictures, short_formulas, short_holds
from softmax_explained.studio.check.rules.flash import flashes
from softmax_explained.studio.check.rules.narration import (
    CHAPTER_HINT,
    Said,
    narration_length,
    pace,
    unreadable_captions,
)
from softmax_explained.studio.check.screen.algebra import rushed_lines, skipped_steps, unspoken_lines
from softmax_explained.studio.check.screen.empty import EmptyStretch, empty_bodies, empty_cards
from softmax_explained.studio.check.screen.idle import idle_stretches
from softmax_explained.studio.check.screen.letters import undefined_letters
from softmax_explained.studio.check.thresholds import TIME_ROUNDING
from softmax_explained.studio.painting.camera import SegmentCamera


def check_chapter(chapter: type[Chapter], production: Production) -> Report:
    """Play one chapter and report what is wrong with its picture, except what concerns the whole film."""
    observer = Observer()
    played = dry_run(
        chapter, production, after_beat=observer.ended, observer=observer, camera_class=SegmentCamera
    )
    starts = {record.id: record.start for record in played.records}
    findings, allowed = observer.judge.findings(starts)
    said = _said(played, production)
    narration = (narration_length(said),) if said else ()
    lines = observer.algebra.lines(_derivation_lines(production))
    stretches = observer.empty.end()
    violations = (
        *_over_time(observer, played),
        *_captions(played, production, said),
        *empty_bodies(stretches),
        *empty_cards(observer.empty.cards()),
        *observer.doubled.violations(),
        *observer.digits.violations(),
        *rushed_lines(lines),
        *unspoken_lines(lines, played.records),
        *skipped_steps(lines, production.film.theory.derivations.values() if production.cut.whole else ()),
        *idle_stretches(observer.motion.spans, _voice(said), played.records, _holds(played)),
        *undefined_letters(observer.letters.first, _introduced(production), _order(played, production)),
    )
    findings += [violation.finding(starts) for violation in violations]
    stand = {
        (f"{chapter.name}.{each.beat}", name)
        for each in findings
        if each.code == LOOSE.code
        for name in each.objects
    }
    findings += [each.finding(starts) for each in observer.labels.violations(stand)]
    at_the_end = {(finding.code, f"{chapter.name}.{finding.beat}") for finding in findings}
    framing = (each for each in observer.framing.violations() if (each.code, each.beat_id) not in at_the_end)
    passing = (*framing, *observer.doubled.warnings(), *observer.labels.warnings(stand))
    findings += [each.finding(starts, "warning") for each in passing]
    # Only a warning: the norm was measured on whole films, and one chapter may differ from the others.
    findings += [
        violation.at(chapter.name, 0.0).finding({chapter.name: 0.0}, "warning")
        for violation in pace(narration, CHAPTER_HINT)
    ]
    findings.sort(key=lambda finding: finding.film_time)
    counts = len(played.records), played.records[-1].end
    return Report(
        tuple(findings),
        tuple(allowed),
        *counts,
        tuple(observer.symbols),
        starts,
        narration,
        tuple(line for line, _ in lines),
        _empty_edges(stretches, played.records[-1].end),
        tuple(observer.pushes),
    )


def _over_time(observer: Observer, played: Chapter) -> Iterator[Violation]:
    holds = _holds(played)
    yield from _unproved_claims(observer, played)
    yield from crowded_beats(observer.history, played.records)
    yield from short_holds(observer.history, played.records, holds)
    yield from short_formulas(observer.history)
    yield from frozen_pictures(observer.history)
    yield from flashes(observer.lights)


def _unproved_claims(observer: Observer, played: Chapter) -> Iterator[Violation]:
    """What is not proved; what stands before the first beat that is shown belongs to that beat."""
    first, shown = played.records[0], {record.id for record in played.records}
    for claim in observer.unproved_claims.values():
        yield claim if claim.beat_id in shown else claim.at(first.id, first.start)


def _holds(played: Chapter) -> dict[str, str]:
    """The token of ``[pace]`` of each beat."""
    return {f"{played.name}.{name}": hold_of(method) for name, method in played.beat_methods().items()}


def _voice(said: list[Said]) -> list[tuple[float, float]]:
    """When a word is spoken, in seconds of the segment."""
    return [
        (record.speech_start + word.start, record.speech_start + word.end)
        for record, _, timing in said
        for word in timing.words
    ]


def _derivation_lines(production: Production) -> frozenset[str]:
    """The right sides of all derivations, as plain text."""
    return frozenset(
        to_text(expr)
        for derivation in production.film.theory.derivations.values()
        for equation in derivation.equations
        for expr in (equation, equation.rhs)
        if len(expr.args) > 1
    )


def _introduced(production: Production) -> Mapping[str, str]:
    return production.film.introduced if production.cut.whole else {}


def _order(played: Chapter, production: Production) -> list[str]:
    """The ids of the beats of the film in order; other chapters stand for the beats named in `introduced`."""
    beats = {played.name: [f"{played.name}.{name}" for name in played.beat_methods()]}
    for beat in production.film.introduced.values():
        chapter = beat.partition(".")[0]
        if chapter != played.name:
            beats.setdefault(chapter, []).append(beat)
    return [beat for chapter in production.film.chapters for beat in beats.get(chapter, ())]


def _empty_edges(stretches: list[EmptyStretch], end: float) -> tuple[float, float]:
    """Seconds for which the body is empty at the start and at the end of a chapter."""
    first = next((each.seconds for each in stretches if each.start <= 0), 0.0)
    last = next((each.seconds for each in stretches if each.end >= end - TIME_ROUNDING), 0.0)
    return first, last


def _said(played: Chapter, production: Production) -> list[Said]:
    """The beats in which something is said, with its timing."""
    script, said = played.script, []
    for record in played.records:
        narration = script.narration(record.id)
        timing = production.timing(record.id)
        if timing.words:
            said.append((record, narration, timing))
    return said


def _captions(played: Chapter, production: Production, said: list[Said]) -> Iterator[Violation]:
    if said:
        limits = Limits.of(
            " ".join(str(narration.caption) for _, narration, _ in said), played.script.reading
        )
        yield from unreadable_captions(said, limits, production.frame_rate)
