"""SYMBOL for numbers and arrows: gradients vermilion and signed, arrows against them, purple for the tax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from manim import DL, UR, Arrow, Scene

from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import PushUse, Rule, Violation
from softmax_explained.studio.check.screen.numbers import Number, numbers_of
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import ARROW_NEAR, PIXEL, READABLE_OPACITY

MEANING = Rule("SYMBOL", "{}", "one meaning, one colour: give the number the role of its quantity")
GRADIENTS = ("g", "gs", "gq", "fd", "JTv", "term", "dCda", "dQda", "dW", "db", "dx", "back")
SIGNED = ("g", "gs", "gq", "fd")
TAXES = ("tax", "J", "Jsum", "lack")
NEUTRAL = ("ink", "quiet", "ground")


def wrong_meanings(scene: Scene, snapshot: Snapshot) -> Iterator[Violation]:
    """Numbers and arrows that say something else than their quantity."""
    neutral = {style().colour(name).to_hex() for name in NEUTRAL}
    slope, tax = style().colour("C").to_hex(), style().colour("minus").to_hex()
    for number in numbers_of(snapshot):
        piece = number.owner.piece
        if not isinstance(piece, Readout) or MEANING.code in number.allowed:
            continue
        colour = piece.submobjects[0].get_fill_color().to_hex()
        name = number.owner.name
        if number.family in GRADIENTS and colour not in {*neutral, slope}:
            yield MEANING.violation(name, measured=f"{number.key} in {colour}", excess=1.0, limit="vermilion")
        if number.family in SIGNED and number.text[:1] not in "+−" and number.digits:
            yield MEANING.violation(
                name,
                measured=f"{number.key} reads {number.text}",
                excess=1.0,
                limit="a gradient with its sign",
            )
        purple = colour == tax or _ground_of(piece, snapshot) == tax
        if purple and number.family not in TAXES:
            measured = f"{number.key} in purple"
            yield MEANING.violation(name, measured=measured, excess=1.0, limit="purple is tax only")
    yield from _wrong_arrows(scene, snapshot)


def _ground_of(piece: Readout, snapshot: Snapshot) -> str:
    """The colour of the topmost filled shape behind the middle of a number, or nothing."""
    middle = np.array(piece.get_center()[:2])
    found = ""
    for place, part in enumerate(snapshot.parts):
        if part.owner.piece is piece:
            break
        box = snapshot.boxes[place]
        inside = (middle >= box[:2]).all() and (middle <= box[2:]).all()
        if inside and not part.is_glyph and snapshot.fills[place, 3] >= READABLE_OPACITY:
            found = part.mobject.get_fill_color().to_hex()
    return found


def _wrong_arrows(scene: Scene, snapshot: Snapshot) -> Iterator[Violation]:
    """Vertical arrows that point along the gradient beside them: an arrow is a push, minus the gradient."""
    numbers = [number for number in numbers_of(snapshot) if number.family in SIGNED and number.digits]
    for arrow in _arrows(scene):
        start, end = arrow.get_start(), arrow.get_end()
        rise = float(end[1] - start[1])
        if abs(rise) < 2 * abs(float(end[0] - start[0])):
            continue
        near = [(_apart(arrow, number), number) for number in numbers if number.owner.piece is not None]
        distance, nearest = min(near, key=lambda pair: pair[0], default=(np.inf, None))
        if nearest is None or distance > ARROW_NEAR * PIXEL or MEANING.code in nearest.allowed:
            continue
        if rise * float(nearest.digits or 0) > 0:
            direction = "up" if rise > 0 else "down"
            measured = f"an arrow {direction} beside {nearest.key} = {nearest.text}"
            limit = "an arrow is the push, minus the gradient"
            yield MEANING.violation(nearest.owner.name, measured=measured, excess=1.0, limit=limit)


def push_shown(scene: Scene, snapshot: Snapshot) -> tuple[str, bool] | None:
    """The number beside a vertical arrow against it, and whether words say what an arrow is: “… = −…”.

    None if there is no such arrow.
    """
    numbers = [number for number in numbers_of(snapshot) if number.family in SIGNED and number.digits]
    for arrow in _arrows(scene):
        rise = float(arrow.get_end()[1] - arrow.get_start()[1])
        for number in numbers:
            near = _apart(arrow, number) <= ARROW_NEAR * PIXEL
            if near and rise * float(number.digits or 0) < 0 and MEANING.code not in number.allowed:
                return number.owner.name, any(_is_legend(owner.piece) for owner in snapshot.pieces)
    return None


def unnamed_pushes(pushes: Sequence[PushUse]) -> Iterator[Violation]:
    """The first arrow of the film that points against the number beside it, if nothing says what it is."""
    for push in pushes[:1]:
        if not push.is_named:
            yield MEANING.violation(
                push.number,
                measured="an arrow against its sign, and no words say why",
                excess=1.0,
                limit="the first arrow of the film is named",
                hint="write beside it what an arrow is: arrow = push = −slope",
            ).at(push.beat_id, push.time)


def _is_legend(piece: object) -> bool:
    return isinstance(piece, Words) and "=" in piece.text and "−" in piece.text


def _arrows(scene: Scene) -> Iterator[Arrow]:
    for mobject in scene.mobjects:
        for part in mobject.get_family():
            if isinstance(part, Arrow) and part.get_stroke_opacity() >= READABLE_OPACITY:
                yield part


def _apart(arrow: Arrow, number: Number) -> float:
    """From the box of an arrow to that of a number, in Manim units."""
    piece = number.owner.piece
    assert piece is not None
    left_of = piece.get_corner(DL)[:2] - arrow.get_corner(UR)[:2]
    right_of = arrow.get_corner(DL)[:2] - piece.get_corner(UR)[:2]
    return float(np.hypot(*np.maximum(np.maximum(left_of, right_of), 0.0)))
