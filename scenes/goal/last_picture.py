"""The last picture of the chapter: the three lines, and the formula of a share with all its indices."""

from __future__ import annotations

from manim import UP, VGroup

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.symbols import i, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.goal.sensitivity_lines import SensitivityLines
from softmax_explained.stage import Formula, Region


class LastPicture(VGroup):
    """The lines of z_i, of the shares and of C; the formula is level with the strip, or below all lines.

    Attributes:
        lines: the three lines.
        formula: a_j = e^{z_j} / Σ_k e^{z_k}.
    """

    def __init__(self, chapter: Chapter) -> None:
        drawn, written = halves(chapter.stage)
        self.lines = lines(chapter, drawn)
        formula = Formula(IDENTITIES["share"].relation)
        beside = chapter.stage.is_landscape
        self.formula = written.place(formula) if beside else written.place(formula, UP)
        if beside:
            self.formula.set_y(self.lines.strip.y)
        super().__init__(self.lines, self.formula)


def halves(stage: Region) -> tuple[Region, ...]:
    """The regions of the lines and of the formula."""
    return stage.flow(0.68, 0.32, rows=(0.62, 0.38), gap=0.4, row_gap=0.2)


def lines(chapter: Chapter, region: Region, key: str = "i", *, numbered: bool = False) -> SensitivityLines:
    """The three lines of the score of class i, or of another class, called z_i or by its number."""
    solution = chapter.solution
    focus = solution.letters[key]
    return SensitivityLines(
        solution,
        region,
        letter=z[focus + 1] if numbered else z[i],
        focus=focus,
        name=chapter.class_name(focus, colour="quiet", quoted=True),
        names=[chapter.class_name(k) for k in range(solution.K)],
    )
