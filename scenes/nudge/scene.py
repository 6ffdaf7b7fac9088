"""Chapter: the derivative of softmax on its strip. Grow, squeeze back, and two kinds of slices."""

from typing import Any

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    Transform,
    ValueTracker,
    VGroup,
    smooth,
    squish_rate_func,
)
from sympy import evaluate, exp

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import dz, i, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss_slope.last_picture import LastPicture as Before
from softmax_explained.scenes.nudge.case_tag import CaseTag
from softmax_explained.scenes.nudge.flow import Flow
from softmax_explained.scenes.nudge.fraction_stamps import fraction_stamps
from softmax_explained.scenes.nudge.last_picture import LastPicture
from softmax_explained.scenes.nudge.slice_labels import GAIN, slice_labels
from softmax_explained.scenes.nudge.slices import TAX, OwnBars
from softmax_explained.scenes.nudge.strips import NUDGE, Strips, threads
from softmax_explained.scenes.pictures.slope_column import SlopeColumn
from softmax_explained.stage import AlgebraSheet, CameraMove, Formula, Ruler, beat, dashed, point, span, style
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.rate_functions import early, instead, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import strike, tipped
from softmax_explained.stage.text.label_layout import spread

AROUND = 0.12  # Manim units between a label and the line at 1
LENGTHS = 1.3, 2.2  # Manim units over the magnified strip for equal lengths, in one row and in two
BESIDE = 0.2  # least distance in Manim units between two lengths in a row
MANY = 5  # with more classes than this, the borders of a strip that passes flicker


