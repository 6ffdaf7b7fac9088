"""The effect of one path alone beside the measured one, with ≠ between them."""

from manim import DOWN, UP, VGroup

from softmax_explained.core import Quantity
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage import Box, Formula, Readout, Region, Words
from softmax_explained.stage.scene.overlays import Pin

APART, PAD = 0.5, 0.25  # Manim units between card, sign and pin, and inside the card


class SinglePath:
    """A claim on a card, the measurement beside it, and ≠ if their digits differ."""

    def __init__(self, label: Words, claim: Quantity, measured: Quantity, region: Region) -> None:
        self.value = Readout(claim, colour="C", signed=True)
        self.pin = Pin(measured, size="number")
        self.mark = Formula(Word("≠"), size="result", role="C")
        space = region.width - self.mark.width - self.pin.width - 2 * APART
        label.fit_width(space - 2 * PAD, lines=2)
        width = max(label.width, self.value.width) + 2 * PAD
        self.frame = Box(0, 0, width, region.height, colour="panel")
        VGroup(self.frame, self.mark, self.pin).arrange(buff=APART).move_to(region.centre)
        self.label = label.move_to(self.frame).align_to(self.frame, UP).shift(PAD * DOWN)
        self.value.move_to(self.frame).align_to(self.frame, DOWN).shift(PAD * UP)
        self.differs = self.value.text != self.pin.value.text
