"""What stands on the screen when a beat ends, measured from pixels and outlines; the checker is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from drawn import Drawing
from letters import Letter, Points, height, normal, read
from manim import Mobject, VMobject
from sympy import Expr, Float, Rational

from softmax_explained.stage import Production
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Glyph, Readout, TypesetText, Words
from softmax_explained.studio.check.thresholds import VISIBLE

STROKE_WIDTH = 0.01
"""Manim's units for a stroke width of 1."""

LINES = 1080
"""Of the drawn frame: thin strokes are then some pixels wide."""

HIDDEN = 0.25
"""The part of a letter that a stroke may cross: a cancelled letter is crossed out and can still be read."""

INDEX = 0.85
"""A letter of less than this part of the largest in its formula is an index or an exponent."""


@dataclass(frozen=True)
class Piece:
    """A piece of type on the screen, as it stood; lengths in Manim's units.

    Attributes:
        mobject: itself.
        kind: the class of type.
        text: what it says it reads.
        glyphs: left, bottom, right and top of each glyph.
        letters: what each glyph was recognised as.
        shapes: the outline of each glyph, scaled to extent 1.
        indices: heights of the tallest letter of each index of a formula.
        contrast: the least of its letters, over the part of each that nothing crosses.
        constants: numbers of a formula that are no quantity.
        keys: of the quantities in a formula.
    """

    mobject: TypesetText
    kind: str
    text: str
    glyphs: tuple[tuple[float, float, float, float], ...]
    letters: tuple[Letter | None, ...]
    shapes: tuple[Points, ...]
    indices: tuple[float, ...]
    contrast: float
    constants: tuple[Expr, ...]
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.text!r}"

    @property
    def em(self) -> float:
        """The size of its largest letter.

        Raises:
            ValueError: no letter was recognised.
        """
        return max(letter.em for letter in self.letters if letter is not None)

    @property
    def reads(self) -> str:
        """The letters and digits that were recognised, in the order of their outlines."""
        return "".join(letter.name for letter in self.letters if letter is not None and not letter.is_sign)


@dataclass(frozen=True)
class Still:
    """What a beat's last frame shows.

    Attributes:
        record: of the beat.
        pieces: of type.
        reach: left, bottom, right and top of all that is drawn.
        half_stroke: by which the widest stroke reaches beyond its outline.
        strays: visible glyphs of no piece of type.
        updaters: that still run.
    """

    record: BeatRecord
    pieces: tuple[Piece, ...]
    reach: tuple[float, float, float, float]
    half_stroke: float
    strays: int
    updaters: int


@dataclass(frozen=True)
class Played:
    """A chapter that has been played."""

    scene: Chapter
    stills: tuple[Still, ...]

    def still(self, beat: str) -> Still:
        """The still of a beat, by its name."""
        return self.stills[self.scene.beats().index(beat)]


def record_of(chapter: Chapter, beat: str) -> BeatRecord:
    """The record of a beat of a chapter that has been played, by its name."""
    return chapter.records[chapter.beats().index(beat)]


def play(scene: type[Chapter], production: Production) -> Played:
    """Play a chapter and keep a still of every beat."""
    stills: list[Still] = []
    played = dry_run(scene, production, after_beat=lambda stage, record: stills.append(still(stage, record)))
    return Played(played, tuple(stills))


def still(scene: Chapter, record: BeatRecord) -> Still:
    """Everything visible in a scene, measured."""
    family = list(dict.fromkeys(part for mobject in scene.mobjects for part in mobject.get_family()))
    camera = scene.camera
    frame = (camera.frame_width, camera.frame_height)
    type_shown = [part for part in family if isinstance(part, Glyph) and is_visible(part)]
    glyphs = [part for part in type_shown if is_inside(part, frame)]
    drawing = Drawing(scene.mobjects, glyphs, camera.background_color, frame, LINES)
    visible, owned, pieces = {id(glyph) for glyph in glyphs}, set[int](), list[Piece]()
    for mobject in family:
        if isinstance(mobject, TypesetText):
            seen = [glyph for glyph in mobject.submobjects if id(glyph) in visible]
            owned |= {id(glyph) for glyph in seen}
            pieces += [piece(mobject, seen, drawing)] if seen else []
    updaters = sum(len(mobject.updaters) for mobject in family)
    strokes = [part.stroke_width for part in family if isinstance(part, VMobject) and len(part.points)]
    half_stroke = max(strokes, default=0.0) * STROKE_WIDTH / 2
    return Still(record, tuple(pieces), drawing.extent(), half_stroke, len(visible - owned), updaters)


def is_visible(mobject: Mobject) -> bool:
    """Whether an outline has a fill that can be seen."""
    return isinstance(mobject, VMobject) and len(mobject.points) > 0 and mobject.fill_rgbas[0][3] >= VISIBLE


def is_inside(mobject: VMobject, frame: tuple[float, float]) -> bool:
    """Whether a part of an outline is inside the frame: a camera that moves in leaves some outside."""
    low, high = mobject.points.min(axis=0)[:2], mobject.points.max(axis=0)[:2]
    half = np.array(frame) / 2
    return bool((low < half).all() and (high > -half).all())


def piece(mobject: TypesetText, glyphs: Sequence[VMobject], drawing: Drawing) -> Piece:
    """Measure one piece of type."""
    letters = tuple(read(glyph.points) for glyph in glyphs)
    readable = [letter for letter in letters if letter is not None and not letter.is_sign]
    measured = [
        np.quantile(drawing.contrasts(glyph), HIDDEN)
        for glyph, letter in zip(glyphs, letters, strict=True)
        if letter in readable or not readable
    ]
    return Piece(
        mobject,
        next(kind.__name__ for kind in (Words, Readout, Formula, TypesetText) if isinstance(mobject, kind)),
        mobject.plain if isinstance(mobject, Formula) else getattr(mobject, "text", ""),
        tuple(
            (*map(float, glyph.points.min(axis=0)[:2]), *map(float, glyph.points.max(axis=0)[:2]))
            for glyph in glyphs
        ),
        letters,
        tuple(normal(glyph.points) for glyph in glyphs),
        index_heights(glyphs, letters) if isinstance(mobject, Formula) else (),
        float(min(measured)),
        constants(mobject) if isinstance(mobject, Formula) else (),
        tuple(shown.key for shown in mobject.numbers) if isinstance(mobject, Formula) else (),
    )


def constants(formula: Formula) -> tuple[Expr, ...]:
    """The numbers that are written in a formula as part of its mathematics."""
    written = [node.expr for node in formula.nodes if node.kind == "expr"]
    return tuple(expr for expr in written if isinstance(expr, Float | Rational))


def index_heights(glyphs: Sequence[VMobject], letters: Sequence[Letter | None]) -> tuple[float, ...]:
    """The height of the tallest letter of each index: equally small letters, lower than what they follow."""
    largest = max((letter.em for letter in letters if letter is not None), default=0.0)

    def size(place: int) -> float:
        """The part of the largest size, if it is that of an index or exponent; else 0."""
        letter = letters[place]
        part = letter.em / largest if letter is not None and not letter.is_sign else 1.0
        return round(part, 1) if part < INDEX else 0.0

    runs = [(part, list(run)) for part, run in groupby(range(len(glyphs)), size)]
    return tuple(
        max(height(glyphs[place].points) for place in run)
        for part, run in runs
        if part and run[0] and middle(glyphs[run[0]]) < middle(glyphs[run[0] - 1])
    )


def middle(glyph: VMobject) -> float:
    """Half-way between its lowest and highest point."""
    return float(glyph.points[:, 1].min() + glyph.points[:, 1].max()) / 2
