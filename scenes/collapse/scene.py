"""Chapter: both links are multiplied on every path, almost everything cancels, and a_i − y_i is left."""

from __future__ import annotations

from dataclasses import replace

from manim import (
    DOWN,
    LEFT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Transform,
    VGroup,
    smooth,
    squish_rate_func,
    there_and_back,
)

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import a, i, j
from softmax_explained.scenes.collapse.accounts import Accounts
from softmax_explained.scenes.collapse.error_row import ErrorRow
from softmax_explained.scenes.collapse.filled_map import filled_map, light_tax
from softmax_explained.scenes.collapse.folded_table import FoldedTable
from softmax_explained.scenes.collapse.last_picture import LastPicture, result_and_bars, small_result, told
from softmax_explained.scenes.collapse.lines import (
    COMPLETED,
    FACTORED,
    FIRST,
    PIECE,
    PRODUCTS,
    SECOND,
    TARGETS_ARE_ONE,
    TOGETHER,
    bracket_under,
    own_term,
    product_sheet,
    sum_term,
)
from softmax_explained.scenes.collapse.path_products import PathProducts
from softmax_explained.scenes.collapse.push_chain import PushChain
from softmax_explained.scenes.collapse.result import CountedUnit, large_result, parts_named, result_sheet
from softmax_explained.scenes.collapse.soft_targets import SoftTargets
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.scenes.softmax_slope.last_picture import LastPicture as FromSlopes
from softmax_explained.stage import AlgebraSheet, Chapter, Formula, Region, TransformFormula, beat
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import check_mark, glow

DROP = 0.5  # Manim units by which something drops into its place
CLEAR = 0.1  # Manim units that the term keeps from the line above it while it falls

MAP = 0.34  # the part of the height for the map: its rows have room for the products of four classes
CHAIN, CLEAR = 0.28, 0.2  # the part of the width for the pushes tip to tail, and Manim units around them
LINES_APART = 0.25  # Manim units between the lines that are searched
UNDER, OVER = 0.08, 0.26  # Manim units from a factor down, or up, to the word for it
SETS_OFF = 0.4  # the part of a move after which the pins leave the dock: the result has made way by then


