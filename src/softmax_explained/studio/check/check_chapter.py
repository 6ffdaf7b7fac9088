"""One chapter checked: played once without being drawn, and all rules put to what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from softmax_explained.stage.narration.timing import reading_time
from softmax_explained.stage.scene.beat import hold_of
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.captions.segmentation import Limits
from softmax_explained.studio.check.finding import Finding, Placed, Report, Told
from softmax_explained.studio.check.judge import finding_of
from softmax_explained.studio.check.observer import Observer
from softmax_explained.studio.check.rules.density import crowded
from softmax_explained.studio.check.rules.durations import formulas, frozen, key_lines
from softmax_explained.studio.check.rules.flash import flashes
from softmax_explained.studio.check.rules.narration import OF_A_CHAPTER, Said, pace, told, unreadable_captions


def check_chapter(chapter: type[Chapter], production: Production) -> Report:
    """Play one chapter and report what a viewer would mind, but for what concerns the whole film.

    Args:
        chapter: its class.
        production: the settings, with the times of the speech where somebody speaks.
    """
    watch = Observer()
    played = dry_run(chapter, production, after_beat=watch.ended, watcher=watch)
    starts = {record.id: record.start for record in played.records}
    findings, allowed = watch.verdicts.judge(starts)
    said = _said(played, production)
    narration = (told(said),) if said else ()
    captioned = _captions(played, production, said)
    findings += [
        finding_of(placed, starts)
        for placed in (*watch.unproved_claims.values(), *_over_time(watch, played), *captioned)
    ]
    findings += _paced(chapter.name, narration)
    findings.sort(key=lambda finding: finding.film_time)
    return Report(
        tuple(findings),
        tuple(allowed),
        len(played.records),
        played.records[-1].end,
        tuple(watch.symbols),
        starts,
        narration,
    )


def _over_time(watch: Observer, played: Chapter) -> Iterator[Placed]:
    holds = {f"{played.name}.{name}": hold_of(method) for name, method in played.beat_methods().items()}
    yield from crowded(watch.story, played.records)
    yield from key_lines(watch.story, played.records, holds)
    yield from formulas(watch.story)
    yield from frozen(watch.story)
    yield from flashes(watch.lights)


def _said(played: Chapter, production: Production) -> list[Said]:
    """The beats in which something is said, with when it is."""
    script, said = played.script, []
    for record in played.records:
        sentence = script.sentence(record.id)
        timing = production.timings.get(record.id) or reading_time(sentence, script.reading)
        if timing.words:
            said.append((record, sentence, timing))
    return said


def _paced(chapter: str, narration: tuple[Told, ...]) -> Iterator[Finding]:
    """A warning: the norm was measured on whole films, and a chapter may differ from its film."""
    for sighting in pace(narration, OF_A_CHAPTER):
        yield finding_of(Placed(chapter, 0.0, sighting), {chapter: 0.0}, is_error=False)


def _captions(played: Chapter, production: Production, said: list[Said]) -> Iterator[Placed]:
    if said:
        limits = Limits.of(" ".join(str(sentence) for _, sentence, _ in said), played.script.reading)
        yield from unreadable_captions(said, limits, production.frame_rate)
