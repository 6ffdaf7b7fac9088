"""Chapter: the goal. The slope of the loss in one score, two measurements of it, and three indices."""

from typing import Any

from manim import (
    DOWN,
    LEFT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Indicate,
    Transform,
    VGroup,
    wiggle,
)

from softmax_explained.core.formulas.symbols import C, derivative, exp_sum, i, k, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.goal.curve_to_lines import out_of_the_curve
from softmax_explained.scenes.goal.last_picture import LastPicture, lines
from softmax_explained.scenes.goal.measurement import CHANGE, NUDGE, RATIO, Measurement
from softmax_explained.scenes.goal.ratio import EnlargedSteps, GradientRow, Rays
from softmax_explained.scenes.goal.sensitivity_lines import THREAD, SensitivityLines
from softmax_explained.scenes.goal.slice_mark import SliceMark
from softmax_explained.scenes.loss.last_picture import LastPicture as LossPicture
from softmax_explained.stage import Formula, Region, appear, beat, point, style
from softmax_explained.stage.design.rate_functions import afterwards, early, instead, late
from softmax_explained.stage.shapes.counter import Counter

FACTOR = "_"  # what a factor is written in place of, in a label
FIRST_NUDGE = 0.5  # of the score, large enough to be seen; then half of it, and half of that
TREMBLE = 0.04  # of the score, while the sign is to be guessed
BELOW_SLICE, FAINT = 0.14, 0.12  # Manim units from the strip down to j; opacity of the threads behind j
COUNTED = 4  # the index of the sum counts up to this at most


