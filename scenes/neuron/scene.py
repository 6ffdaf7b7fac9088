"""Chapter: from a neuron to a score. A neuron adds its weighted inputs; every class has one."""

from manim import (
    DOWN,
    LEFT,
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

from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import DEFINITIONS, i, k, sum_over, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.neuron.calculation import calculation
from softmax_explained.scenes.neuron.diagram import NeuronDiagram
from softmax_explained.scenes.neuron.scores import Scores, layer_layout
from softmax_explained.stage import Chapter, Formula, appear, beat, edge, equals, style
from softmax_explained.stage.shapes.input_layer import input_nodes, move_inputs, neuron_nodes
from softmax_explained.stage.text.label_layout import beside_rows

CROWDED, FULL = 5.5, 12.0  # edges per Manim unit of height from which on they are drawn thinner


class Neuron(Chapter, film=FILM):
    """Inputs times weights plus a bias make a score; one neuron per class makes a column of scores."""

    @beat(hold="key_hold")
    def one_neuron(self) -> None:
        """The products of inputs and weights and the bias are added: the score of class i."""
        side, part = (RIGHT, 0.55) if self.stage.is_landscape else (LEFT, 1.0)
        formula = self.stage.place(Formula(DEFINITIONS["z"]), side + UP).hidden()
        numbers = calculation(self.solution, self.solution.i, part * self.stage.width)
        numbers.next_to(formula, DOWN, buff=0.25).align_to(formula, side)
        head = 0.6 if self.stage.is_landscape else self.stage.top - numbers.get_bottom()[1] + 0.3
        _, below = self.stage.rows(head, self.stage.height - head)
        self._neuron = neuron = NeuronDiagram(self.solution, self.solution.i, below)
        products, bias = DEFINITIONS["z"].rhs.args

        self.add(formula)
        self.on("neuron", *neuron.appear(), run_time=0.8)
        self.on("products", *neuron.read(), *formula.reveal(products.function), run_time=1.0)
        self.play(*neuron.weigh(), run_time=1.2)
        self.on("sum", *neuron.add_first(), *formula.reveal(products), run_time=1.0)
        if rest := neuron.add_rest():
            self.play(*rest, run_time=1.8)
        self.on("bias", *neuron.bring_bias(), *formula.reveal("+", bias), run_time=0.5)
        self.play(*neuron.add_bias(), run_time=0.9)
        name = neuron.place_name(self.class_name(self.solution.i))
        self.on("total", *neuron.name_score(), FadeIn(name), *formula.reveal(z[i], "="), run_time=0.8)
        self.play(FadeIn(numbers, shift=0.2 * DOWN), run_time=0.8)

    @beat
    def one_per_class(self) -> None:
        """One neuron per class reads the same inputs; the scores leave the interval from 0 to 1."""
        one, sol = self._neuron, self.solution
        names = [self.class_name(n) for n in range(sol.K)]
        layout = layer_layout(self.stage, names)
        inputs = input_nodes(sol, layout.network)
        neurons = neuron_nodes(sol.K, layout.network.columns(3, 2)[1], largest=0.5)
        fans = [VGroup(*[edge(node, body) for node in inputs[0]]) for body in neurons]
        per_unit = sol.K * sol.M / layout.network.height
        width = style().stroke("line" if per_unit <= CROWDED else "thin") * min(1.0, FULL / per_unit)
        VGroup(*fans).set_stroke(width=width)
        scores = Scores([self.quantity(f"z[{n}]") for n in range(sol.K)], layout.scores, size=layout.size)
        written = beside_rows(names, layout.names.rows(*[1] * sol.K), priority={sol.i, sol.t})
        grown = ValueTracker(0.0)

        self.clear_stage(one.inputs, one.letters, one.edges, one.body)
        slide = move_inputs((one.inputs, one.letters), inputs)
        for n, (neuron, fan) in enumerate(zip(neurons, fans, strict=True)):
            become = ReplacementTransform if n == sol.i else TransformFromCopy
            slide += [become(one.edges, fan), become(one.body, neuron)]
        self.on("copies", *slide, run_time=1.8)
        self.on("fan", *[_pulse(line) for fan in fans for line in fan], run_time=1.4)
        self.play(*appear(scores.guides, *written.values(), *self._letters(neurons)), run_time=0.6)
        grow = Add(scores.follow(grown.get_value), run_time=1), grown.animate.set_value(1.0)
        self.on("line", *grow, run_time=1.8)
        scores.settle()
        self.on("marks", *self._mark_outside(scores, layout.size), run_time=0.8)
        self.play(FadeIn(layout.total.place(self._sum()), shift=0.2 * UP), run_time=0.8)

    def _letters(self, neurons: VGroup) -> list[Formula]:
        """z_k to the right of every neuron, where the rows are high enough for its index."""
        letters = [Formula(z[n + 1]).next_to(body.ring, RIGHT, buff=0.25) for n, body in enumerate(neurons)]
        pitch = neurons[0].get_y() - neurons[1].get_y()
        return letters if max(letter.height for letter in letters) < 0.8 * pitch else []

    def _mark_outside(self, scores: Scores, size: str) -> list[Animation]:
        """Give every score below 0 or above 1 the inequality that says so, without moving its digits."""
        moves: list[Animation] = []
        for number in list(scores.numbers):
            shown, value = number.quantity.shown, number.quantity.value
            if 0 <= value <= 1:
                continue
            with evaluate(False):
                outside = Gt(shown, Literal(1)) if value > 1 else Lt(shown, Literal(0))
            formula = Formula(outside, size=size).hidden()
            formula.shift(number.get_center() - formula.find(shown).get_center())
            formula.find(shown).set_opacity(1)
            scores.numbers.remove(number)
            self.add(formula)
            moves += formula.reveal()
        return moves

    def _sum(self) -> Formula:
        """The sum of all scores, and that it is not 1."""
        total = self.quantity("zsum")
        together = equals(sum_over(z[k], k), total)
        return Formula(together if total.value == 1 else Ne(together, Literal(1), evaluate=False))


def _pulse(line: VMobject) -> ShowPassingFlash:
    """A flash along an edge."""
    bright = line.copy().set_stroke(style().colour("ink"), style().stroke("thick"))
    return ShowPassingFlash(bright, time_width=0.4)
