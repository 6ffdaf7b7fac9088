"""One chapter, played and watched: what is seen at single moments becomes findings of a beat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.stage.record import BeatRecord
from softmax_explained.stage.rehearsal import rehearse
from softmax_explained.stage.timeline import Timeline
from softmax_explained.studio.check.contrast import faint
from softmax_explained.studio.check.finding import Allowed, Finding, Report, Sighting
from softmax_explained.studio.check.glance import Glance
from softmax_explained.studio.check.norms import PERSISTS
from softmax_explained.studio.check.outside import outside
from softmax_explained.studio.check.overlap import Meeting, crossing, meetings, standing
from softmax_explained.studio.check.size import small

PARTS = (0.0, 0.25, 0.5, 0.75)
"""The parts of a move after which it is looked at, besides its end."""

PASSING = frozenset({"OVERLAP", "OUTSIDE"})
"""What is worth a warning when it passes; the others are measured on what persists."""


@dataclass(frozen=True)
class _Seen:
    """A sighting, and when it was: the look of the watch, the second of the reel, whether nothing moved."""

    sighting: Sighting
    look: int
    time: float
    stands: bool


class Watch:
    """Looks at a chapter while it is played.

    Args:
        chapter: the one that is played.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, tuple[str, ...]], list[_Seen]] = defaultdict(list)
        self._looks = 0
        self._way: list[tuple[Glance, float, list[Sighting]]] = []

    # What the timeline tells ----------------------------------------------------------------------------

    def before(self, scene: Timeline) -> None:
        """Look at the picture a move starts from."""
        self._picture(scene, scene.clock, stands=False)

    def moments(self, scene: Timeline, seconds: float) -> Iterable[float]:
        """The start of a move, and its quarters."""
        return [part * seconds for part in PARTS]

    def moving(self, scene: Timeline, moment: float, seconds: float) -> None:
        """Keep what is seen on the way; at the end of the move it can be judged."""
        glance = Glance(scene)
        self._way.append((glance, scene.clock + moment, list(self._on_any(scene, glance))))
        if moment < seconds:
            return
        (start, *_), *middle, (end, *_) = self._way
        self._way = []
        natural: set[Meeting] = meetings(start) | meetings(end)
        for glance, time, sightings in middle:
            self._keep(scene, [*crossing(glance, natural), *sightings], time, stands=False)

    def held(self, scene: Timeline, seconds: float) -> None:
        """Look at a picture that stands."""
        self._picture(scene, scene.clock - seconds, stands=True)

    def ended(self, scene: Chapter, record: BeatRecord) -> None:
        """Look at the last picture of a beat."""
        self._picture(scene, record.end, stands=True)

    # What is seen ---------------------------------------------------------------------------------------

    def _picture(self, scene: Timeline, time: float, *, stands: bool) -> None:
        glance = Glance(scene)
        self._keep(scene, [*standing(glance), *self._on_any(scene, glance)], time, stands=stands)

    def _on_any(self, scene: Timeline, glance: Glance) -> Iterator[Sighting]:
        assert isinstance(scene, Chapter)
        yield from outside(glance, scene.frame.safe)
        yield from small(glance, scene.script.title(scene.beat_id))
        yield from faint(glance)

    def _keep(self, scene: Timeline, sightings: list[Sighting], time: float, *, stands: bool) -> None:
        assert isinstance(scene, Chapter)
        self._looks += 1
        for sighting in sightings:
            key = sighting.code, scene.beat_id, sighting.objects
            self._seen[key].append(_Seen(sighting, self._looks, time, stands))

    # What comes of it -----------------------------------------------------------------------------------

    def report(self, played: Chapter) -> Report:
        """What was found in the chapter that was played."""
        starts = {record.id: record.start for record in played.records}
        findings, allowed = list[Finding](), list[Allowed]()
        for (code, beat_id, objects), seen in self._seen.items():
            chapter, _, beat = beat_id.partition(".")
            standing = [each for each in seen if each.stands] or seen
            worst = max(standing, key=lambda each: each.sighting.excess).sighting
            stays = _stays(seen)
            if worst.reason is not None:
                allowed.append(Allowed(code, chapter, beat, objects, worst.reason))
            elif stays or code in PASSING:
                findings.append(
                    Finding(
                        code,
                        "error" if stays else "warning",
                        chapter,
                        beat,
                        seen[0].time - starts[beat_id],
                        seen[0].time,
                        objects,
                        worst.measured,
                        worst.norm,
                        worst.hint,
                    )
                )
        findings.sort(key=lambda finding: finding.film_time)
        return Report(tuple(findings), tuple(allowed), len(played.records), played.clock)


def _stays(seen: list[_Seen]) -> bool:
    """Whether it was seen in a picture that stands, or in look after look for longer than a moment."""
    since, last = seen[0].time, seen[0].look
    for each in seen:
        if each.stands:
            return True
        if each.look > last + 1:
            since = each.time
        last = each.look
        if each.time - since >= PERSISTS:
            return True
    return False


def check_chapter(chapter: type[Chapter], production: Production) -> Report:
    """Play one chapter without drawing it and report what a viewer would mind."""
    watch = Watch()
    played = rehearse(chapter, production, after_beat=watch.ended, watcher=watch)
    return watch.report(played)
