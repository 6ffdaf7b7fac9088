"""One chapter, played and watched: the picture before, in the middle and at the end of every move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from manim import Wait
from sympy import Expr

from softmax_explained.errors import ProofError
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.scene.timeline import Timeline
from softmax_explained.studio.check.finding import Placed, Sighting, SymbolUse
from softmax_explained.studio.check.history import History, Picture, Span
from softmax_explained.studio.check.judge import Seen, Verdicts
from softmax_explained.studio.check.rules.contrast import faint
from softmax_explained.studio.check.rules.flash import Light, is_large, light
from softmax_explained.studio.check.rules.numbers import left_behind, unaccounted
from softmax_explained.studio.check.rules.overlap import crossing, meetings, standing
from softmax_explained.studio.check.rules.proofs import misread, unproved
from softmax_explained.studio.check.rules.safe_area import outside
from softmax_explained.studio.check.rules.symbol_colours import uses
from softmax_explained.studio.check.rules.text_size import small
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import FLASH_STEP

QUARTERS = 4
"""A move is looked at after each part of this many, and more often if something large moves."""


class Observer:
    """Looks at a chapter while it is played.

    Attributes:
        verdicts: what was seen against the norms.
        story: what came, went and stood still.
        lights: beat, second of the reel and light of every look.
        symbols: the letters of the formulas at the end of each beat.
        unproved_claims: by beat and formula, what is claimed without a proof, be it for a moment.
    """

    def __init__(self) -> None:
        self.verdicts = Verdicts()
        self.story = History()
        self.lights: list[tuple[str, float, Light]] = []
        self.symbols: list[SymbolUse] = []
        self.unproved_claims: dict[tuple[str, tuple[str, ...]], Placed] = {}
        self._looks = 0
        self._way: list[tuple[Snapshot, float, list[Sighting]]] = []

    # What the timeline tells ----------------------------------------------------------------------------

    def before(self, scene: Timeline) -> None:
        """Look at the picture a move starts from."""
        glance = self._glance(scene, scene.clock)
        self.story.pictures.append(Picture.of(_beat(scene), scene.clock, glance))
        self._keep(scene, [*standing(glance), *_on_any(scene, glance)], scene.clock, stands=False)

    def moments(self, scene: Timeline, seconds: float) -> Iterable[float]:
        """The start of a move and its quarters; for something large, often enough to see a flash."""
        steps = QUARTERS
        if is_large(scene.animations, _chapter(scene).frame):
            steps = max(steps, int(np.ceil(seconds / FLASH_STEP)))
        return [seconds * step / steps for step in range(steps)]

    def moving(self, scene: Timeline, moment: float, seconds: float) -> None:
        """Keep what is seen on the way; at the end of the move it can be judged."""
        time = scene.clock + moment
        glance = self._glance(scene, time, moves=True)
        self._way.append((glance, time, list(_on_any(scene, glance))))
        if moment < seconds:
            return
        (start, *_), *middle, (end, *_) = self._way
        self._way = []
        natural = meetings(start) | meetings(end)
        for glance, when, sightings in middle:
            self._keep(scene, [*crossing(glance, natural), *sightings], when, stands=False)
        is_wait = all(isinstance(animation, Wait) for animation in scene.animations or ())
        (self.story.stills if is_wait else self.story.moves).append(
            Span(_beat(scene), scene.clock, scene.clock + seconds)
        )

    def held(self, scene: Timeline, seconds: float) -> None:
        """Look at a picture that stands."""
        glance = Snapshot(scene)
        start = scene.clock - seconds
        self.story.stills.append(Span(_beat(scene), start, scene.clock))
        self._keep(scene, [*standing(glance), *_on_any(scene, glance)], start, stands=True)

    def ended(self, scene: Chapter, record: BeatRecord) -> None:
        """Look at the last picture of a beat."""
        glance = self._glance(scene, record.end)
        self.story.pictures.append(Picture.of(record.id, record.end, glance))
        seen = [*standing(glance), *_on_any(scene, glance), *left_behind(glance)]
        self._keep(scene, [*seen, *unaccounted(scene, record, glance)], record.end, stands=True)
        self.symbols += uses(glance, record.id, record.end)

    def unproved(self, scene: Timeline, claim: Expr, error: ProofError) -> None:
        """Keep a claim without a proof that comes onto the stage."""
        self._keep_claim(scene, unproved(claim, error), scene.clock)

    # What is seen ---------------------------------------------------------------------------------------

    def _glance(self, scene: Timeline, time: float, *, moves: bool = False) -> Snapshot:
        glance = Snapshot(scene)
        for sighting in misread(_chapter(scene).proofs, glance, moves=moves):
            self._keep_claim(scene, sighting, time)
        self.lights.append((_beat(scene), time, light(glance, _chapter(scene).frame)))
        return glance

    def _keep_claim(self, scene: Timeline, sighting: Sighting, time: float) -> None:
        placed = Placed(_beat(scene), time, sighting)
        self.unproved_claims.setdefault((_beat(scene), sighting.objects), placed)

    def _keep(self, scene: Timeline, sightings: list[Sighting], time: float, *, stands: bool) -> None:
        self._looks += 1
        for sighting in sightings:
            self.verdicts.add(Seen(Placed(_beat(scene), time, sighting), self._looks, stands))


def _on_any(scene: Timeline, glance: Snapshot) -> Iterator[Sighting]:
    """What can be measured on any picture."""
    chapter = _chapter(scene)
    yield from outside(glance, chapter.frame.safe)
    yield from small(glance, chapter.script.title(chapter.beat_id))
    yield from faint(glance)


def _chapter(scene: Timeline) -> Chapter:
    assert isinstance(scene, Chapter)  # nothing else is rehearsed
    return scene


def _beat(scene: Timeline) -> str:
    return _chapter(scene).beat_id
