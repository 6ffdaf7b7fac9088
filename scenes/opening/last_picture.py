"""What stands at the end: the network with its four named columns, and a question at the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import RIGHT, VGroup

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.scenes.pictures.network import Network
from softmax_explained.stage import Formula, Words, style

BEAT = "opening.road"
COLUMNS = {"x": "inputs", "z": "scores", "a": "shares", "C": "loss"}  # the label of each column
BESIDE = 0.22  # Manim units between the letter of the scores and the question


class LastPicture(VGroup):
    """The network across the stage.

    Args:
        chapter: whose lesson, words and stage are used.
        words: the headings of the columns; those of the beat if not given.

    Attributes:
        network: all columns, with their headings and the numbers of the inputs.
        question: beside the letter of the scores.
    """

    def __init__(self, chapter: Any, words: Sequence[Words] = ()) -> None:
        words = words or [chapter.words(chapter.script.label(BEAT, name)) for name in COLUMNS.values()]
        self.network = Network(
            chapter.solution, chapter.stage, columns="".join(COLUMNS), headings=words, numbers=True
        )
        size = "formula" if self.network.downwards else "result"
        self.question = Formula(Word("?"), size=size).set_fill(style().colour("C"))
        letter = self.network.headings["z"][1]
        self.question.next_to(letter, RIGHT, buff=BESIDE)
        super().__init__(self.network, self.question)
