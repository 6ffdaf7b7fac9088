"""Chapter: every path counts. One path alone misses the measured slope; the chain rule adds all of them."""

from typing import Any

from manim import (
    DOWN,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    ReplacementTransform,
    VGroup,
    VMobject,
    there_and_back,
)
from sympy import evaluate

from softmax_explained.core.formulas.symbols import C, a, derivative, i, j, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.goal.last_picture import LastPicture as GoalPicture
from softmax_explained.scenes.paths.answer import NudgedGraph
from softmax_explained.scenes.paths.comparison import SinglePath
from softmax_explained.scenes.paths.effects import AddedEffects
from softmax_explained.scenes.paths.last_picture import LastPicture
from softmax_explained.scenes.paths.total import TotalOverBars
from softmax_explained.scenes.pictures.path_map import SIDES, PathMap
from softmax_explained.stage import Formula, Region, beat, rest_of, strike, style
from softmax_explained.stage.design.rate_functions import afterwards, at_once, early, instead, late
from softmax_explained.stage.shapes.slot import Slot

NUDGE = 0.5  # of the score, large enough to see every share change
REST = 1.0  # seconds for which the nudged numbers stand, while the ring of the loss grows thick once
HEAD, GAP = 1.25, 0.2  # Manim units over the graph: for the sum and the comparison; and between the two
TALLER = 2.0  # Manim units for the comparison where it has two lines

with evaluate(False):
    SLOPE, FIRST, SECOND = derivative(C, z[i]), derivative(C, a[j]), derivative(a[j], z[i])


