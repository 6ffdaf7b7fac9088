"""What one path alone carries, beside the measurement: a card, a sign and a pin."""

from __future__ import annotations

from manim import RIGHT, UP, Line, VGroup
from sympy import evaluate, log

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import a, i
from softmax_explained.stage import Box, Chapter, Formula, Readout, Region, Words, line, point
from softmax_explained.stage.scene.overlays import Pin

APART, PAD, AIR = 0.35, 0.16, 0.1  # Manim units between the parts, inside the card, and between its lines


class SinglePath(VGroup):
    """The term of class i in the loss, the pin of class i, = or ≠, and a card with what its path carries.

    Args:
        chapter: gives the numbers.
        label: what is written over the value on the card.
        node: the node of the loss, from which a line leads to the card.
        region: of all of it.

    Attributes:
        term: −y_i ln a_i with the target's digits.
        frame, label, value: the card.
        sign: = if the digits agree, else ≠.
        pin: the measured slope.
        thread: from the card down to the node of the loss.
        differs: whether the digits differ.
    """

    def __init__(self, chapter: Chapter, label: Words, node: VGroup, region: Region) -> None:
        target = chapter.quantity("y[i]")
        with evaluate(False):
            self.term = Formula(-target.shown * log(a[i]))
        self.label = label
        self.value = Readout(chapter.quantity("onepath"), colour="C", signed=True)
        self.pin = Pin(chapter.quantity("fd[i]"), size="number")
        self.differs = self.value.text != self.pin.value.text
        self.sign = Formula(
            Word("≠" if self.differs else "="), size="result", role="C" if self.differs else "quiet"
        )
        across = region.is_landscape and region.width > 8
        rows = (region, region) if across else region.rows(0.4, 0.6, gap=0.1)
        height = min(rows[1].height, 1.25)
        room = rows[1].width - self.pin.width - self.sign.width - 2 * APART
        if across:
            room -= self.term.width + APART
        width = min(room, max(label.width, self.value.width, 2.0) + 2 * PAD)
        self.label.fit_width(width - 2 * PAD, lines=1)
        self.frame = Box(0, 0, width, height, colour="panel")
        parts = [self.pin, self.sign, self.frame]  # the card is over the node of the loss
        group = VGroup(*([self.term] if across else []), *parts).arrange(RIGHT, buff=APART)
        group.move_to(point(rows[1].right - group.width / 2, rows[1].y))
        if not across:
            self.term.move_to(point(rows[0].right - self.term.width / 2 - AIR, rows[0].y))
        self.label.move_to(self.frame).align_to(self.frame, UP).shift(-PAD * UP)
        self.value.move_to(self.frame).align_to(self.frame, UP)
        low = self.frame.get_bottom()[1] + PAD
        self.value.shift((low - self.value.get_bottom()[1]) * UP)
        x = float(node.get_x())
        self.thread: Line = line(point(x, self.frame.get_bottom()[1]), node.get_top(), colour="C")
        super().__init__(self.term, self.frame, self.label, self.value, self.sign, self.pin)
