"""Chapter: from a neuron to a score. A neuron adds its weighted inputs; every class has one."""

from typing import Any

from manim import (
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    FadeIn,
    LaggedStart,
    Transform,
    VGroup,
    there_and_back,
)

from softmax_explained.core.formulas.symbols import DEFINITIONS, i, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.neuron.camera import go_into, pull_back
from softmax_explained.scenes.neuron.forward_pass import ForwardPass
from softmax_explained.scenes.neuron.last_picture import LastPicture
from softmax_explained.scenes.opening.last_picture import LastPicture as Before
from softmax_explained.scenes.pictures.network import pulses
from softmax_explained.scenes.pictures.neuron_diagram import TO_NAME, NeuronDiagram
from softmax_explained.stage import Formula, beat, point, style
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.members import members

NEAREST = 1.6  # maximum magnification of the layer while it stands alone
FORMULA = 1.6  # Manim units below the drawing for the formula
PRODUCTS, BIAS = DEFINITIONS["z"].rhs.args


class Neuron(Chapter, film=FILM):
    """Inputs times weights plus a bias make a score; one neuron per class makes a column of scores."""

    def first_picture(self) -> None:
        """The whole network with its four columns."""
        self._before = Before(self)
        self.add(self._before)

    @beat(hold="key_hold")
    def one_neuron(self) -> None:
        """The camera goes into one neuron: products and bias are added, and the total is its score."""
        drawing, row = self.stage.rows(self.stage.height - FORMULA, FORMULA)
        diagram = self._diagram = NeuronDiagram(self.solution, self.solution.i, drawing.inset(y=0.1))
        run = self._pass = ForwardPass(self.solution, self.solution.i, diagram)
        formula = self._formula = row.place(Formula(DEFINITIONS["z"])).hidden()
        name = self._name = self._diagram.place_name(self.class_name(self.solution.i, quoted=True))
        after = FadeIn(diagram.weights, rate_func=late)
        self.on(
            "neuron",
            *go_into(diagram, self._before.network, self.solution.i, self._before),
            after,
            run_time=1.3,
        )
        self._keep(diagram.ground, diagram.weights, formula)
        ring = FadeIn(VGroup(diagram.onward, diagram.out, name))
        self.on("products", *run.read(), *formula.reveal(PRODUCTS.function), ring, run_time=1.2)
        self._keep(diagram.ground, run.weights, name, formula, diagram.onward, diagram.out, *run.chips)
        self.add(allow(run.total, "CROWDED", reason="the number of a node that stands already"))
        self.on("sum", *run.add(), *formula.reveal(PRODUCTS), run_time=1.6)
        bias = FadeIn(VGroup(diagram.bias, diagram.bias_wire), shift=0.2 * UP)
        self.on("bias", bias, *formula.reveal("+", BIAS), run_time=0.5)
        self.play(*run.add_bias(), run_time=0.8)
        self.on("total", *self._make_way(), *run.name(), *formula.reveal(z[i], "="), run_time=0.8)

    @beat(hold="key_hold")
    def one_per_class(self) -> None:
        """The camera pulls back to the layer: each class has its own row of weights, and its own score."""
        last, first = LastPicture(self), LastPicture(self)
        near = first.layer
        near.remove(*near[2 + self.solution.K :])  # the names of the scores' rows come with the scores
        near.scale(min(self.stage.width / near.width, self.stage.height / near.height, NEAREST))
        near.move_to(self.stage.centre)
        scores, rows = last.scores, range(self.solution.K)
        self.on(
            "copies",
            *pull_back(
                self._diagram, first.network, self.solution.i, self.picture_of_beats(), [self._formula]
            ),
            run_time=1.3,
        )
        self._keep(first.network)
        _, _, *names = near
        labels = [VGroup(first.table.lines[n], names[n]) for n in rows]
        self.play(FadeIn(first.table.heads), LaggedStart(*map(FadeIn, labels), lag_ratio=0.6), run_time=1.3)
        self.on("fan", pulses(first.network.wires_from("x"), back=True), run_time=1.2)
        below: list[Any] = [*last.layer[len(near) :]]  # a name left of each bar; none if the rows are shared
        negative = {n: bar for n, bar in enumerate(scores.bars) if scores.values[n] < 0}
        moving = {n: below[n] for n in negative if below}  # names that go along with the ends of their bars
        for n, name in moving.items():
            name.shift(negative[n].width * RIGHT)
        ground = VGroup(scores.line.axis, scores.line.zero, scores.line.ticks, *below)
        layer = VGroup(*last.layer[: len(near)])
        self._keep(near)
        self.on("scores", Transform(near, layer), FadeIn(ground, rate_func=late), run_time=0.9)
        self._keep(layer, *ground)
        lines: list[Any] = [*last.table.lines]
        flash = [line.animate(rate_func=there_and_back).set_color(style().colour("z")) for line in lines]
        grow = [
            AnimationGroup(
                GrowBar(bar, RIGHT if n in negative else LEFT),
                *([moving[n].animate.shift(bar.width * LEFT)] if n in moving else []),
            )
            for n, bar in enumerate(scores.bars)
        ]
        self.play(LaggedStart(*flash, lag_ratio=0.25), LaggedStart(*grow, lag_ratio=0.25), run_time=1.1)
        self.add(scores.bars)
        drop = [
            FadeIn(dot, shift=(dot.get_y() - bar.get_y()) * UP)
            for bar, dot in zip(scores.bars, scores.dots, strict=True)
        ]
        shown = FadeIn(scores.numbers), FadeIn(last.total, rate_func=late)
        self.on("line", *shown, LaggedStart(*drop, lag_ratio=0.2), run_time=1.2)
        self.add(scores.dots)
        marked = members(last.numbers, Formula)  # the others are numbers, which stand already
        marks = [move for each in marked for move in self._reveal(each)]
        self.on("marks", FadeIn(scores.line.band), *marks, run_time=0.8)
        self._keep(last)

    def _make_way(self) -> list[Any]:
        """Move the name at the left of the score away, so that the letter of the score fits between."""
        diagram = self._diagram
        if diagram.layout.in_a_row:
            return []
        right = float(diagram.letter.get_left()[0]) - TO_NAME
        name: Any = self._name
        return [name.animate(rate_func=early).align_to(point(right), RIGHT)]

    def _reveal(self, inequality: Formula) -> list[Any]:
        """Show the sign and the limit behind a number whose digits stand already."""
        digits = inequality.find(inequality.expr.lhs)
        rest = VGroup(*[glyph for glyph in inequality if glyph not in digits.submobjects])
        return [FadeIn(rest)]

    def _keep(self, *mobjects: Any) -> None:
        """Leave these on the stage in place of all that has moved into them."""
        self.remove(*self.picture_of_beats())
        self.add(*mobjects)
