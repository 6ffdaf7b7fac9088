"""Chapter: both links are multiplied on every path, almost everything cancels, and a_i − y_i is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    ReplacementTransform,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
    there_and_back,
)

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import a, i, j
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.collapse.accounts import Accounts
from softmax_explained.scenes.collapse.error_row import ErrorRow, put_into
from softmax_explained.scenes.collapse.filled_map import filled_map, light_tax
from softmax_explained.scenes.collapse.folded_table import FoldedTable
from softmax_explained.scenes.collapse.last_picture import LastPicture, small_result, told
from softmax_explained.scenes.collapse.lines import (
    COMPLETED,
    FACTORED,
    PIECE,
    PRODUCTS,
    SECOND,
    SUMMAND,
    TOGETHER,
    bracket_under,
    own_term,
    product_sheet,
    sum_term,
)
from softmax_explained.scenes.collapse.path_products import LinkProducts, PathProducts
from softmax_explained.scenes.collapse.push_chain import PushChain
from softmax_explained.scenes.collapse.regions import (
    lines_and_bars,
    map_and_lines,
    result_and_chain,
    result_regions,
    sum_regions,
)
from softmax_explained.scenes.collapse.result import (
    CountedUnit,
    counted_lines,
    large_result,
    parts_named,
    plain_result,
)
from softmax_explained.scenes.collapse.searched_lines import SearchedLines
from softmax_explained.scenes.collapse.soft_targets import SoftTargets
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.path_map import SIDES
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.scenes.softmax_slope.last_picture import LastPicture as FromSlopes
from softmax_explained.stage import AlgebraSheet, Formula, TransformFormula, Words, beat, style
from softmax_explained.stage.design.rate_functions import at_once, early, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import check_mark, glow

BESIDE = 0.3  # Manim units from the result to its tick
READ = 0.4  # the part of the move of the result in which it still stands with its words

PASSING = 2.4  # radians: the arcs on which a_i and y_i pass each other
UNDER, OVER = 0.08, 0.26  # Manim units from a factor down or up to the word for it


class Collapse(Chapter, film=FILM, docked=("token", "letters", "pins")):
    """Steep meets flat and they cancel; the rest completes a sum that is one."""

    def first_picture(self) -> None:
        self._before = FromSlopes(self)
        self.add(*self._before)

    @beat
    def put_together(self) -> None:
        """The first link goes inside the sum, path i is split off, and each part gets its case."""
        above, below = map_and_lines(self.stage)
        self._map, self._sheet = filled_map(self, above), product_sheet(below)
        sheet, path_map, focus = self._sheet, self._map, self.solution.i
        folded = FoldedTable(self._before, path_map, focus)
        begin = sheet.begin()
        begin[0].rate_func = squish_rate_func(smooth, 0.4, 0.8)  # once the table has left its place
        self.on("back", *folded.moves, *begin, run_time=1.1)
        folded.finish()
        self.remove(*self.picture_of_beats())
        self.add(path_map, sheet.line)
        self.on("first", *sheet.next(travel=[(SECOND, SECOND)]), *path_map.light_slots("right"))
        carried = LinkProducts(path_map).appear()
        bracket = bracket_under(sheet.line.find(SUMMAND))
        self.on("scope", Create(bracket), *path_map.light_slots("right", on=False), run_time=0.8)
        self.on("carried", *carried, run_time=0.8)
        self.on("split", FadeOut(bracket, rate_func=at_once), *sheet.next(), *path_map.single_out(focus))
        self.on("own", *self._glow(own_term(sheet.line)), run_time=0.5)
        others = [k for k in range(self.solution.K) if k != focus]
        self.on("others", *self._glow(sum_term(sheet.line)), *path_map.single_out(*others), run_time=0.6)

    @beat
    def other_paths(self) -> None:
        """On another path the steep 1/a_j meets the flat a_j, they cancel, and y_j a_i is left."""
        sheet, path_map, sol = self._sheet, self._map, self.solution
        k = sol.t if sol.t != sol.i else next(n for n in range(sol.K) if n != sol.i)
        self.on("others", *path_map.pulses("left", [k]), *path_map.pulses("right", [k]), run_time=0.9)
        self.on("signs", *self._dark(), *sheet.next())
        last = len(sheet.line.matches(a[j])) - 1
        steep, flat = (sheet.line.find(a[j], nth) for nth in (last - 1, last))
        words = self.label("steep", colour="C"), self.label("flat", colour="minus")
        words[0].next_to(steep, DOWN, buff=UNDER)
        words[1].next_to(flat, UP, buff=OVER)  # both clear of what stands beside their letters
        slot = path_map.slots["right"][k].light()
        self.on("steep", *self._glow(steep), *self._token(), slot, FadeIn(words[0]), run_time=0.6)
        slot = light_tax(path_map.slots["left"][k])
        self.on("flat", *self._glow(flat), slot, FadeIn(words[1]), run_time=0.5)
        strokes = sheet.strike((a[j], last - 1), (a[j], last))
        gone = [FadeOut(word, rate_func=early) for word in words]
        self.on("cancel", *self._dark(), *gone, *strokes, run_time=0.25, sound="cancel")
        self.play(*sheet.next())
        self._products = PathProducts(path_map)
        unlit = [path_map.slots[side][k].light(False) for side in SIDES]
        self.on("remains", *self._glow(sum_term(sheet.line)), *self._products.appear(), *unlit, run_time=0.6)
        self.add(self._products)

    @beat
    def direct_path(self) -> None:
        """On the path through a_i itself a_i cancels too; the opened bracket leaves two terms, on it too."""
        sheet, path_map = self._sheet, self._map
        lit = path_map.single_out(self.solution.i)
        self.on("own", *self._glow(own_term(sheet.line)), *lit, run_time=0.6)
        self.on("cancel", *self._dark(), *sheet.strike((a[i], 0), (a[i], 1)), run_time=0.25, sound="cancel")
        self.play(*sheet.next())
        self.on("open", *sheet.next(), *self._products.appear_own())
        self.on("piece", *self._glow(sheet.line.find(PIECE)), run_time=0.5)

    @beat
    def complete_sum(self) -> None:
        """The piece fills the gap of the sum, which is complete then, and a_i is taken out."""
        top, middle, below = sum_regions(self.stage)
        names = [self.class_name(k, colour="quiet", quoted=True) for k in range(self.solution.K)]
        row = ErrorRow.of(self.solution, names, middle)
        old, whole = self._sheet.line, top.place(Formula(PRODUCTS[-1]))
        lines = [Formula(line, size="least_formula") for line in (COMPLETED, FACTORED)]
        sheet = AlgebraSheet(lines, below)
        piece = whole.find(PIECE)
        shown: Any = getattr(self, "_shine", None)
        light = glow(piece)
        if shown in self.mobjects:  # it stays on the piece while the line moves
            kept: Animation = ReplacementTransform(shown, light)
        else:
            kept = FadeIn(light, rate_func=late)
        self._shine = light
        self.on("piece", *self.leaving(old, shown), ReplacementTransform(old, whole), kept, run_time=1.0)
        self.play(FadeIn(row), run_time=0.6)
        lit = Indicate(row.gap, scale_factor=1.12, color=style().colour("ink"))
        self.on("missing", lit, FadeIn(row.skipped), run_time=0.6)
        gone = FadeOut(row.skipped, rate_func=at_once)
        self.on("put", *put_into(row, piece), gone, *self._dark(), run_time=0.8, sound="land")
        self.remove(*row.missing)
        self.add(row.missing)
        self.on("complete", row.close(), whole.animate.deemphasise(), *sheet.begin(), run_time=0.8)
        self.on("factor", *sheet.next())
        self._last = sheet.line

    @beat(hold="result_hold")
    def prediction_minus_target(self) -> None:
        """The targets add up to one, and prediction minus target is left over its bars."""
        top, bottom = result_regions(self.stage, self.solution.K)
        sol, label = self.solution, self.label("push", colour="quiet")
        words = self.label("prediction", colour="a"), self.label("target", colour="y")
        line, counted = counted_lines(self.stage)
        self.on("ask", *self.leaving(self._last), Transform(self._last, line), run_time=0.9)
        unit = CountedUnit(sol, self._last.find(TOGETHER))
        self.play(Create(unit.frame), FadeIn(unit.strip, unit.question, shift=0.3 * DOWN), run_time=0.5)
        self.on("one", *unit.answer(), run_time=0.25, sound="land")
        standing, falls = unit.put_in(counted)
        self.remove(self._last)
        self.add(standing)
        self.play(*falls, run_time=1.2)
        self.remove(*self.picture_of_beats())
        self.add(counted)
        centred, result = large_result(self.stage), small_result(top)
        plain = plain_result(counted)
        self.on("collapse", TransformFormula(counted, plain, arc=PASSING), run_time=0.8)
        self.play(ReplacementTransform(plain, centred), run_time=0.5)
        names = parts_named(centred, words)
        self.on("words", FadeIn(names[0], shift=0.2 * UP), run_time=0.5)
        self.on("target", FadeIn(names[1], shift=0.2 * UP), run_time=0.5)
        self._bars = ShareBars(sol, self._names(), bottom, legend=label, priority=told(sol))
        self._result = result
        gone = [FadeOut(name, rate_func=squish_rate_func(smooth, READ, READ + 0.15)) for name in names]
        up = squish_rate_func(smooth, READ, 1.0)  # until then both words are read
        self.play(ReplacementTransform(centred, result, rate_func=up), *gone, run_time=1.1)
        self.play(self._bars.grow(), run_time=0.6)
        bars, asked = self._bars, self._asked()
        pushes = [move for move in bars.push() if move.mobject not in [*asked]]
        values = [number for number in bars.values if number not in [*asked]]
        self.play(FadeIn(bars.targets), *pushes, FadeIn(*values, bars.legend), run_time=0.5)
        self.add(bars)
        asked.set_opacity(0)

    @beat
    def check(self) -> None:
        """Both pins land on the numbers that the formula gives; the pushes of all scores close to zero."""
        sol, bars = self.solution, self._bars
        beside, free = result_and_chain(self.stage, bars)
        third = sol.letters["r"]
        accounts = Accounts(self, bars, told(sol), (sol.i, sol.t))
        tick = check_mark(self._result.find("=", 0))
        beside = replace(beside, right=beside.right - BESIDE - float(tick.width))
        result = beside.place(self._result.copy(), UP)
        leaving = [bars.values, *([bars.legend] if len(bars.legend) else [])]
        gone = [FadeOut(each, rate_func=early) for each in leaving]
        moved = Transform(self._result, result), *accounts.undock(self)
        self.on("pins", *moved, *gone, run_time=1.0)
        self.on("first", *accounts.land(sol.i), run_time=0.9, sound="land")
        self.on("second", *accounts.land(sol.t), run_time=0.9, sound="land")
        self.on("both", Create(tick.next_to(result, RIGHT, buff=BESIDE)), run_time=0.5)
        hidden = self._asked()
        others = [part for k in range(sol.K) if k != third for part in (bars.bars[k], *bars.arrows[k])]
        others = [part for part in others if part not in [*hidden]]
        dimmed = [part.animate.set_opacity(0.35) for part in others]
        question = Formula(Word("?"), size="number")
        question.next_to(VGroup(bars.bars[third], bars.targets[third]), UP, buff=0.15)
        allow(question, "CROWDED", reason="it stands for the question that is asked")
        self.on("ask", *dimmed, FadeIn(question), run_time=0.5)
        asked: Any = question
        for _ in range(2):
            self.play(asked.animate(rate_func=there_and_back).scale(1.25), run_time=0.8)
        bright = [part.animate.set_opacity(1.0) for part in others]
        answered: list[Animation] = []
        if third not in (sol.i, sol.t):  # they have been told
            arrows: list[Any] = [arrow for place in bars.arrows for arrow in place if arrow in [*hidden]]
            answered = [*accounts.land(third), *[arrow.animate.set_opacity(1.0) for arrow in arrows]]
        self.on("answer", FadeOut(question, rate_func=early), *bright, *answered, run_time=0.8)
        chain = PushChain(self, bars, free)
        others = [FadeIn(accounts.others)] if len(accounts.others) else []
        self.on("sum", *chain.gather(), *others, run_time=1.2)
        self.play(FadeIn(chain.total), run_time=0.4)

    @beat
    def soft_labels(self) -> None:
        """One-hot was never needed: with softer targets, every line of the collapse still holds."""
        lines, place = lines_and_bars(self.stage)
        softened, last, old = SoftTargets(self, place), LastPicture(self), self._bars
        stack = SearchedLines(self.stage, lines)
        carried = old.chart, old.targets, old.arrows
        self.remove(old)
        self.add(*carried)
        above = last.result.copy()
        entering = *softened.enter(old), Transform(self._result, above), FadeIn(stack, rate_func=late)
        self.on("soft", *self.leaving(self._result, *carried), *entering, run_time=1.0)
        self.play(*softened.soften(), run_time=1.2)
        softened.rest()
        if len(softened.numbers):
            self.play(FadeIn(softened.numbers), run_time=0.3)
        self.on("ask", FadeIn(stack.question), run_time=0.4)
        for n in range(1, len(stack)):
            self.play(stack.search(n), run_time=0.5)
        self.on("none", *stack.tick(), run_time=0.7)
        self.on("one", *self._glow(stack[-1]), run_time=0.5)
        self.on("hold", *self._glow(self._result), run_time=0.6)
        gone = [FadeOut(each, rate_func=early) for each in (stack, *stack.ticks)]
        self.play(*self._dark(), *gone, run_time=0.8)
        self.play(ReplacementTransform(self._result, last.result), *softened.leave(last.bars), run_time=0.9)
        self.remove(*softened.parts)
        self.add(*last)

    def _token(self) -> list[Animation]:
        """A light goes on and off behind the token in the dock, if it stands there."""
        token = self.dock.parts.get("token")
        if token is None or token not in self.mobjects:
            return []
        return [FadeIn(glow(token), rate_func=there_and_back, remover=True)]

    def _asked(self) -> VGroup:
        """What is hidden until the check has asked for class r: its push and number, and those of all others.

        With an arrow on some of the others, a class without one would seem to get no push.
        """
        sol, bars = self.solution, self._bars
        is_asked = "check" in self.production.cut.shown(self.name, self.beats())
        if sol.letters["r"] in (sol.i, sol.t) or not is_asked:
            return VGroup()
        others = [k for k in range(sol.K) if k not in (sol.i, sol.t)]
        arrows = [arrow for k in others for arrow in bars.arrows[k]]
        return VGroup(*arrows, *[bars.value_of[k] for k in others if k in bars.value_of])

    def _names(self, colour: str = "ink") -> list[Words]:
        return [self.class_name(k, colour=colour) for k in range(self.solution.K)]

    def _glow(self, part: VMobject) -> list[Animation]:
        """Put a glow behind a part of a line; the one before goes out."""
        going = self._dark()
        self._shine = glow(part)
        return [*going, FadeIn(self._shine)]

    def _dark(self) -> list[Animation]:
        """Put out the glow that is on."""
        shown = getattr(self, "_shine", None)
        return [FadeOut(shown, rate_func=at_once)] if shown in self.mobjects else []
