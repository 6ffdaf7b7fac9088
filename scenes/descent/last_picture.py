"""What stands at the end of the chapter: the network's layer, through which nothing flows, and formulas."""

from __future__ import annotations

from typing import Any

from manim import VGroup
from sympy import Eq

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.descent.signal_picture import SignalPicture
from softmax_explained.stage import Formula

ROW, LINE = 1.5, 0.8  # Manim units below the network for a sum, and below the sum for the other formula
APART = 0.8  # Manim units between the two formulas in one row


class LastPicture(VGroup):
    """The layer through which the signal a − y goes back to the inputs, where that is zero.

    Args:
        chapter: whose lesson and stage are used.

    Attributes:
        signal: the `SignalPicture`, with the lesson's signal; that and its numbers are not part of the group.
        network: its columns x and z; `network.columns["z"]` are the nodes of the scores.
        sum: the slope of an input, as a sum over all classes.
        product: the slopes of all inputs, as a product with the weights.
    """

    def __init__(self, chapter: Any) -> None:
        stage = chapter.stage
        self.sum = Formula(_ends(DERIVATIONS["inputs"]))
        self.product = Formula(IDENTITIES["input_gradient"].relation)
        together = self.sum.width + self.product.width + APART <= stage.width
        high = ROW if together else ROW + LINE
        drawing, foot = stage.rows(stage.height - high, high)
        self.signal = SignalPicture(chapter.solution, drawing)
        self.network = self.signal.network
        if together:
            columns = foot.columns(self.sum.width, self.product.width, gap=APART)
        else:
            columns = foot.rows(ROW, LINE)
        for place, formula in zip(columns, (self.sum, self.product), strict=True):
            place.place(formula)
        signal = self.signal
        layer = signal.network, signal.letters, signal.bounds, signal.zero, signal.weights
        super().__init__(*layer, self.sum, self.product)


def _ends(derivation: Any) -> Eq:
    """What a derivation starts from equals what it ends with."""
    return derivation.equations[-1]
