"""A scene at one moment, as arrays with one row per visible part, so that rules are a few lines of NumPy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from manim import Animation, AnimationGroup, Mobject, Scene, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.scene.on_screen import without_captions
from softmax_explained.stage.scene.waivers import allowances
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Glyph, Readout, TypesetText, Words
from softmax_explained.studio.check.thresholds import VISIBLE

Boxes = NDArray[np.float64]  # (n, 4): left, bottom, right, top, in Manim's units


@dataclass(frozen=True, eq=False)
class Owner:
    """What a part belongs to: a piece of text, the topmost mobject of a shape, or an animation of glyphs."""

    mobject: object
    label: str = ""
    piece: TypesetText | None = None

    @cached_property
    def name(self) -> str:
        """A readable name, such as ``Words 'cat'``."""
        match self.mobject:
            case _ if self.label:
                return self.label
            case Formula() as formula:
                return f"Formula {formula.plain}"
            case Readout() as readout:
                return f"Readout {readout.quantity.key}"
            case Words() as words:
                return f"Words {words.text!r}"
        return type(self.mobject).__name__


@dataclass(frozen=True, eq=False)
class Part:
    """A mobject with an outline of its own, and the rules it may break, with the reasons."""

    mobject: VMobject
    owner: Owner
    allowed: Mapping[str, str]

    @property
    def is_glyph(self) -> bool:
        """Whether it is a glyph of text."""
        return isinstance(self.mobject, Glyph)


class Snapshot:
    """Everything with an outline in a scene at one moment, measured immediately because it goes on moving."""

    def __init__(self, scene: Scene) -> None:
        self.parts = _parts(scene)  # in drawing order
        drawn = [part.mobject for part in self.parts]
        self.boxes = _boxes(drawn)
        self.fills = np.array([mobject.fill_rgbas[0] for mobject in drawn], dtype=float).reshape(-1, 4)
        strokes = [mobject.stroke_rgbas[0][3] if mobject.stroke_width > 0 else 0.0 for mobject in drawn]
        self.opacity: NDArray[np.float64] = np.maximum(self.fills[:, 3], strokes)
        self.visible: NDArray[np.bool_] = self.opacity >= VISIBLE
        # Indices of the parts that are glyphs, visible or not, and of the visible glyphs of each text.
        self.glyphs: NDArray[np.intp] = np.flatnonzero([part.is_glyph for part in self.parts])
        self.pieces: dict[Owner, list[int]] = {}
        for index in map(int, self.glyphs[self.visible[self.glyphs]]):
            if self.parts[index].owner.piece is not None:
                self.pieces.setdefault(self.parts[index].owner, []).append(index)
        # Sizes of these texts, in Manim's units.
        self.ems = {owner: owner.piece.em for owner in self.pieces if owner.piece is not None}


def _boxes(drawn: list[VMobject]) -> Boxes:
    if not drawn:
        return np.zeros((0, 4))
    starts = np.cumsum([0, *(len(mobject.points) for mobject in drawn[:-1])])
    points = np.concatenate([mobject.points for mobject in drawn])[:, :2]
    return np.hstack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])


def _parts(scene: Scene) -> list[Part]:
    found: dict[int, Part] = {}
    layers = sorted(without_captions(scene), key=lambda mobject: mobject.z_index)
    moving: dict[int, Owner] | None = None
    for top in layers:
        for mobject, owner, allowed in _family(top):
            known = found.get(id(mobject))
            if known is not None and (known.owner.piece is not None or owner is None or owner.piece is None):
                continue
            if owner is None:
                if moving is None:
                    moving = _moving(scene)
                animated = moving.get(id(mobject)) if isinstance(mobject, Glyph) else None
                owner = animated or Owner(top, _shape_name(top, mobject))
            found[id(mobject)] = Part(mobject, owner, allowed)
    return list(found.values())


def _family(top: Mobject) -> list[tuple[VMobject, Owner | None, Mapping[str, str]]]:
    """The parts of a mobject that have an outline, in drawing order, with the text they belong to."""
    found: list[tuple[VMobject, Owner | None, Mapping[str, str]]] = []
    waiting: list[tuple[Mobject, Owner | None, Mapping[str, str]]] = [(top, None, {})]
    while waiting:
        mobject, owner, allowed = waiting.pop()
        if own := allowances(mobject):
            allowed = {**allowed, **own}
        if isinstance(mobject, TypesetText):
            owner = Owner(mobject, piece=mobject)
        if isinstance(mobject, VMobject) and len(mobject.points):
            found.append((mobject, owner, allowed))
        waiting += [(part, owner, allowed) for part in reversed(mobject.submobjects)]
    return found


def _shape_name(top: Mobject, mobject: Mobject) -> str:
    """The name of a shape: its class and that of the mobject it is a part of."""
    if isinstance(mobject, Glyph):
        return "loose glyphs"
    kind, whole = type(mobject).__name__, type(top).__name__
    return kind if kind == whole or whole in ("VGroup", "Group") else f"{kind} of {whole}"


def _moving(scene: Scene) -> dict[int, Owner]:
    """The owners of glyphs that move without a piece of text, one per animation, by the ids of the glyphs."""
    owners: dict[int, Owner] = {}
    for animation in scene.animations or ():
        owner = Owner(animation, _animation_name(animation))
        for each in _single_animations(animation):
            for part in each.mobject.get_family() if each.mobject is not None else ():
                owners.setdefault(id(part), owner)
    return owners


def _single_animations(animation: Animation) -> Iterator[Animation]:
    if isinstance(animation, AnimationGroup):
        for each in animation.animations:
            yield from _single_animations(each)
    else:
        yield animation


def _animation_name(animation: Animation) -> str:
    candidates = (getattr(animation, "target", None), *vars(animation).values())
    formula = next((value for value in candidates if isinstance(value, Formula)), None)
    kind = type(animation).__name__
    return f"{kind} of {formula.plain}" if formula is not None else kind
