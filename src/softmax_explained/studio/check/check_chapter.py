"""Checks one chapter: it is played once without being drawn, and all rules are applied to what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from softmax_explained.stage.scene.beat import hold_of
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.captions.segmentation import Limits
from softmax_explained.studio.check.finding import Report, Violation
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


def check_chapter(chapter: type[Chapter], production: Production) -> Report:
    """Play one chapter and report what is wrong with its picture, except what concerns the whole film."""
    observer = Observer()
    played = dry_run(chapter, production, after_beat=observer.ended, observer=observer)
    starts = {record.id: record.start for record in played.records}
    findings, allowed = observer.judge.findings(starts)
    said = _said(played, production)
    narration = (narration_length(said),) if said else ()
    violations = (*_over_time(observer, played), *_captions(played, production, said))
    findings += [violation.finding(starts) for violation in violations]
    # Only a warning: the norm was measured on whole films, and one chapter may differ from the others.
    findings += [
        violation.at(chapter.name, 0.0).finding({chapter.name: 0.0}, "warning")
        for violation in pace(narration, CHAPTER_HINT)
    ]
    findings.sort(key=lambda finding: finding.film_time)
    counts = len(played.records), played.records[-1].end
    return Report(tuple(findings), tuple(allowed), *counts, tuple(observer.symbols), starts, narration)


def _over_time(observer: Observer, played: Chapter) -> Iterator[Violation]:
    holds = {f"{played.name}.{name}": hold_of(method) for name, method in played.beat_methods().items()}
    yield from observer.unproved_claims.values()
    yield from crowded_beats(observer.history, played.records)
    yield from short_holds(observer.history, played.records, holds)
    yield from short_formulas(observer.history)
    yield from frozen_pictures(observer.history)
    yield from flashes(observer.lights)


def _said(played: Chapter, production: Production) -> list[Said]:
    """The beats in which something is said, with its timing."""
    script, said = played.script, []
    for record in played.records:
        sentence = script.sentence(record.id)
        timing = production.timing(record.id)
        if timing.words:
            said.append((record, sentence, timing))
    return said


def _captions(played: Chapter, production: Production, said: list[Said]) -> Iterator[Violation]:
    if said:
        limits = Limits.of(" ".join(str(sentence) for _, sentence, _ in said), played.script.reading)
        yield from unreadable_captions(said, limits, production.frame_rate)
