"""Chapter: the answer first. A prediction, the truth, the difference between them, and the path to it."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from manim import DOWN, UP, Animation, FadeIn, LaggedStart, ReplacementTransform, VGroup
from sympy import Symbol

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import C, derivative, i, z
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Formula, Region, beat, edge, layer, style
from softmax_explained.stage.charts.bar_chart_with_arrows import BarChartWithArrows, arrow_space
from softmax_explained.stage.shapes.chain import QUESTION, Chain

HIDDEN = 4  # nodes of the hidden layer
MOST = 4  # maximum number of nodes drawn of a layer
SLOPE = derivative(C, z[i])

ROAD = Symbol("x"), Symbol("z"), Symbol("a"), C  # inputs, scores, shares, loss
DROP = 0.25  # Manim units by which a target falls, so that it stays below the network
WAY_BACK = 1.6  # Manim units beside the chain for the way back with its question mark


class SmallNetwork(VGroup):
    """Inputs at the left, a hidden layer, one node per class at the right; at most twice as wide as high."""

    def __init__(self, inputs: int, classes: int, region: Region) -> None:
        area = region.inset(x=max(0.0, (region.width - 2 * region.height) / 2))
        columns, largest = area.columns(1, 1, 1), 0.16
        self.layers, self.edges = list[Any](), list[Any]()
        layers = (min(inputs, MOST), "x"), (HIDDEN, "ink"), (min(classes, MOST), "a")
        for (count, role), column in zip(layers, columns, strict=True):
            self.layers.append(layer([VGroup() for _ in range(count)], column, largest=largest, role=role))
        for left, right in pairwise(self.layers):
            self.edges.append(VGroup(*[edge(start, end, role="track") for start in left for end in right]))
        super().__init__(*self.edges, *self.layers)

    def look(self) -> Animation:
        """Light up one layer of edges after the other."""
        ink = style().colour("quiet")
        return LaggedStart(*[edges.animate.set_color(ink) for edges in self.edges], lag_ratio=0.6)


class Opening(Chapter, film=FILM):
    """What a network predicts, what is true, and in which direction each score has to move."""

    @beat
    def guess_and_truth(self) -> None:
        """A network makes a prediction, drawn as bars; the targets drop over them, the true class last."""
        sol, (top, bottom) = self.solution, self._rows()
        lean = arrow_space(bottom, sol.K) / 2
        middle = replace(bottom, left=bottom.left + lean, right=bottom.right + lean)
        self._bars = self._bars_in(middle)
        network = SmallNetwork(sol.M, sol.K, top)
        others = [outline for k, outline in enumerate(self._bars.targets) if k != sol.t]
        self.on("network", FadeIn(network), run_time=0.6)
        self.on("look", network.look(), run_time=1.2)
        self.on("split", self._bars.grow(), run_time=1.6)
        self.on("truth", *[FadeIn(outline, shift=DROP * DOWN) for outline in others], run_time=0.7)
        self.on("true", FadeIn(self._bars.targets[sol.t], shift=DROP * DOWN), run_time=0.8)
        self.add(self._bars.bars, self._bars.targets)

    @beat(hold="key_hold")
    def one_subtraction(self) -> None:
        """Arrows grow from the predicted to the true values: the answer, still to be derived."""
        before, (top, bottom) = self._bars, self._rows()
        bars = self._bars_in(bottom)
        bars.bars.bars.set_fill(opacity=0.52)
        answer = top.place(Formula(DERIVATIONS["collapse"].equations[-1], size="result")).hidden()
        question = Formula(QUESTION).next_to(answer.find("="), UP, buff=0.12)
        self.clear_stage(before.bars, before.targets)
        self.add(answer)
        pairs = (before.bars, bars.bars), (before.targets, bars.targets)
        self.on("way", *[ReplacementTransform(*pair) for pair in pairs], run_time=0.7)
        self.play(bars.arrows.grow(), run_time=1.4)
        self.on("answer", *answer.reveal(SLOPE, "="), FadeIn(question), run_time=0.7)
        self.on("minus", *answer.reveal(), FadeIn(bars.values), run_time=0.8)

    @beat
    def road(self) -> None:
        """A light runs along the chain to the loss; a question mark moves back to the scores."""
        chain = Chain(ROAD, self.stage.inset(y=0.2), aside=WAY_BACK)
        self.clear_stage()
        self.on("earn", FadeIn(chain), run_time=0.7)
        self.on("forward", chain.pulse(), run_time=2.6)
        ride, tip = chain.way_back(to=1)
        self.on("back", ride, run_time=1.5)
        self.play(FadeIn(tip), run_time=0.3)

    def _bars_in(self, region: Region) -> BarChartWithArrows:
        return BarChartWithArrows.of(
            self.solution, [self.class_name(k) for k in range(self.solution.K)], region
        )

    def _rows(self) -> tuple[Region, ...]:
        return self.stage.rows(1.6, 3.9, gap=0.3)
