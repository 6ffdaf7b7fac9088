"""What stands on the screen when a beat ends, measured from the mobjects themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from softmax_explained.stage import Production
from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.pictures.box import Box
from softmax_explained.stage.record import BeatRecord
from softmax_explained.stage.rehearsal import rehearse
from softmax_explained.stage.shown import stray_glyphs, type_shown, visible
from softmax_explained.stage.type import Glyph, Readout, Type, Words


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
    played = rehearse(scene, production, after_beat=lambda stage, record: stills.append(still(stage, record)))
    return Played(played, tuple(stills))


def still(scene: Chapter, record: BeatRecord) -> Still:
    """Everything visible in a scene, measured."""
    family = [part for mobject in scene.mobjects for part in mobject.get_family()]
    drawn = [part for part in family if isinstance(part, VMobject) and part.has_points() and visible(part)]
    boxes = [part for part in drawn if isinstance(part, Box) and part.get_fill_opacity() > 0.05]
    corners = np.array(
        [
            [*part.get_corner(np.array([-1, -1, 0]))[:2], *part.get_corner(np.array([1, 1, 0]))[:2]]
            for part in drawn
        ]
    )
    reach = (*corners[:, :2].min(axis=0), *corners[:, 2:].max(axis=0))
    pieces = tuple(piece(found, boxes) for found in type_shown(scene, Type))
    updaters = sum(len(mobject.updaters) for mobject in family)
    return Still(record, pieces, reach, len(stray_glyphs(scene)), updaters)


def piece(shown: Type, boxes: list[Box]) -> Piece:
    """Measure one piece of type."""
    glyphs = [glyph for glyph in shown.get_family() if isinstance(glyph, Glyph) and visible(glyph)]
    kind = next(kind.__name__ for kind in (Words, Readout, Formula, Type) if isinstance(shown, kind))
    text = shown.plain if isinstance(shown, Formula) else getattr(shown, "text", "")
    return Piece(
        kind,
        text,
        shown.em,
        tuple(edges(glyph) for glyph in glyphs),
        tuple(index_heights(shown)) if isinstance(shown, Formula) else (),
        min((contrast(glyph, boxes) for glyph in glyphs), default=21.0),
        tuple(normal(glyph.points) for glyph in glyphs),
    )


def edges(mobject: Mobject) -> tuple[float, float, float, float]:
    (left, bottom, _), (right, top, _) = (
        mobject.get_corner(np.array([-1, -1, 0])),
        mobject.get_corner(np.array([1, 1, 0])),
    )
    return float(left), float(bottom), float(right), float(top)


def normal(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """An outline moved to the origin and scaled to height 1."""
    lowest, highest = points.min(axis=0), points.max(axis=0)
    return np.round((points - lowest)[:, :2] / max(highest[1] - lowest[1], 1e-9), 3)


def index_heights(formula: Formula) -> list[float]:
    """The height of the tallest index letter of each indexed symbol."""
    heights = []
    for node in formula.nodes:
        if node.kind == "expr" and type(node.expr).__name__ == "Indexed":
            letters = [glyph for glyph in formula.glyphs(node)[1:] if visible(glyph)]
            if letters:
                heights.append(float(max(letter.height for letter in letters)))
    return heights


def contrast(glyph: VMobject, boxes: list[Box]) -> float:
    """WCAG 2.2 contrast of a glyph with the ground, or with the topmost box that its middle lies on."""
    x, y, _ = glyph.get_center()
    ground = np.array([0x0E, 0x11, 0x16]) / 255
    for box in boxes:  # in drawing order: a later one lies on top
        left, bottom, right, top = edges(box)
        if left <= x <= right and bottom <= y <= top:
            ground = over(ground, box.get_fill_color().to_rgb(), box.get_fill_opacity())
    ink = over(ground, glyph.get_fill_color().to_rgb(), glyph.get_fill_opacity())
    bright, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def over(below: NDArray[np.float64], above: NDArray[np.float64], opacity: float) -> NDArray[np.float64]:
    return np.asarray(below * (1 - opacity) + above * opacity)


def luminance(rgb: NDArray[np.float64]) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
