"""Chapter: from a neuron to a score. One neuron weighs and adds what it reads; every class has one."""

from __future__ import annotations

from manim import (
    DOWN,
    RIGHT,
    UP,
    Add,
    Animation,
    FadeIn,
    ReplacementTransform,
    ShowPassingFlash,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    VMobject,
)
from sympy import Gt, Lt, Ne, evaluate

from softmax_explained.core.nodes import Literal
from softmax_explained.core.symbols import DEFINITIONS, i, k, sum_over, z
from softmax_explained.scenes import RUNNING_ORDER
from softmax_explained.stage import (
    Chapter,
    Formula,
    NeuronDiagram,
    Region,
    Scores,
    Words,
    appear,
    beat,
    bodies,
    edge,
    equals,
    input_nodes,
    leaf,
    point,
    style,
)

ACROSS = 6.0, 1.7, 5.1
"""Widths of what reads, the names of the classes, and the scores, as parts of the stage."""

SYMBOLS_UP_TO = 5
"""With more classes than this their rows are too low for symbols: numbers only."""

EDGES_UP_TO = 20
"""More edges than this are drawn thinner, so that ground is seen between them."""


class Neuron(Chapter, running_order=RUNNING_ORDER):
    """Inputs times weights, plus a bias: one score. One neuron a class: a column of scores."""

    @beat
    def one_neuron(self) -> None:
        """Each input meets its weight, the products and the bias run into the sum: the score of class i."""
        _, below = self.stage.rows(0.6, 4.95)
        self._neuron = neuron = NeuronDiagram(self.solution, self.solution.i, below)
        formula = self.stage.place(Formula(DEFINITIONS["z"]), RIGHT + UP).veiled()
        name = self.class_name(self.solution.i).fit_width(2.4)
        products, bias = DEFINITIONS["z"].rhs.args
        first, *others = range(self.solution.M)

        self.add(formula)
        self.on("neuron", *neuron.appear(), run_time=0.8)
        self.on("products", *neuron.read(), *formula.unveil(products.function), run_time=1.0)
        self.play(*neuron.weigh(), run_time=1.2)
        self.on("sum", *neuron.add(first), *formula.unveil(products), run_time=1.0)
        for number in others:
            self.play(*neuron.add(number), run_time=1.8 / len(others))
        self.on("bias", *neuron.bring_bias(), *formula.unveil("+", bias), run_time=0.5)
        self.play(*neuron.add_bias(), run_time=0.9)
        name.next_to(neuron.out, DOWN, buff=0.2)
        self.on("total", *neuron.name_score(), FadeIn(name), *formula.unveil(z[i], "="), run_time=0.8)
        numbers = Formula(neuron.account(), size="number").fit_width(self.stage.width / 2)
        numbers.next_to(formula, DOWN, buff=0.25).align_to(
            self.stage.centre + self.stage.width / 2 * RIGHT, RIGHT
        )
        self.play(FadeIn(numbers, shift=0.2 * DOWN), run_time=0.8)

    @beat
    def one_per_class(self) -> None:
        """A column of neurons reads the same inputs; the scores leave the stretch from 0 to 1."""
        one, sol = self._neuron, self.solution
        rows, _, below = self.stage.rows(3.65, 0.65, 1.25)
        before, names, right = rows.columns(*ACROSS)
        inputs, letters = input_nodes(sol, rows)
        neurons = bodies(sol.K, before.columns(3, 2)[1], largest=0.5)
        width = "line" if sol.K * sol.M <= EDGES_UP_TO else "thin"
        fans = [VGroup(*[edge(node, body, width=width) for node in inputs]) for body in neurons]
        scores = Scores([self.quantity(f"z[{n}]") for n in range(sol.K)], right.inset(0.1), size=self._size)
        grown = ValueTracker(0.0)

        self.clear_stage(one.inputs, one.letters, one.edges, one.body)
        slide: list[Animation] = [
            ReplacementTransform(one.inputs, inputs),
            ReplacementTransform(one.letters, letters),
        ]
        for n, (neuron, fan) in enumerate(zip(neurons, fans, strict=True)):
            become = ReplacementTransform if n == sol.i else TransformFromCopy
            slide += [become(one.edges, fan), become(one.body, neuron)]
        self.on("copies", *slide, run_time=1.8)
        self.on("fan", *[_pulse(line) for fan in fans for line in fan], run_time=1.4)
        self.play(*appear(scores.guides, *self._names(scores, names), *self._letters(neurons)), run_time=0.6)
        self.on(
            "line",
            Add(scores.follow(grown.get_value), run_time=1),
            grown.animate.set_value(1.0),
            run_time=1.8,
        )
        scores.settle()
        self.on("marks", *self._mark_outside(scores), run_time=0.8)
        self.play(FadeIn(below.columns(*ACROSS)[2].place(self._sum()), shift=0.2 * UP), run_time=0.8)

    @property
    def _size(self) -> str:
        return "number" if self.solution.K <= SYMBOLS_UP_TO else "label"

    def _names(self, scores: Scores, region: Region) -> list[Words]:
        """The names of the classes, one a row, in a column."""
        names = [self.class_name(n).fit_width(region.width - 0.5) for n in range(self.solution.K)]
        for name, bar in zip(names, scores.bars, strict=True):
            name.move_to(point(region.right - 0.1, bar.get_y()), aligned_edge=RIGHT)
        return names

    def _letters(self, neurons: VGroup) -> list[Formula]:
        """z_k at the right of every neuron, where the rows are high enough for its index."""
        if self.solution.K > SYMBOLS_UP_TO:
            return []
        return [Formula(z[n + 1]).next_to(body, RIGHT, buff=0.25) for n, body in enumerate(neurons)]

    def _mark_outside(self, scores: Scores) -> list[Animation]:
        """Every score below 0 or above 1 gets the inequality that says so; its digits stay where they are."""
        moves: list[Animation] = []
        for number in list(scores.numbers):
            shown, value = leaf(number.quantity), number.quantity.value
            if 0 <= value <= 1:
                continue
            with evaluate(False):
                outside = Gt(shown, Literal(1)) if value > 1 else Lt(shown, Literal(0))
            formula = Formula(outside, size=self._size).veiled()
            formula.shift(number.get_center() - formula.find(shown).get_center())
            formula.find(shown).set_opacity(1)
            scores.numbers.remove(number)
            self.add(formula)
            moves += formula.unveil()
        return moves

    def _sum(self) -> Formula:
        """All scores together, and that they are not 1."""
        total = self.quantity("zsum")
        together = equals(sum_over(z[k], k), total)
        return Formula(together if total.value == 1 else Ne(together, Literal(1), evaluate=False))


def _pulse(line: VMobject) -> ShowPassingFlash:
    """A flash that runs along an edge: what is read."""
    bright = line.copy().set_stroke(style().colour("ink"), style().stroke("thick"))
    return ShowPassingFlash(bright, time_width=0.4)