class Nudge(Chapter, film=FILM, docked=("token", "letters", "pins")):
    """The strip grows by a_i dz and is squeezed back to 1: growth minus tax is the derivative."""

    def first_picture(self) -> None:
        """The map of the paths with its right slots filled, and what led to them."""
        self._before = Before(self)
        self.add(*self._before)

    @beat
    def grow(self) -> None:
        """Segment i gains the slice a_i dz; the strip is too long by just that."""
        last = self._last = LastPicture(self)
        allow(last.map, "CROWDED", reason="the map, which has stood larger")
        strips = self._strips = Strips(self.solution, self.stage)
        layout, i_ = strips.layout, self.solution.i
        white, strip = strips.strip(layout.white, colour="ink"), strips.strip(layout.growing)
        self._strip, self._values = strip, strips.numbers(strip)
        words = [self.class_name(k, size="least", colour="ground") for k in range(self.solution.K)]
        names = strips.names_over(self._values, strip, words)
        self._ruler = Ruler(left=strip.left, right=strip.one, y=layout.ruler)
        self._end = dashed(point(strip.one, strip.top + 0.15), point(strip.one, layout.ruler), colour="ink")
        self._scale = [] if strips.to_scale else [self.label("scale", colour="quiet")]
        for note in self._scale:
            note.move_to(self._ruler).stand_on(layout.ruler - 0.45)
        before = self._before
        flowing = [bar.copy() for bar in before.map.bars]
        texts = self._lift_texts()
        with evaluate(False):
            score, nudged = Formula(z[i]), Formula(z[i] + dz)
            piece: VGroup = Formula(exp(z[i]), role="ground")
        start, end = white.spans[i_]
        if piece.width < 0.9 * (end - start) and piece.height < 0.9 * white.thickness:
            piece.move_to(point((start + end) / 2, white.y))
        else:
            piece = VGroup()
        for formula in (score, nudged):
            formula.move_to(point(start)).align_to(point(start), LEFT)
            foot = formula.baseline - float(formula.get_bottom()[1])
            formula.stand_on(white.top + 0.28 + foot)  # its index ends above the arrow
            formula.shift(min(0.0, layout.corner.left - 0.3 - formula.get_right()[0]) * RIGHT)
        step = tipped(
            point(start, white.top + 0.13),
            point(start + 0.7, white.top + 0.13),
            colour="z",
            width="line",
            tip=0.16,
        )
        written = [*self._values.values(), *names.values()]
        for each in (strip, white, piece, step, self._ruler, self._end, *written, *self._scale):
            allow(each, "CROWDED", reason="the strips and their ruler, which the viewer knows")
        segments = [strip.boxes[strip.segment(k)].copy() for k in range(self.solution.K)]
        # the texts leave first, and the cards soon after: without texts they must not stand long
        unwritten, smaller, flow = (
            squish_rate_func(smooth, *part) for part in ((0.1, 0.3), (0.15, 0.6), (0.15, 0.8))
        )
        shrinking = before.map.turn_into(last.map)
        for move in shrinking:
            move.rate_func = unwritten if isinstance(move, FadeOut) else smaller
        self.on(
            "second",
            *self.leaving(before.map, *texts),
            *[FadeOut(each, rate_func=unwritten) for each in texts],
            *shrinking,
            *[Flow(bar, box, rate_func=flow) for bar, box in zip(flowing, segments, strict=True)],
            *[FadeIn(each, rate_func=late) for each in (self._ruler, self._end, *written, *self._scale)],
            FadeIn(white, rate_func=late),
            FadeIn(score, piece, rate_func=late),
            run_time=1.6,
        )
        self.remove(*flowing, *last.map.parts)
        self.add(last.map, strip, *written)
        self.play(*last.map.light_slots("left"), run_time=0.3)
        self.on("nudge", *instead(score, nudged), Create(step), run_time=0.8)
        sheet = AlgebraSheet(DERIVATIONS["growth"].equations, layout.sheet, hanging=True)
        tracker = ValueTracker(0.0)
        white.add_updater(lambda growing: growing.nudge(tracker.get_value()))
        self.on("grow", *sheet.begin(), tracker.animate.set_value(NUDGE), run_time=0.7)
        white.clear_updaters()
        first_order = self.rule_name("first-order")
        self.on("factor", *sheet.next(rule=first_order), *last.map.light_slots("left", False), run_time=1.0)
        tracker = ValueTracker(0.0)
        strip.add_updater(lambda growing: growing.nudge(tracker.get_value()))
        for texts_of in (self._values, names):
            for k, text in texts_of.items():
                strip.carry(strip.segment(k), text)
        gain = Formula(GAIN, role="growth")
        met = strips.crossing(self._values) + strips.crossing(names)
        self.on(
            "gain",
            tracker.animate.set_value(NUDGE),
            *[FadeOut(each, rate_func=early) for each in met],
            run_time=1.4,
        )
        strip.clear_updaters()
        gain.next_to(strip.sliver, UP, buff=0.12)
        gain.shift(min(0.0, self.stage.right - gain.get_right()[0]) * RIGHT)
        self._clear_of_end(gain)
        lines = [FadeOut(each, rate_func=early) for each in sheet.standing]  # the label takes their place
        self.play(*lines, FadeIn(gain, shift=0.2 * UP, rate_func=late), run_time=0.8)
        kept = [text for text in written if text not in met]
        gone = [white, nudged, step, piece, *kept, *self._scale]
        self.on(
            "long",
            self._zoom_in(),
            *[FadeOut(each, rate_func=early) for each in (*gone, gain)],
            run_time=1.3,
        )
        brackets = self._brackets = self._equal_lengths()
        allow(brackets, "CROWDED", reason="the length that is named already, twice")
        self.play(FadeIn(brackets[0]), run_time=0.4)
        if len(brackets) == 1:
            self.play(Indicate(brackets, scale_factor=1.03, color=style().colour("growth")), run_time=1.0)
        for bracket, label in brackets[1:]:
            slide = ReplacementTransform(brackets[0][0].copy(), bracket)
            self.play(slide, FadeIn(label, rate_func=late), run_time=0.8)
            self.remove(bracket, label)
        self.add(brackets)

    def _lift_texts(self) -> list[Mobject]:
        """Take the texts out of the map that will be small, so that they leave instead of shrinking."""
        texts = list[Mobject]()
        path_map = self._before.map
        for side in ("left", "right"):
            for slot in path_map.slots[side]:
                texts += [slot.content] if len(slot.content) else []
                slot.submobjects = [slot.frame]
        for node in (path_map.score, path_map.loss):
            texts.append(node.content)
            node.remove(node.content)
        self.add(*texts)
        return texts

    def _zoom_in(self) -> CameraMove:
        """Move the camera to what the strip has gained, and to where it is too long."""
        strip, stage = self._strip, self.stage
        left = strip.spans[self.solution.i + 1][0]
        room = stage.inset(x=0.3)
        top, foot = float(self._end.get_top()[1]), float(self._ruler.get_bottom()[1])
        ceiling = float(self._last.map.get_bottom()[1])
        length, label = strip.right - strip.one, float(Formula(GAIN).width)
        middles = [float(strip.sliver.get_x()), strip.right - length / 2]
        for over in LENGTHS:  # what is measured is over the strip, in two rows if it is close together
            free = ceiling - over - stage.bottom
            factor = max(1.0, min(room.width / (strip.right - left), free / (top - foot), 3.0))
            width = max(label, factor * length)
            places = [room.right - factor * (strip.right - x) for x in middles]
            apart = min(places[1], stage.right - width / 2) - places[0] - width
            if apart > BESIDE:
                break
        focus = point(strip.right, strip.y)
        target = point(room.right, stage.bottom + factor * (strip.y - foot))
        picture = [strip, self._ruler, self._end]
        for each in picture:
            allow(each, "OUTSIDE", reason="the camera looks at the right end of the strip")
        self._camera = focus, target, factor
        return CameraMove(picture, focus=focus, target=target, factor=factor)

    def _equal_lengths(self) -> VGroup:
        """Over what the strip has gained, and over what is beyond 1: a span, which is a_i dz.

        If the last segment has gained, both are the same.
        """
        strip, one, last = self._strip, float(self._end.get_x()), self.solution.K - 1
        boxes = [strip.sliver] if self.solution.i == last else [strip.sliver, strip]
        brackets, top = VGroup(), float(self._end.get_top()[1]) + 0.2
        for box in boxes:
            start, end = (float(each) for each in (box.get_left()[0], box.get_right()[0]))
            bracket = span(max(start, one) if brackets else start, end, top, colour="growth")
            label = Formula(GAIN, role="growth").next_to(bracket, UP, buff=0.1)
            spread({0: label}, {0: float(label.get_x())}, self.stage.left, self.stage.right, gap=0.0)
            brackets.add(VGroup(bracket, label))
        if brackets[-1].get_left()[0] < brackets[0].get_right()[0] + BESIDE and boxes[1:]:
            brackets[1].shift((brackets[0].height + 0.15) * UP)  # no room beside one another
        return brackets

    @beat
    def squeeze(self) -> None:
        """The long strip is squeezed back to 1: every segment gives up the same fraction of what it holds."""
        strips, strip, layout = self._strips, self._strip, self._strips.layout
        i_, t = self.solution.i, self.solution.t
        (focus, target, factor), picture = self._camera, [strip, self._ruler, self._end]
        place = focus + (layout.upper.y - layout.growing.y) * UP
        large = VGroup(*[each.copy() for each in picture])
        back: list[Any] = [CameraMove(picture, focus=target, target=place, factor=1 / factor)]
        grown = strips.strip(layout.upper, NUDGE)
        values = strips.numbers(grown)
        gain = self._over(grown.sliver, Formula(GAIN, role="growth"))
        whole = self._in_head(Formula(IDENTITIES["shares_sum_to_one"].relation))
        self.play(FadeOut(self._brackets), run_time=0.3)
        if self.solution.K > MANY:  # their borders would flicker: one picture fades into the other
            self.remove(*picture).add(large)
            back[0].interpolate(1.0)
            back = [FadeOut(large), *[FadeIn(each) for each in picture]]
        self.on("one", *back, FadeIn(whole), run_time=1.2)
        strip.y = layout.upper.y
        strip.draw(strip.lengths)
        self._clear_of_end(gain)
        shown = [gain, *values.values(), *self._scale]
        for note in self._scale:
            note.shift((layout.upper.y - layout.growing.y) * UP)
        self.play(*[FadeIn(each) for each in shown], Indicate(self._end, scale_factor=1.06), run_time=0.6)
        pressed = strips.strip(layout.lower, NUDGE)
        ends = [(strip.top + 0.05, strip.bottom - 0.1), (pressed.top, pressed.bottom - 0.14)]
        pieces = [dashed(point(strip.one, top), point(strip.one, foot), colour="ink") for top, foot in ends]
        allow(VGroup(pressed, *pieces), "CROWDED", reason="the strip above it, once more")
        self.on(
            "squeeze",
            FadeIn(pressed, shift=(strip.bottom - pressed.top - 0.1) * DOWN),
            *[each.animate.shift((layout.lower.y - strip.y) * UP) for each in (self._ruler, *self._scale)],
            ReplacementTransform(self._end, pieces[0]),
            FadeIn(pieces[1], rate_func=late),
            run_time=0.7,
        )
        pressed.draw(pressed.grown(NUDGE))
        fan = allow(threads(strip, pressed), "CROWDED", reason="which border becomes which")
        self.play(FadeIn(fan), run_time=0.3)
        paid = ValueTracker(0.0)
        pressed.add_updater(lambda shrinking: shrinking.draw(pressed.taxed(paid.get_value())))
        fan.add_updater(lambda lines: lines.become(threads(strip, pressed)))
        self.play(paid.animate.set_value(1.0), run_time=1.2)
        pressed.clear_updaters()
        fan.clear_updaters()
        taxes = self._taxes = strip.tax_slivers()
        words = [self.class_name(k, size="least", colour="ground") for k in range(self.solution.K)]
        names = strips.names(grown, words)
        self.on(
            "tax",
            *[GrowBar(tax, RIGHT) for tax in taxes],
            *[FadeOut(value, rate_func=early) for value in values.values()],  # what is left is less
            FadeIn(allow(names, "CROWDED", reason="of the classes, which are known"), rate_func=late),
            FadeOut(fan, rate_func=early),
            run_time=1.0,
        )
        segments = [grown.spans[grown.segment(k)] for k in range(self.solution.K)]
        stamps = fraction_stamps(segments, grown.top, self.stage.left, self.stage.right)
        sweep = [
            LaggedStart(
                FadeIn(stamps[k]), Indicate(taxes[k], scale_factor=1.08, color=style().colour("minus"))
            )
            for k in range(self.solution.K)
        ]
        growth = self.solution.K  # the place of the growth, after those of the classes
        labels = slice_labels(strip, [*taxes, strip.sliver], layout.slices, i_, (growth, t, i_))
        gained = labels.pop(growth)
        allow(labels[i_], "CROWDED", reason="says of its slice what was said of slice j")
        away = [*instead(gain, gained[1]), FadeIn(gained[0], rate_func=late)]
        away.append(FadeOut(whole, rate_func=early))  # the fractions need its room
        self.on("fraction", *away, LaggedStart(*sweep, lag_ratio=0.6), run_time=2.2)
        self.on("piece", FadeIn(labels[t], shift=0.2 * DOWN), run_time=0.6)
        flash = Indicate(taxes[i_], scale_factor=1.15, color=style().colour("minus"))
        self.on("included", FadeIn(labels[i_], shift=0.2 * DOWN), flash, run_time=0.6)
        self._labels, self._stamped = [*labels.values(), gained], stamps

    def _clear_of_end(self, label: Formula) -> None:
        """Raise a label over the line at 1 if that would go into it."""
        if label.get_left()[0] - AROUND < self._end.get_x() < label.get_right()[0] + AROUND:
            label.align_to(self._end.get_top() + AROUND * UP, DOWN)

    def _over(self, box: Mobject, label: Formula) -> Formula:
        """Put a label over a box, clear of the right edge."""
        label.next_to(box, UP, buff=0.12)
        return label.shift(min(0.0, self.stage.right - label.get_right()[0]) * RIGHT)

    @beat
    def own_slice(self) -> None:
        """Per unit of dz: growth a_i minus the own tax a_i² leaves a_i(1 − a_i), which goes into its slot."""
        last, solution, i_ = self._last, self.solution, self.solution.i
        bars = OwnBars(solution, last.left)
        struck = [strike(label[1].find(dz)) for label in self._labels]
        struck += [strike(stamp[1].find(dz)) for stamp in self._stamped if len(stamp) > 1]
        self.on("per", *[Create(each) for each in struck], run_time=0.5)
        names = [self.class_name(k) for k in range(solution.K)]
        column = self._column = SlopeColumn(solution, last.place, names=names)
        tag = self._tag = self._in_head(CaseTag(self.label("case", size="body"), "="))
        growth, tax = self._strip.sliver.copy(), self._taxes[i_].copy()
        standing = bars.tax.copy().shift((bars.growth.get_bottom()[1] - bars.tax.get_bottom()[1]) * UP)
        self.add(growth, tax)
        after = squish_rate_func(smooth, 0.25, 1.0)  # the strip has nearly left when its slices move
        self.play(
            *self.leaving(last.map, growth, tax),
            Flow(growth, bars.growth, rate_func=after),
            Flow(tax, standing, rate_func=after),
            *[FadeIn(each, rate_func=late) for each in (bars.baseline, tag)],
            run_time=1.5,
        )
        keys = f"a[{i_}]", f"tax[{i_}]", f"J[{i_},{i_}]"
        gains, pays, left_over = bars.labels(*[solution[key] for key in keys])
        self.on("gains", FadeIn(gains, shift=0.2 * UP), run_time=0.6)
        self.on("pays", Transform(tax, bars.tax), FadeIn(pays, rate_func=late), run_time=0.8)
        net = growth.copy()
        self.add(net)
        self.on("net", Transform(net, bars.net), FadeIn(left_over, rate_func=late), run_time=0.9)
        slots = [FadeIn(each, rate_func=late) for each in (*last.head, *column.parts)]
        self.play(*slots, *column.receive(i_, net.copy()), run_time=0.9)
        self._own = net, growth, tax, gains, pays, left_over, bars.baseline

    @beat
    def other_slices(self) -> None:
        """Any other segment gains nothing and pays a_i a_j; all slices of the column cancel."""
        last, column, t = self._last, self._column, self.solution.t
        bars = last.bars
        net, *own = self._own
        slices = {k: bar.copy() for k, bar in bars.taxes.items()}
        tag = self._in_head(CaseTag(self.label("case", size="body"), "≠"))
        nothing = VGroup(
            self.label("growth", colour="growth"), Formula(Literal(0), size="label", role="growth")
        )
        nothing.arrange(RIGHT, buff=0.14)
        nothing[1].stand_on(nothing[0].stand_on(0).baseline)
        bars.over(t, nothing)
        focus = self.solution.i
        gains = bars.name_net(self.class_name(focus, quoted=True), self.solution[f"J[{focus},{focus}]"])
        self.on(
            "nothing",
            *[FadeOut(each, rate_func=early) for each in own],
            *instead(self._tag, tag),
            Transform(net, bars.net),
            *[GrowBar(each, UP, rate_func=late) for each in slices.values()],
            *[
                FadeIn(each, rate_func=late)
                for each in (bars.baseline, nothing, gains, *bars.classes.values())
            ],
            run_time=0.9,
        )
        label = bars.label(TAX, self.solution[f"tax[{t}]"], bars.taxes[t], "minus")
        self.on("pays", FadeIn(label, shift=0.2 * DOWN), run_time=0.5)
        self.play(*column.receive(t, slices[t].copy()), run_time=0.8)
        rest = [k for k in bars.taxes if k != t]
        flights = [move for k in rest for move in column.receive(k, slices[k].copy())]
        if flights:
            self.play(*flights, run_time=0.9)
        stacked = [ReplacementTransform(slices[k], bars.pile[k]) for k in bars.taxes]
        gone = [FadeOut(each, rate_func=early) for each in (label, nothing, gains, *bars.classes.values())]
        self.on(
            "stack",
            *gone,
            ReplacementTransform(net, bars.stacked_net),
            ReplacementTransform(bars.baseline, bars.ground),
            *[FadeIn(each, rate_func=squish_rate_func(smooth, 0.8, 1.0)) for each in bars.names],
            # as long as the rest, so that the names come last
            LaggedStart(*stacked, lag_ratio=0.2, run_time=1.0),
            run_time=1.2,
        )
        self.on("zero", *column.total_up(), FadeOut(tag), run_time=0.8)
        parts = (bars.stacked_net, "a"), (last.pile, "minus")
        pulses = [Indicate(each, scale_factor=1.04, color=style().colour(role)) for each, role in parts]
        self.play(*pulses, run_time=0.8)
        self.remove(*self.picture_of_beats())
        self.add(*last)

    def _in_head(self, words: Mobject) -> Mobject:
        """Put words at the left of the band beside the map."""
        head = self._strips.layout.head
        return words.move_to(head.centre).align_to(point(head.left), LEFT).align_to(point(0, head.top), UP)
