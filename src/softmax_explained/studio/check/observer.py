"""Watches a chapter while it is played: before, during and at the end of every animation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from manim import Wait
from sympy import Expr

from softmax_explained.errors import ProofError
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.finding import PushUse, SymbolUse, Violation
from softmax_explained.studio.check.history import History, Picture, Span
from softmax_explained.studio.check.judge import Judge
from softmax_explained.studio.check.labels.labels_in_moves import LabelsInMoves
from softmax_explained.studio.check.labels.loose_labels import loose_labels
from softmax_explained.studio.check.rules.contrast import low_contrast
from softmax_explained.studio.check.rules.flash import Luminances, is_large, luminances
from softmax_explained.studio.check.rules.lines_through_text import lines_through_text
from softmax_explained.studio.check.rules.numbers import stray_glyphs, unknown_numbers
from softmax_explained.studio.check.rules.overlap import crossings, meetings, overlaps
from softmax_explained.studio.check.rules.proofs import unproved_claim, unproved_relations
from softmax_explained.studio.check.rules.safe_area import outside_safe_area
from softmax_explained.studio.check.rules.text_size import small_text
from softmax_explained.studio.check.screen.algebra import AlgebraWatch
from softmax_explained.studio.check.screen.arithmetic import wrong_arithmetic
from softmax_explained.studio.check.screen.composition import Framing, composition, ink
from softmax_explained.studio.check.screen.doubled import DoubledInk
from softmax_explained.studio.check.screen.empty import EmptyBody
from softmax_explained.studio.check.screen.idle import Motion
from softmax_explained.studio.check.screen.letters import Letters
from softmax_explained.studio.check.screen.stale import StaleDigits
from softmax_explained.studio.check.screen.states import mixed_states
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.symbols.curves import curves_of_one_colour
from softmax_explained.studio.check.symbols.meanings import push_shown, wrong_meanings
from softmax_explained.studio.check.symbols.symbol_colours import symbol_uses
from softmax_explained.studio.check.thresholds import FLASH_STEP, KEPT, SAMPLES, STANDS, STEP

_Moment = tuple[Snapshot, float, list[Violation] | None]
"""A picture of a move, its time, and what is wrong in it; None where not all rules were applied."""


class Observer:
    """Takes snapshots of a chapter while it is played."""

    def __init__(self) -> None:
        self.judge = Judge()
        self.history = History()
        self.lights: list[tuple[str, float, Luminances]] = []  # with beat and second of the segment
        self.symbols: list[SymbolUse] = []  # at the end of each beat
        self.pushes: list[PushUse] = []  # the same
        self.unproved_claims: dict[tuple[str, tuple[str, ...]], Violation] = {}  # by beat and formula
        self.algebra, self.doubled, self.empty = AlgebraWatch(), DoubledInk(), EmptyBody()
        self.motion, self.letters, self.digits = Motion(), Letters(), StaleDigits()
        self.framing, self.labels = Framing(), LabelsInMoves()
        self._snapshots = 0
        self._animation: list[_Moment] = []
        self._heavy = 1  # every how many pictures of a move all rules are applied

    # Called by the timeline -----------------------------------------------------------------------------

    def before(self, scene: Chapter) -> None:
        """Check the picture from which an animation starts."""
        snapshot = self._snapshot(scene, scene.clock)
        self.algebra.move(scene.clock)
        self.doubled.see(scene.beat_id, scene.clock, snapshot)
        self.framing.see(scene.beat_id, scene.clock, ink(scene, scene.frame))
        self.history.pictures.append(Picture.of(scene.beat_id, scene.clock, snapshot))
        self._keep(scene, [*overlaps(snapshot), *_in_any(scene, snapshot)], scene.clock, still=False)

    def moments(self, scene: Chapter, seconds: float) -> Iterable[float]:
        """The start of an animation and enough moments of it; for something large, to see a flash."""
        step = FLASH_STEP if is_large(scene.animations, scene.frame) else STEP
        self._heavy = max(1, int(np.ceil(seconds / step / SAMPLES)))
        steps = SAMPLES * self._heavy
        return [seconds * step / steps for step in range(steps)]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        """Keep what is seen during an animation; it is checked at the end."""
        time, last = scene.clock + moment, moment >= seconds
        heavy = last or len(self._animation) % self._heavy == 0
        snapshot = self._snapshot(scene, time, moves=True)
        self.doubled.see_move(scene.beat_id, time, snapshot, last=last)
        self._animation.append((snapshot, time, list(_in_any(scene, snapshot)) if heavy else None))
        if not last:
            return
        (start, *_), *middle, (end, *_) = _carried_on(self._animation)
        self._animation = []
        natural = meetings(start) | meetings(end)
        for during, when, violations in middle:
            self._keep(scene, [*crossings(during, natural), *violations], when, still=False)
        is_wait = all(isinstance(animation, Wait) for animation in scene.animations or ())
        spans = self.history.stills if is_wait else self.history.moves
        spans.append(Span(scene.beat_id, scene.clock, scene.clock + seconds))

    def held(self, scene: Chapter, seconds: float) -> None:
        """Check a still picture."""
        snapshot = Snapshot(scene)
        start = scene.clock - seconds
        self._watch(scene.beat_id, start, scene, snapshot)
        self._watch(scene.beat_id, scene.clock, scene, snapshot)
        self.history.stills.append(Span(scene.beat_id, start, scene.clock))
        seen = [*overlaps(snapshot), *_in_any(scene, snapshot), *_facts(scene, snapshot)]
        if seconds >= STANDS:
            seen += [*loose_labels(snapshot, scene.frame), *lines_through_text(snapshot)]
            seen += curves_of_one_colour(snapshot)
        self._keep(scene, seen, start, still=True)

    def ended(self, scene: Chapter, record: BeatRecord) -> None:
        """Check the last picture of a beat."""
        snapshot = self._snapshot(scene, record.end)
        self.history.pictures.append(Picture.of(record.id, record.end, snapshot))
        seen = [*overlaps(snapshot), *lines_through_text(snapshot), *stray_glyphs(snapshot)]
        seen += _in_any(scene, snapshot)
        picture = ink(scene, scene.frame)
        self.framing.see(record.id, record.end, picture)
        seen += [*composition(picture), *loose_labels(snapshot, scene.frame)]
        seen += [*_facts(scene, snapshot), *wrong_meanings(scene, snapshot), *curves_of_one_colour(snapshot)]
        self._keep(scene, [*seen, *unknown_numbers(scene, record, snapshot)], record.end, still=True)
        self.symbols += symbol_uses(snapshot, record.id, record.end)
        if (push := push_shown(scene, snapshot)) is not None:
            self.pushes.append(PushUse(*push, record.id, record.end))

    def unproved(self, scene: Chapter, claim: Expr, error: ProofError) -> None:
        """Keep a formula without a proof that is added to the scene."""
        self._keep_claim(scene, unproved_claim(claim, error), scene.clock)

    # ----------------------------------------------------------------------------------------------------

    def _snapshot(self, scene: Chapter, time: float, *, moves: bool = False) -> Snapshot:
        snapshot = Snapshot(scene)
        for violation in unproved_relations(scene.proofs, snapshot, moves=moves):
            self._keep_claim(scene, violation, time)
        self._watch(scene.beat_id, time, scene, snapshot)
        self.lights.append((scene.beat_id, time, luminances(snapshot, scene.frame)))
        return snapshot

    def _watch(self, beat_id: str, time: float, scene: Chapter, snapshot: Snapshot) -> None:
        self.empty.see(beat_id, time, snapshot, scene.frame)
        self.algebra.see(beat_id, time, snapshot)
        self.motion.see(time, snapshot)
        self.letters.see(beat_id, time, snapshot)
        self.digits.see(beat_id, time, snapshot)
        self.labels.see(beat_id, time, snapshot, scene.frame)

    def _keep_claim(self, scene: Chapter, violation: Violation, time: float) -> None:
        beat = scene.beat_id
        self.unproved_claims.setdefault((beat, violation.objects), violation.at(beat, time))

    def _keep(self, scene: Chapter, violations: list[Violation], time: float, *, still: bool) -> None:
        self._snapshots += 1
        for violation in violations:
            self.judge.add(violation.at(scene.beat_id, time), self._snapshots, still=still)


def _carried_on(moments: Sequence[_Moment]) -> Iterator[tuple[Snapshot, float, list[Violation]]]:
    """The pictures of a move, where what is wrong in two that were judged is wrong in those between them.

    Otherwise nothing could be seen in consecutive pictures of a move in which only some are judged. Faint
    text is not carried on: texts of one name that fade in one after another would be taken for one text.
    """
    judged = [
        (place, violations) for place, (_, _, violations) in enumerate(moments) if violations is not None
    ]
    yield *moments[0][:2], judged[0][1]
    for (place, before), (following, after) in pairwise(judged):
        again = {(each.code, each.objects) for each in after}
        both = [each for each in before if each.code in KEPT and (each.code, each.objects) in again]
        for snapshot, time, _ in moments[place + 1 : following]:
            yield snapshot, time, both
        yield *moments[following][:2], after


def _in_any(scene: Chapter, snapshot: Snapshot) -> Iterator[Violation]:
    """What can be checked in any picture."""
    yield from outside_safe_area(snapshot, scene.frame.safe)
    yield from small_text(snapshot)
    yield from low_contrast(snapshot)


def _facts(scene: Chapter, snapshot: Snapshot) -> Iterator[Violation]:
    """What the numbers of a still picture say."""
    yield from mixed_states(snapshot, scene.solution)
    yield from wrong_arithmetic(snapshot)
