"""A slot: a framed place for what is not known yet, with a question mark until it is filled."""

from __future__ import annotations

from manim import Animation, FadeIn, FadeOut, RoundedRectangle, Transform, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, TypesetText

ROUND, PAD = 0.1, 0.08  # Manim units: the radius of the corners, and between the frame and its content
NORMAL = 0.3  # Manim units: lower frames have thinner strokes
KNOWN = 0.55  # opacity of a filled slot that is too small for its content


class Slot(VGroup):
    """A rounded frame with a question mark, or with what has been found out.

    Where the frame is too low for readable text, it is empty while the answer is unknown, and filled with the
    role's colour once the answer is known and not zero.

    Args:
        region: of the frame.
        role: the colour of the frame and of the question mark.

    Attributes:
        frame: the rounded rectangle.
        content: the question mark, the answer, or an empty group.

    >>> slot = Slot(Region(0, 0, 1, 0.6), role="C")
    >>> slot.holds(Formula(Word("0"), size="label")), Slot(Region(0, 0, 1, 0.1), role="C").holds(slot.content)
    (True, False)
    """

    def __init__(self, region: Region, *, role: str) -> None:
        self.region, self.role = region, role
        self._colour = style().colour(role)
        frame = RoundedRectangle(
            width=region.width, height=region.height, corner_radius=min(ROUND, 0.3 * region.height)
        )
        self._thin = min(1.0, region.height / NORMAL)
        frame.set_stroke(self._colour, self._thin * style().stroke("thin"), 0.8).set_fill(
            style().colour("panel"), 1
        )
        self.frame = frame.move_to(region.centre)
        question = Formula(Word("?"), size="formula", role=role)
        self.content: VGroup = self._fitted(question) if self.holds(question) else VGroup()
        super().__init__(self.frame, self.content)

    def holds(self, text: VGroup) -> bool:
        """Whether typeset text is still readable when it is fitted into the frame."""
        em = text.em if isinstance(text, TypesetText) else 0.0
        least = style().size("least_formula" if _has_index(text) else "least")
        return em * min(1.0, self._scale(text)) >= min(least, em) * 0.999 > 0

    def put(self, answer: TypesetText | None) -> None:
        """Fill the slot at once; with None, or with text that is too large, by colour alone."""
        self._take(answer)
        self.frame.become(self._known(answer))

    def fill(self, answer: TypesetText | None, *, fly: Animation | None = None) -> list[Animation]:
        """The animations that replace the question mark by an answer.

        Args:
            answer: what has been found out; None to fill the slot with colour alone.
            fly: an animation that brings the answer here, in place of a fade.
        """
        old = self.content
        moves: list[Animation] = [FadeOut(old, rate_func=early)] if len(old) else []
        self._take(answer)
        moves.append(Transform(self.frame, self._known(answer)))
        if len(self.content):
            moves.append(fly or FadeIn(self.content, rate_func=late))
        return moves

    def light(self, on: bool = True) -> Animation:
        """The animation that makes the frame thick, or thin again."""
        lit = self.frame.copy().set_stroke(
            self._colour, self._thin * style().stroke("thick" if on else "thin"), 1.0 if on else 0.8
        )
        return Transform(self.frame, lit)

    def _take(self, answer: TypesetText | None) -> None:
        self.content = self._fitted(answer) if answer is not None and self.holds(answer) else VGroup()
        self.submobjects = [self.frame, self.content]

    def _known(self, answer: TypesetText | None) -> RoundedRectangle:
        known = self.frame.copy().set_stroke(self._colour, self._thin * style().stroke("thin"), 1)
        zero = isinstance(answer, Readout) and not answer.quantity.value
        return known if len(self.content) or zero else known.set_fill(self._colour, KNOWN)

    def _scale(self, text: VGroup) -> float:
        """The factor at which text fills the frame."""
        room = self.region.inset(PAD, min(PAD, 0.12 * self.region.height))
        return float(min(room.width / max(text.width, 1e-9), room.height / max(text.height, 1e-9)))

    def _fitted(self, text: TypesetText) -> TypesetText:
        return text.scale(min(1.0, self._scale(text))).move_to(self.frame)


def _has_index(text: VGroup) -> bool:
    return isinstance(text, Formula) and len(text) > 1
