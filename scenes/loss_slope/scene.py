"""Chapter: the first link. A share occurs in one term of the loss, and the derivative is −y_j/a_j."""

from typing import Any

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    ValueTracker,
    VGroup,
    there_and_back,
)
from sympy import evaluate, log

from softmax_explained.core.formulas.symbols import DEFINITIONS, a, j, y
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss_slope.last_picture import LastPicture, link_values
from softmax_explained.scenes.loss_slope.loss_rows import LossRows
from softmax_explained.scenes.paths.last_picture import LastPicture as PathsPicture
from softmax_explained.scenes.paths.last_picture import map_and_lines
from softmax_explained.stage import Formula, beat, glow, point, style
from softmax_explained.stage.design.rate_functions import early, instead, late

SUM, GAP = 1.35, 0.2  # Manim units: height of the sum over its terms, and between the two
START = 0.35  # part of the move in which the question marks leave, before copies of the link come
BESIDE = 0.5  # Manim units from the terms to what is said of them
STEEPER = 0.8  # increase of −ln a while the tangent gets steeper

with evaluate(False):
    BODY = -y[j] * log(a[j])
    LINK = -y[j] / a[j]


class LossSlope(Chapter, film=FILM, docked=("token", "letters", "pins")):
    """All other terms are constant, so the sum disappears; what is left is steep where the share is small."""

    def first_picture(self) -> None:
        """The map of the paths beside the chain rule."""
        self._paths = PathsPicture(self)
        self.add(*self._paths)

    @beat
    def the_sum_dies(self) -> None:
        """The loss is written term by term; all terms but one are constants."""
        solution, before = self.solution, self._paths
        self._last = LastPicture(self)
        _, free = map_and_lines(self)
        above, below = free.rows(SUM, free.height - SUM - GAP, gap=GAP)
        whole = above.place(Formula(DEFINITIONS["C"]))
        rows = LossRows(solution.K, solution.t, self.label("alone"), below)
        leaving = [FadeOut(each, rate_func=early) for each in (before.formula, before.card)]
        up = whole.get_center()
        whole.move_to(free.centre)
        towards = 0.12 * (whole.get_center() - before.map.loss.get_center())
        self.on(
            "first",
            *leaving,
            *before.map.light_slots("right"),
            FadeIn(whole, shift=towards, rate_func=late),
            run_time=1.0,
        )
        self.on("write", whole.animate.move_to(up), run_time=0.6)  # its terms come where it has been
        self.play(*rows.come(), whole.animate.deemphasise(), run_time=1.3)
        self.add(rows)
        frame = rows.frame()
        light = glow(rows.chosen.find(a[solution.t + 1]))
        head = VGroup(rows.operator, rows.rule, rows.label)
        self.on("one", Create(frame), FadeIn(VGroup(light, rows.index, head)), run_time=0.8)
        others = [(rows.rows[n], zero) for n, zero in rows.zeros.items()]
        constants = VGroup(*[self.label("constant", colour="quiet") for _ in others])
        edge = max([float(row.get_right()[0]) for row, _ in others], default=0.0)
        for constant, (row, _) in zip(constants, others, strict=True):
            constant.next_to(row, RIGHT).align_to(point(edge + BESIDE), LEFT)
            constant.shift(min(0.0, below.right - float(constant.get_right()[0])) * RIGHT)
        fades = [move for pair in others for move in instead(*pair)]
        self.on("others", *fades, FadeIn(constants, rate_func=late), run_time=1.0)
        line = self._last.sheet.lines[0]
        self._place = line.get_center()
        line.set_fill(opacity=1).move_to(free.centre)
        body = line.find(BODY)
        zeros = VGroup(*rows.zeros.values())
        gone = VGroup(zeros, rows.dots, constants, whole, frame, light, rows.index, head)
        rest = VGroup(*[glyph for glyph in line if glyph not in body.submobjects])
        self.on(
            "gone",
            FadeOut(gone, rate_func=early),
            *rows.put_into(line, body),
            FadeIn(rest, rate_func=late),
            *before.map.light_slots("right", on=False),
            run_time=1.3,
            sound="cancel",
        )
        self.remove(rows.chosen, rest)
        self.add(line)

    @beat(hold="key_hold")
    def minus_y_over_a(self) -> None:
        """The slope of the logarithm turns the term into −y_j/a_j, which goes into every right slot."""
        last, solution, links = self._last, self.solution, self._paths.map
        sheet = last.sheet
        sheet.current = 0
        unfold = FadeIn(last.curve, shift=0.8 * DOWN, rate_func=late)
        token = self.dock.parts["token"] if self.production.cut.whole else VGroup()
        pointed = [Indicate(part, scale_factor=1.15, color=style().colour("ink")) for part in token]
        line: Any = sheet.lines[0]
        aside = line.animate(rate_func=early).move_to(self._place)
        self.on("log", aside, *pointed, unfold, FadeIn(last.card, rate_func=late), run_time=1.4)
        is_free = sheet.lines[0].find(y[j]).get_right()[0] < last.curve.get_left()[0]  # the row below y_j
        step = sheet.next(travel=[(y[j], y[j])] if is_free else [])
        self.on("formula", *step, run_time=1.0)
        self.add(sheet.line)
        link = sheet.line.find(LINK)
        light = glow(link)
        copies = VGroup()
        for slot in links.slots["right"]:
            copy = link.copy()
            copies.add(copy.scale(min(1.0, 0.8 * slot.height / copy.height)).move_to(slot))
        arriving = [FadeIn(copy, shift=0.4 * LEFT, rate_func=late_and_back) for copy in copies]
        asked = [move for slot in links.slots["right"] for move in slot.clear()]
        self.play(FadeIn(light), *asked, *arriving, *links.light_slots("right"), run_time=1.6)
        self.remove(*copies)
        values = link_values(self)
        own = links.fill("right", {solution.t: values.pop(solution.t)})
        self.on("slope", FadeIn(last.dot), Create(last.tangent), FadeOut(light), run_time=0.5)
        self.on("value", *own, run_time=0.7)
        self.on("zero", *links.fill("right", values), run_time=0.9)
        if solution.is_soft:
            self._steepen()
        back = links.light_slots("right", on=False)
        self.play(*back, run_time=0.4)

    def _steepen(self) -> None:
        """Slide the dot towards a smaller share and back.

        Over a break of the axis nothing of that could be seen; there it goes to a larger share and back.
        """
        curve, dot, tangent = self._last.curve, self._last.dot, self._last.tangent
        paid = -float(self.solution.log_a[self.solution.t])
        start = min(paid, curve.top / curve.weight)
        end = start - 2 * STEEPER if curve.broken else start + STEEPER
        price: Any = ValueTracker(start)
        dot.add_updater(lambda each: each.move_to(curve.at(price.get_value())))
        tangent.add_updater(lambda each: each.become(curve.tangent(price.get_value())))
        self.play(price.animate(rate_func=there_and_back).set_value(end), run_time=1.6)
        for each in (dot, tangent):
            each.clear_updaters()
        dot.move_to(curve.at(paid))
        tangent.become(curve.tangent(paid))


def late_and_back(alpha: float) -> float:
    """From 0 to 1 and back, in the last part of an animation."""
    return float(there_and_back(max(0.0, (alpha - START) / (1 - START))))
