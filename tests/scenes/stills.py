"""What stands on the screen when a beat ends, measured from the mobjects themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage import Production
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import stray_glyphs
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, TypesetText, Words
from softmax_explained.studio.check.rules.contrast import contrasts
from softmax_explained.studio.check.rules.text_size import index_heights
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import PIXEL


@dataclass(frozen=True)
class Piece:
    """A piece of type on the screen, as it stood; lengths in Manim's units."""

    kind: str
    text: str
    em: float
    glyphs: tuple[tuple[float, float, float, float], ...]  # left, bottom, right, top of each
    indices: tuple[float, ...]  # heights of the index letters of a formula
    contrast: float  # the least of its glyphs, against what they stand on
    shapes: tuple[NDArray[np.float64], ...]  # the outlines, each scaled to height 1

    def __str__(self) -> str:
        return f"{self.kind} {self.text!r}"


@dataclass(frozen=True)
class Still:
    """What a beat's last frame shows."""

    record: BeatRecord
    pieces: tuple[Piece, ...]
    reach: tuple[float, float, float, float]  # left, bottom, right, top of everything
    strays: int
    updaters: int


@dataclass(frozen=True)
class Played:
    """A chapter that has been played."""

    scene: Chapter
    stills: tuple[Still, ...]


def play(scene: type[Chapter], production: Production) -> Played:
    """Play a chapter and keep a still of every beat."""
    stills: list[Still] = []
    played = dry_run(scene, production, after_beat=lambda stage, record: stills.append(still(stage, record)))
    return Played(played, tuple(stills))


def still(scene: Chapter, record: BeatRecord) -> Still:
    """Everything visible in a scene, measured."""
    family = [part for mobject in scene.mobjects for part in mobject.get_family()]
    glance = Snapshot(scene)
    corners = glance.boxes[glance.visible]
    reach = (*corners[:, :2].min(axis=0), *corners[:, 2:].max(axis=0))
    pieces = tuple(piece(glance, owner, places) for owner, places in glance.pieces.items())
    updaters = sum(len(mobject.updaters) for mobject in family)
    return Still(record, pieces, reach, len(stray_glyphs(scene)), updaters)


def piece(glance: Snapshot, owner: Owner, places: list[int]) -> Piece:
    """Measure one piece of type."""
    shown = owner.piece
    assert shown is not None  # a glance's pieces are type
    return Piece(
        next(kind.__name__ for kind in (Words, Readout, Formula, TypesetText) if isinstance(shown, kind)),
        shown.plain if isinstance(shown, Formula) else getattr(shown, "text", ""),
        glance.ems[owner],
        tuple(tuple(map(float, glance.boxes[place])) for place in places),
        tuple(height * PIXEL for height in index_heights(glance, shown, places))
        if isinstance(shown, Formula)
        else (),
        float(contrasts(glance, places).min()),
        tuple(normal(glance.parts[place].mobject.points) for place in places),
    )


def normal(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """An outline moved to the origin and scaled to height 1."""
    lowest, highest = points.min(axis=0), points.max(axis=0)
    return np.round((points - lowest)[:, :2] / max(highest[1] - lowest[1], 1e-9), 3)