class Goal(Chapter, film=FILM, docked=("token",)):
    """What is wanted: the slope of the loss in every score, two of which are measured before any algebra."""

    def first_picture(self) -> None:
        """The curve of the price, whose upright axis becomes the line of the loss."""
        self._loss = LossPicture(self)
        self.add(*self._loss)

    @beat
    def sensitivity(self) -> None:
        """The dot of the score moves a little, that of the loss answers; the ratio becomes the slope."""
        upper, lower = self._rows()
        self._lines = picture = lines(self, self.stage.inset(y=0.05 * self.stage.height))
        self.on("number", *out_of_the_curve(self._loss, picture, self.solution.t), run_time=1.4)
        self.add(picture)
        picture.follow()
        h = Formula(NUDGE, role="z")
        change = Formula(CHANGE, role="C")
        self._label(picture, h, change, FIRST_NUDGE)
        self.on("nudge", picture.nudge.animate.set_value(FIRST_NUDGE), afterwards(h), run_time=1.2)
        self.on("loss", picture.felt.animate.set_value(FIRST_NUDGE), afterwards(change), run_time=1.2)
        picture.clear_updaters()
        left, right = lower.columns(0.64, 0.36, gap=0.3)
        enlarged = self.label("enlarged").text
        steps = EnlargedSteps(
            left,
            self._ratio(FIRST_NUDGE),
            FIRST_NUDGE * picture.unit,
            lambda factor: self.words(enlarged.replace(FACTOR, str(factor)), colour="quiet"),
        )
        ratio = right.place(Formula(RATIO, size="result", role="C"))
        self._lines = closer = lines(self, upper)
        closer.set_to(FIRST_NUDGE)
        rays = Rays(*closer.steps[1], steps.change)
        self.on(
            "ratio",
            *picture.turn_into(closer),
            *[FadeOut(label, rate_func=early) for label in (h, change)],
            FadeIn(VGroup(steps, steps.factor), shift=0.5 * DOWN, rate_func=late),
            *[FadeIn(each, rate_func=late) for each in (ratio, rays)],
            run_time=1.5,
        )
        picture = closer
        self.add(picture, steps, steps.factor, rays)
        picture.follow()
        steps.follow(lambda: self._ratio(picture.nudge.get_value()))
        finer = [steps.factor, *[steps.times(n) for n in (2, 4, 16)]]
        self.on("limit", *picture.to(FIRST_NUDGE / 2), *instead(*finer[0:2]), run_time=0.8)
        self.play(*picture.to(FIRST_NUDGE / 4), *instead(*finer[1:3]), run_time=0.7)
        self.play(*picture.to(FIRST_NUDGE / 16), *instead(*finer[2:4]), run_time=0.7)
        steps.change.clear_updaters()
        rays.clear_updaters()
        slope = right.place(Formula(derivative(C, z[i]), size="result"))
        self.on("symbol", *instead(ratio, slope), run_time=0.9)
        names = [self.class_name(k, colour="quiet", quoted=True) for k in range(self.solution.K)]
        row = GradientRow(names, self.label("gradient"), lower)
        arriving = [FadeIn(each, shift=0.3 * DOWN, rate_func=late) for each in row.slopes]
        self.on(
            "all",
            FadeOut(VGroup(steps, rays, finer[-1]), rate_func=early),
            FadeOut(slope, rate_func=early),
            *arriving,
            *picture.to(0.0),
            FadeIn(VGroup(row.bracket, row.title), rate_func=late),
            run_time=1.2,
        )
        self.add(row)
        picture.settle()
        self._row = row

    @beat(hold="hold")
    def measure(self) -> None:
        """Three nudges of two scores, each smaller; what the ratio settles at is pinned, with its sign."""
        picture, solution = self._lines, self.solution
        upper, lower = self._rows(table=True)
        left, right = lower.flow(1, 1, gap=0.3, row_gap=0.15)
        first = Measurement(self, "i", "ratio", left)
        second = Measurement(self, "t", "ratio_t", right)
        one, other = (lines(self, upper, key, numbered=True) for key in "it")
        leaving = [FadeOut(self._row, rate_func=early), *picture.turn_into(one)]
        self.on("measure", *leaving, *appear(first.heads), run_time=0.8)
        self._lines = picture = one
        self.add(picture)
        picture.follow()
        self.play(*picture.to(solution.steps[0]), *first.row(0), run_time=0.6)
        self.on("shrinks", *picture.to(solution.steps[1]), *first.row(1), run_time=0.9)
        self.play(*picture.to(solution.steps[2]), *first.row(2), run_time=0.9)
        settled = [move for n in range(len(first.ratios)) for move in first.brighten(n)]
        self.on("pin_i", *settled, FadeIn(first.pin, shift=0.4 * DOWN), run_time=0.7)
        picture.settle()
        self.on("second", *picture.turn_into(other), *appear(second.heads), run_time=0.9)
        self._lines = picture = other
        self.add(other)
        picture.follow()
        trackers: list[Any] = [picture.nudge, picture.felt]
        tremble = [each.animate(rate_func=wiggle).set_value(TREMBLE) for each in trackers]
        self.on("ask", FadeIn(second.question), *tremble, run_time=1.5)
        away = [FadeOut(second.question, rate_func=early)]
        self.on("pin_t", *away, *picture.to(solution.steps[0]), *second.row(0), run_time=0.5)
        self.play(*picture.to(solution.steps[1]), *second.row(1), run_time=0.5)
        self.play(*picture.to(solution.steps[2]), *second.row(2), run_time=0.5)
        settled = [move for n in range(len(second.ratios)) for move in second.brighten(n)]
        self.play(*settled, FadeIn(second.pin, shift=0.4 * DOWN), run_time=0.6)
        picture.settle()
        pins = self.dock.parts["pins"]
        land: list[Animation] = []  # the way up leads across the tables
        for pin, docked in zip((first.pin, second.pin), pins, strict=True):
            land.append(FadeOut(pin, shift=0.5 * UP, rate_func=early))
            land.append(FadeIn(docked, shift=0.3 * UP, rate_func=late))
        self.on("land", *land, run_time=1.2, sound="land")
        self.add(pins)
        self._tables = VGroup(first, second)

    @beat
    def letters(self) -> None:
        """Each index is a tag on what it stands for; then the tags move to the dock."""
        last = LastPicture(self)
        sum_ = last.formula.find(exp_sum)
        counter = Counter(k, min(self.solution.K, COUNTED), sum_)
        sizes = "result", "result", "formula"
        letters = zip(FILM.letters.items(), sizes, strict=True)
        tags = [Formula(letter, size=size, role=role) for (letter, role), size in letters]
        score, output, counting = tags
        strip = last.lines.strip
        score.next_to(last.lines.score_dot, UP, buff=0.1)
        mark = SliceMark(strip)
        room = strip.bottom - float(last.lines.loss_dot.get_top()[1]) - 2 * BELOW_SLICE
        output.scale(min(1.0, room / output.height))
        output.next_to(point(strip.middle(0), strip.bottom), DOWN, buff=BELOW_SLICE)
        counting.next_to(sum_, DOWN, buff=0.25).align_to(sum_, LEFT)
        self.on(
            "letters",
            FadeOut(self._tables, rate_func=early),
            *self._lines.turn_into(last.lines),
            FadeIn(last.formula, rate_func=late),
            run_time=1.2,
        )
        self.add(last.lines)
        pointed = Indicate(last.lines.score_letter, color=style().colour("ink"))
        self.on("i", FadeIn(score, shift=0.3 * DOWN), pointed, run_time=0.8)
        threads = last.lines.threads_out
        faint = threads.animate.set_stroke(opacity=FAINT)
        self.on("j", FadeIn(output, shift=0.3 * UP), FadeIn(mark), faint, run_time=0.5)
        for n in range(1, self.solution.K):
            x = min(strip.middle(n), self.stage.right - output.width / 2)
            moves = output.animate.set_x(x), Transform(mark, SliceMark(strip, n))
            self.play(*moves, run_time=1.6 / (self.solution.K - 1))
        self.on("k", *counter.to(1), run_time=0.45)
        for n in range(2, min(self.solution.K, COUNTED) + 1):
            self.play(*counter.to(n), run_time=0.4)
        self.play(*counter.leave(), FadeIn(counting), run_time=0.4)
        entries = self.dock.parts["letters"]
        leaving = [FadeOut(tag, shift=0.3 * UP, rate_func=early) for tag in tags]
        docked = [FadeIn(entry, shift=0.3 * UP, rate_func=late) for entry in entries]
        back = threads.animate.set_stroke(opacity=THREAD)
        self.play(*leaving, *docked, FadeOut(mark, rate_func=early), back, run_time=1.2)
        self.add(entries)

    def _rows(self, *, table: bool = False) -> tuple[Region, Region]:
        """The regions of the lines, and of what their steps make; a table takes more of a wide frame."""
        wide = self.stage.width > self.stage.height
        lines_part = (0.44 if table else 0.53) if wide else 0.38
        upper, lower = self.stage.rows(lines_part, 1 - lines_part, gap=0.25)
        return upper, lower

    def _ratio(self, h: float) -> float:
        """ΔC/h of a nudge of the focus score."""
        return self._lines.change_of(h) / h if h else float(self.solution.gradient[self.solution.i])

    @staticmethod
    def _label(picture: SensitivityLines, h: Formula, change: Formula, nudge: float) -> None:
        """Put h over the middle of its step, and ΔC under that of its own."""
        ends = picture.ends_at(nudge)
        for label, end, side in ((h, ends[0], UP), (change, ends[1], DOWN)):
            label.move_to(end).set_x((picture.middle + end[0]) / 2)
            label.shift((0.22 + label.height / 2) * side)