class Collapse(Chapter, film=FILM, docked=("token", "letters", "pins")):
    """Steep meets flat and they cancel; the rest completes a sum that is one."""

    def first_picture(self) -> None:
        self._before = FromSlopes(self)
        self.add(*self._before)

    @beat
    def put_together(self) -> None:
        """The first link goes inside the sum, path i is split off, and each part gets its case."""
        above, below = self._map_and_lines()
        self._map, self._sheet = filled_map(self, above), product_sheet(below)
        sheet, path_map, focus = self._sheet, self._map, self.solution.i
        folded = FoldedTable(self._before, path_map, focus)
        begin = sheet.begin()
        begin[0].rate_func = late  # once the table has left its place
        self.on("back", *folded.moves, *begin, run_time=1.1)
        folded.finish()
        self.remove(*self.picture_of_beats())
        self.add(path_map, sheet.line)
        self.on("first", *sheet.next(travel=[(SECOND, SECOND)]), *path_map.light_slots("right"))
        bracket = bracket_under(VGroup(sheet.line.find(FIRST), sheet.line.find(SECOND)))
        self.on("scope", Create(bracket), *path_map.light_slots("right", on=False), run_time=0.5)
        self.on("split", FadeOut(bracket, rate_func=early), *sheet.next(), *path_map.single_out(focus))
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
        self.on("remains", *self._glow(sum_term(sheet.line)), *self._products.appear(), run_time=0.6)
        self.add(self._products)

    @beat
    def direct_path(self) -> None:
        """On the path through a_i itself a_i cancels too; opened, the bracket leaves two terms."""
        sheet, path_map = self._sheet, self._map
        back = [slot.light(False) for side in path_map.slots.values() for slot in side]
        lit = path_map.single_out(self.solution.i)
        self.on("own", *self._glow(own_term(sheet.line)), *back, *lit, run_time=0.6)
        self.on("cancel", *self._dark(), *sheet.strike((a[i], 0), (a[i], 1)), run_time=0.25, sound="cancel")
        self.play(*sheet.next())
        self.on("open", *sheet.next())
        self.on("piece", *self._glow(sheet.line.find(PIECE)), run_time=0.5)

    @beat
    def complete_sum(self) -> None:
        """The piece fills the gap of the sum, which is complete then, and a_i is taken out."""
        top, middle, below = self._sum_regions()
        row = ErrorRow.of(self.solution, self._names("quiet"), middle)
        old, whole = self._sheet.line, top.place(Formula(PRODUCTS[-1]))
        lines = [Formula(line, size="least_formula") for line in (COMPLETED, FACTORED)]
        sheet = AlgebraSheet(lines, below)
        piece = whole.find(PIECE)
        self._shine = glow(piece)
        moves = *self.leaving(old), ReplacementTransform(old, whole)
        self.on("piece", *moves, FadeIn(self._shine, rate_func=late), run_time=1.0)
        self.on("missing", FadeIn(row), run_time=0.6)
        free = float(whole.get_bottom()[1] - row.missing.get_top()[1]) - CLEAR  # above the tile
        put = FadeIn(row.missing, shift=min(DROP, max(0.0, free)) * DOWN)
        self.on("put", put, FadeOut(self._shine), run_time=0.8, sound="land")
        self.on("complete", row.close(), whole.animate.deemphasise(), *sheet.begin(), run_time=0.8)
        self.on("factor", *sheet.next())
        self._last = sheet.line

    @beat(hold="result_hold")
    def prediction_minus_target(self) -> None:
        """The targets add up to one, and prediction minus target is left over its bars."""
        top, bottom = self._result_regions()
        sol, label = self.solution, self.label("push", colour="quiet")
        words = self.label("prediction", colour="a"), self.label("target", colour="y")
        sheet = result_sheet(self.stage)
        self.on("ask", *self.leaving(self._last), *sheet.take(self._last), run_time=0.9)
        unit = CountedUnit(sol, sheet.line.find(TOGETHER))
        self.play(Create(unit.frame), FadeIn(unit.strip, unit.question, shift=0.3 * DOWN), run_time=0.5)
        self.on("one", *unit.put_in(), run_time=0.25, sound="land")
        self.play(*sheet.next())
        centred, result = large_result(self.stage), small_result(top)
        gone = [FadeOut(each, rate_func=early) for each in sheet.standing if each is not sheet.line]
        self.on("collapse", *gone, TransformFormula(sheet.line, centred), run_time=1.0)
        names = parts_named(centred, words)
        self.on("words", *[FadeIn(name, shift=0.2 * UP) for name in names], run_time=0.6)
        self._bars = ShareBars(sol, self._names(), bottom, legend=label, priority=told(sol))
        self._result, self._parts = result, parts_named(result, [word.copy() for word in words])
        moved = zip((centred, *names), (result, *self._parts), strict=True)
        self.on("bars", *[ReplacementTransform(*pair) for pair in moved], run_time=0.6)
        self.play(self._bars.grow(), run_time=0.7)
        bars, asked = self._bars, self._asked()
        pushes = [move for move in bars.push() if move.mobject not in [*asked]]
        values = [number for number in bars.values if number not in [*asked]]
        self.play(FadeIn(bars.targets), *pushes, FadeIn(*values, bars.legend), run_time=0.7)
        self.add(bars)
        asked.set_opacity(0)

    @beat
    def check(self) -> None:
        """Both pins land on the numbers that the formula gives; the pushes of all scores close to zero."""
        sol, bars = self.solution, self._bars
        beside, free = self._result_and_chain()
        third, asked = sol.letters["r"], self._asked()
        accounts = Accounts(self, bars, told(sol), (sol.i, sol.t))
        result = beside.place(self._result.copy(), UP)
        leaving = [bars.values, *self._parts, *([bars.legend] if len(bars.legend) else [])]
        gone = [FadeOut(each, rate_func=early) for each in leaving]
        moved = Transform(self._result, result), *self._undock(accounts)
        self.on("pins", *moved, *gone, run_time=1.0)
        self.on("first", *self._land(sol.i, accounts), run_time=0.9, sound="land")
        self.on("second", *self._land(sol.t, accounts), run_time=0.9, sound="land")
        tick = check_mark(result.find("=", 0)).next_to(result.find("=", 0), UP, buff=0.2)
        self.on("both", Create(tick), run_time=0.5)
        others = [part for k in range(sol.K) if k != third for part in (bars.bars[k], *bars.arrows[k])]
        dimmed = [part.animate.set_opacity(0.35) for part in others]
        question = Formula(Word("?"), size="number")
        question.next_to(VGroup(bars.bars[third], bars.targets[third]), UP, buff=0.15)
        allow(question, "CROWDED", reason="it stands for the question that is asked")
        self.on("ask", *dimmed, FadeIn(question), run_time=0.5)
        for _ in range(2):
            self.play(question.animate(rate_func=there_and_back).scale(1.25), run_time=0.8)
        bright = [part.animate.set_opacity(1.0) for part in others]
        answered = [
            *self._land(third, accounts),
            *[each.animate.set_opacity(1.0) for each in bars.arrows[third]],
        ]
        gone = FadeOut(question, rate_func=early)
        self.on("answer", gone, *bright, *(answered if len(asked) else []), run_time=0.8)
        chain = PushChain(self, bars, free)
        self.on("sum", *chain.gather(), run_time=1.2)
        self.play(FadeIn(chain.total), run_time=0.4)

    @beat
    def soft_labels(self) -> None:
        """One-hot was never needed: with softer targets, every line of the collapse still holds."""
        lines, place = self._lines_and_bars()
        softened, last, old = SoftTargets(self, place), LastPicture(self), self._bars
        stack = self._line_stack(lines)
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
        question = Formula(Word("?")).next_to(stack[0], LEFT, buff=0.25)
        self.on("ask", FadeIn(question), run_time=0.4)
        for line in stack[1:]:
            self.play(question.animate.next_to(line, LEFT, buff=0.25), run_time=0.5)
        ticks = [check_mark(question.copy().next_to(line, LEFT, buff=0.25)) for line in stack]
        self.on("none", FadeOut(question), *[Create(tick) for tick in ticks], run_time=0.7)
        self.on("one", *self._glow(stack[-1]), run_time=0.5)
        self.on("hold", *self._glow(self._result), run_time=0.6)
        gone = [FadeOut(each, rate_func=early) for each in (stack, *ticks)]
        self.play(*self._dark(), *softened.harden(), run_time=1.2)
        self.play(
            ReplacementTransform(self._result, last.result), *gone, *softened.leave(last.bars), run_time=0.9
        )
        self.remove(*softened.parts)
        self.add(*last)

    def _land(self, k: int, accounts: Accounts) -> list:
        """The account of class `k` appears, and its pin lands on it."""
        moves = [FadeIn(accounts.shown(k))]
        if k in accounts.pins:
            moves.append(Transform(accounts.pins[k], accounts.landed(k)))
        return moves

    def _undock(self, accounts: Accounts) -> list:
        """The pins leave the dock for their accounts, and all else in it goes out.

        In a narrow frame the result is in their way, and in a cut of the film the dock is empty: there they
        come from above.
        """
        docked = [part for part in self.dock.parts.values() if part in self.mobjects]
        moves = [FadeOut(part, rate_func=early) for part in docked if part is not self.dock.pins]
        if self.dock.pins not in docked or not self.stage.is_landscape:
            gone = [FadeOut(each, rate_func=early) for each in docked]
            return [*gone, *[FadeIn(pin, shift=0.6 * DOWN, rate_func=late) for pin in accounts.pins.values()]]
        places = dict(zip((self.solution.i, self.solution.t), self.dock.pins, strict=True))
        self.remove(self.dock.pins)
        self.add(*self.dock.pins)
        rate = squish_rate_func(smooth, SETS_OFF, 1.0)
        pins = [ReplacementTransform(places[k], pin, rate_func=rate) for k, pin in accounts.pins.items()]
        return moves + pins

    def _token(self) -> list:
        """A light goes on and off behind the token in the dock, if it stands there."""
        token = self.dock.parts.get("token")
        shown = token in self.mobjects
        return [FadeIn(glow(token), rate_func=there_and_back, remover=True)] if shown else []

    def _line_stack(self, region: Region) -> VGroup:
        """The last lines of the collapse, as many as there is room for, the one about the targets last."""
        inner, stack = region.inset(x=0.4 if self.stage.is_landscape else 0.8), VGroup()  # for the ticks
        for line in (TARGETS_ARE_ONE, COMPLETED, PRODUCTS[-1]):
            formula = Formula(line, size="least_formula")
            formula.break_to_fit(inner.width)
            if len(stack) and stack.height + formula.height + LINES_APART > inner.height:
                break
            stack = VGroup(formula, *stack).arrange(DOWN, buff=LINES_APART)
        return inner.place(stack)

    def _asked(self) -> VGroup:
        """What the check asks for, hidden until then: the push and the number of class r."""
        sol, bars = self.solution, self._bars
        third = sol.letters["r"]
        is_asked = "check" in self.production.cut.shown(self.name, self.beats())
        if third in (sol.i, sol.t) or not is_asked:
            return VGroup()
        return VGroup(*bars.arrows[third], *([bars.value_of[third]] if third in bars.value_of else []))

    def _result_and_chain(self) -> tuple[Region, Region]:
        """The regions of the result and, at one side of it, of the pushes tip to tail.

        The pushes reach down to the bars, at the side where these are lower.
        """
        (above, _), bars = self._result_regions(), self._bars
        standing = [
            part
            for group in (bars.bars, bars.targets, bars.arrows)
            for part in group
            if len(part.get_all_points())
        ]

        def height(column: Region) -> float:
            over = [part for part in standing if _overlap(part, column)]
            return max([bars.chart.base, *[float(part.get_top()[1]) for part in over]]) + CLEAR

        left, right = above.columns(1 - CHAIN, CHAIN, gap=CLEAR), above.columns(CHAIN, 1 - CHAIN, gap=CLEAR)
        sides = [left, right[::-1]]
        rest, free = min(sides, key=lambda side: height(side[1]))
        return rest, replace(free, bottom=min(free.bottom, height(free)))

    def _lines_and_bars(self) -> tuple[Region, Region]:
        """The regions of the lines that are searched, and of the bars beside or below them."""
        _, below = result_and_bars(self.stage)
        lines, bars = below.flow(0.47, 0.53, rows=(0.46, 0.54), gap=0.3, row_gap=0.15)
        return lines, bars

    def _names(self, colour: str = "ink") -> list[VGroup]:
        return [self.class_name(k, colour=colour) for k in range(self.solution.K)]

    def _map_and_lines(self) -> tuple[Region, Region]:
        """The region of the map, and of the lines below it."""
        above, below = self.stage.rows(MAP, 1 - MAP, gap=0.1)
        return above, below.inset(x=0.1)  # a glow is wider than its line

    def _sum_regions(self) -> tuple[Region, Region, Region]:
        """The regions of the whole line, of the row of terms, and of the lines that follow."""
        top, middle, below = self.stage.rows(1.45, 1.45, 3.2, gap=0.1)
        return top, middle, below

    def _result_regions(self) -> tuple[Region, Region]:
        """The regions of the result and of its bars, with space below them for the accounts."""
        top, bottom = self.stage.rows(2.1, 4.2)
        listed = 0.0 if self.stage.is_landscape else 0.09 * self.stage.height
        return top, replace(bottom, bottom=bottom.bottom + listed)

    def _glow(self, part: VGroup) -> list:
        """Put a glow behind a part of a line; the one before goes out."""
        going = self._dark()
        self._shine = glow(part)
        return [*going, FadeIn(self._shine)]

    def _dark(self) -> list:
        """Put out the glow that is on."""
        shown = getattr(self, "_shine", None)
        return [FadeOut(shown, rate_func=early)] if shown in self.mobjects else []


def _overlap(part: VGroup, column: Region) -> bool:
    """Whether a mobject is over or under a region."""
    return bool(part.get_left()[0] < column.right and part.get_right()[0] > column.left)