class Paths(Chapter, film=FILM, docked=("token", "letters", "pins")):
    """There are as many paths from one score to the loss as there are classes, and their effects add."""

    def first_picture(self) -> None:
        """The three lines, which open into the graph."""
        self._goal = GoalPicture(self)
        self.add(*self._goal)

    @beat
    def all_outputs_move(self) -> None:
        """The three lines open into the graph; a nudge moves every bar, and every bar can reach the loss."""
        head, below = self._rows()
        names = [self.class_name(k) for k in range(self.solution.K)]
        self._graph = graph = PathMap(self.solution, below, names=names, numbers=True, slots=False)
        self._total = total = TotalOverBars(graph, head)
        lines = self._goal.lines
        self.add(lines.score_letter, lines.loss_letter)  # in front of the dots, which become rings
        for box in lines.strip.boxes:
            box.set_z_index(1)  # in front of the tracks
        lines.names.set_z_index(2)
        self.on("nudge", *self._open(graph), afterwards(total.formula), run_time=1.6)
        self.remove(self._goal)
        self.add(graph, total)
        self.on("under", *total.swell(), *total.run_under(), run_time=1.4)
        answer = NudgedGraph(graph, NUDGE)
        answer.follow()
        self.on("moves", *graph.pulses("left"), run_time=0.7)
        self.play(*answer.push(), run_time=1.2)
        self.on("reach", *graph.pulses("right"), *answer.reach(), run_time=1.0)
        width = 2 * style().stroke("thick")
        ring: Any = graph.loss.ring
        self.play(ring.animate(rate_func=there_and_back).set_stroke(width=width), run_time=REST)
        self.play(*answer.release(), run_time=0.8)
        answer.settle()

    @beat
    def missing_paths(self) -> None:
        """Only the path through a_i is followed; what it carries is compared with the pin."""
        graph, solution = self._graph, self.solution
        head, _ = self._rows()
        alone = SinglePath(self, self.label("alone"), graph, head)
        focus = solution.i
        gone = [FadeOut(each, rate_func=early) for each in (self._total, self._total.threads)]
        self.on("only", *gone, *graph.single_out(focus), run_time=0.9)
        self.play(*graph.pulses("left", only=[focus]), run_time=0.7)
        self.on("target", FadeIn(alone.term, shift=0.2 * DOWN), run_time=0.7)
        if not solution.lesson.targets[focus]:
            self._struck: VMobject = strike(alone.term)
            self.play(Create(self._struck), run_time=0.4)
        else:
            self._struck = VGroup()
        card = VGroup(alone.frame, alone.label)
        arrive = graph.pulses("right", only=[focus])
        value = FadeIn(alone.value, rate_func=late)
        self.on("none", *arrive, FadeIn(card), Create(alone.thread), value, run_time=1.0)
        docked = [self.dock.parts["pins"][0]] if self.production.cut.whole else []
        looked_at = [Indicate(each, scale_factor=1.15, color=style().colour("C")) for each in docked]
        self.on("pin", *looked_at, FadeIn(alone.pin, shift=0.3 * DOWN), run_time=0.9)
        self.play(FadeIn(alone.sign, scale=1.5), run_time=0.5)
        self._alone = alone

    @beat(hold="key_hold")
    def add_them_up(self) -> None:
        """All paths arrive and add; the chain rule with its sum, and two unknown links on every path."""
        graph = self._graph
        last = LastPicture(self)
        head, _ = self._rows()
        effects = AddedEffects(self.solution.K, graph.loss, head)
        gone = [FadeOut(each, rate_func=early) for each in (self._alone, self._alone.thread, self._struck)]
        gone = [move for move in gone if move.mobject.family_members_with_points()]
        self.play(*gone, *graph.single_out(), run_time=0.6)
        self.on("arrive", *graph.pulses("left"), run_time=0.9)
        self.play(*graph.pulses("right"), run_time=0.8)
        self.on("add", *effects.add_up(), run_time=1.0)
        formula, small = last.formula, last.map
        slots = [slot for side in SIDES for slot in small.slots[side]]
        total = rest_of(formula, FIRST, SECOND)
        links = [Formula(part, size="result") for part in (FIRST, SECOND)]
        for link, part in zip(links, (FIRST, SECOND), strict=True):
            link.scale(formula.em / link.em).move_to(formula.find(part))
        high = VGroup(*links)
        edges = high.get_bottom()[1], high.get_top()[1]
        unknown = [
            Slot(Region(link.get_left()[0], edges[0], link.get_right()[0], edges[1]), role=role)
            for link, role in zip(links, "Ca", strict=True)
        ]
        self.on(
            "sum",
            *graph.turn_into(small),
            FadeOut(effects, rate_func=early),
            *[FadeIn(each, rate_func=late) for each in (total, *unknown, last.card)],
            run_time=1.4,
        )
        self.on("links", *[FadeIn(slot) for slot in slots], run_time=0.8)
        known = [instead(*pair) for pair in zip(unknown, links, strict=True)]
        self.on("first", *small.light_slots("right"), *known[0], run_time=0.9)
        back = small.light_slots("right", on=False)
        self.on("second", *back, *small.light_slots("left"), *known[1], run_time=0.9)
        self.remove(*links, total)
        self.add(formula, small)
        self.play(*small.light_slots("left", on=False), run_time=0.6)

    def _rows(self) -> tuple[Region, Region]:
        """The regions over the graph, and of the graph."""
        high = HEAD if self.stage.width > 8 else TALLER
        head, below = self.stage.rows(high, self.stage.height - high - GAP, gap=GAP)
        return head, below

    def _open(self, graph: PathMap) -> list[Animation]:
        """The animations that make the graph out of the three lines."""
        lines = self._goal.lines
        moves: list[Animation] = [
            ReplacementTransform(lines.score_dot, graph.score.ring),
            ReplacementTransform(lines.score_letter, graph.score.content),
            ReplacementTransform(lines.loss_dot, graph.loss.ring),
            *instead(lines.loss_letter, graph.loss.content),  # moved, it would cross the bars
        ]
        for k, row in enumerate(graph.rows):
            moves += [
                ReplacementTransform(lines.strip.boxes[k], row.bar),
                ReplacementTransform(lines.threads_in[k], graph.edges["left"][k]),
                ReplacementTransform(lines.threads_out[k], graph.edges["right"][k]),
                *[afterwards(part) for part in (row.card, row.track, row.label, row.number)],
            ]
        gone = lines.score_axis, lines.loss_axis, lines.names, self._goal.formula
        moves += [FadeOut(each, rate_func=early) for each in gone]
        moves.append(FadeOut(lines.score_name, rate_func=at_once))  # the letter passes there
        return [*moves, *[afterwards(number) for number in (graph.score_number, graph.loss_number)]]
