"""A slot: a framed place for what is not known yet, with a question mark until it is filled."""

from __future__ import annotations

from manim import Animation, RoundedRectangle, Transform, VGroup, smooth

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

    Where the frame is too low for readable text, it is empty while the answer is unknown, and filled once the
    answer is known and not zero: with the colour of the number, else with that of the role.

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
        frame.set_stroke(self._colour, self._thin * style().stroke("thin")).set_fill(
            style().colour("panel"), 1
        )
        self.frame = frame.move_to(region.centre)
        question = Formula(Word("?"), size="formula", role=role)
        self.content: VGroup = self.fitted(question) if self.holds(question) else VGroup()
        super().__init__(self.frame, self.content)

    def holds(self, text: VGroup) -> bool:
        """Whether typeset text is still readable when it is fitted into the frame."""
        em = text.em if isinstance(text, TypesetText) else 0.0
        least = style().size("least_formula" if _has_index(text) else "least")
        return em * min(1.0, self._scale(text)) >= min(least, em) * 0.999 > 0

    def put(self, answer: TypesetText | None) -> None:
        """Fill the slot at once; with None, or with text that is too large, by colour alone."""
        self.content = self.fitted(answer) if answer is not None and self.holds(answer) else VGroup()
        self.submobjects = [self.frame, self.content]
        self.frame.become(self.known(answer))

    def fill(self, answer: TypesetText | None) -> list[Animation]:
        """The animation that replaces the question mark by an answer; see `put`."""
        return [_Fill(self, answer)]

    def clear(self) -> list[Animation]:
        """The animation that takes the question mark out."""
        return [_Fill(self, None, frame=False)]

    def light(self, on: bool = True) -> Animation:
        """The animation that makes the frame thick, or thin again."""
        width = self._thin * style().stroke("thick" if on else "thin")
        return Transform(self.frame, self.frame.copy().set_stroke(self._colour, width))

    def known(self, answer: TypesetText | None) -> RoundedRectangle:
        """A copy of the frame as it is round an answer."""
        known = self.frame.copy().set_stroke(self._colour, self._thin * style().stroke("thin"))
        zero = isinstance(answer, Readout) and not answer.quantity.value
        shown = answer is not None and self.holds(answer)
        if shown or zero:
            return known
        # a number that cannot be read still tells its sign by its colour
        colour = answer.get_fill_color() if isinstance(answer, Readout) else style().colour("ink")
        return known.set_fill(self._colour if colour == style().colour("ink") else colour, KNOWN)

    def _scale(self, text: VGroup) -> float:
        """The factor at which text fills the frame."""
        room = self.region.inset(PAD, min(PAD, 0.12 * self.region.height))
        return float(min(room.width / max(text.width, 1e-9), room.height / max(text.height, 1e-9)))

    def fitted(self, text: TypesetText) -> TypesetText:
        """Put text into the frame, shrunk if need be."""
        return text.scale(min(1.0, self._scale(text))).move_to(self.frame)


class _Fill(Animation):
    """The content of a slot fades out, and an answer in; nothing changes before the animation begins."""

    def __init__(self, slot: Slot, answer: TypesetText | None, *, frame: bool = True) -> None:
        self._slot, self._answer, self._with_frame = slot, answer, frame
        super().__init__(slot)

    def begin(self) -> None:
        """Take the slot as it is then."""
        slot, answer = self._slot, self._answer
        self._old, self._frame = slot.content, slot.frame.copy()
        self._known = slot.known(answer) if self._with_frame else self._frame
        slot.content = slot.fitted(answer) if answer is not None and slot.holds(answer) else VGroup()
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw a moment: first the old content leaves, then the new one comes."""
        slot = self._slot
        slot.frame.interpolate(self._frame, self._known, float(smooth(alpha)))
        self._old.set_fill(opacity=1 - early(alpha))
        slot.content.set_fill(opacity=late(alpha))
        between = [self._old] if alpha < 1 else []
        slot.submobjects = [slot.frame, *between, slot.content]


def _has_index(text: VGroup) -> bool:
    return isinstance(text, Formula) and len(text) > 1
