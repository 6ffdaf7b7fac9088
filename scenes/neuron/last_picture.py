"""What stands at the end of the chapter: the layer, its weights, and the scores over their number line."""

from __future__ import annotations

from typing import Any

from manim import VGroup

from softmax_explained.scenes.neuron.layer_picture import LayerPicture


class LastPicture(VGroup):
    """The layer at the left, the scores at the right; in a high stage the scores stand below.

    Args:
        chapter: whose lesson, words and stage are used.

    Attributes:
        network, table: the columns x and z, and their weights.
        layer: both, and the names of the classes.
        scores: the `ScoreBars`: its line, its bars, its dots on the line; its numbers are those below.
        numbers: their values, with the inequalities of those that are outside the band.
        total: the sum of the scores.
    """

    def __init__(self, chapter: Any) -> None:
        picture = LayerPicture(chapter)
        self.scores = scores = picture.scores
        self.network, self.table = picture.network, picture.table
        self.layer = VGroup(self.network, self.table, *picture.names.values())
        self.numbers = VGroup(*[picture.outside.get(n, each) for n, each in enumerate(scores.numbers)])
        self.total = picture.total
        super().__init__(self.layer, scores.line, scores.bars, scores.dots, self.numbers, self.total)
