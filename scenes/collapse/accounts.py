"""a_k − y_k in digits for some classes: under their bars, or as a list where there is no room for that."""

from __future__ import annotations

from collections.abc import Collection

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Transform,
    VGroup,
    smooth,
    squish_rate_func,
)

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Point, Readout, point, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.stage.text.text import TypesetText

HOVER, LANDED = 0.4, 0.12  # Manim units from an account to its pin, before it lands and then
BESIDE = 0.35  # the same in a list, where the pins are right of the accounts
SETS_OFF = 0.4  # the part of a move after which the pins leave the dock: the result has made way by then
ROW, LEADING = 0.9, 1.4  # from one row of the list to the next: Manim units at most, and ems
CLOSEST = 1.03  # ems from one row to the next at least: letters of two rows must not touch
FIRST, FOOT = 0.64, 0.07  # the part of a row down to its baseline, and Manim units under the last one
OVER_CAPTIONS = 0.3  # the same where captions follow below
CLEAR = 0.1  # Manim units around an account
AFTER_NAME = 0.26  # Manim units from a name to its account in the list
NAMED = 0.2  # the part of the width for the names in a list, at most


class Accounts:
    """The equations a_k − y_k = g_k of some classes, and the pins that land on them.

    Args:
        chapter: gives numbers and names.
        bars: under which they stand.
        classes: which have an account.
        pinned: which of them have a pin.

    Attributes:
        lines: the equations by class.
        names: left of the equations, if these are a list and there is room; empty otherwise.
        pins: the pins by class, where they hover.
        others: the slopes of all other classes: under their bars, or as one number in a row of the list.
            Empty if there are none, or no room for all.
    """

    def __init__(
        self, chapter: Chapter, bars: ShareBars, classes: Collection[int], pinned: Collection[int]
    ) -> None:
        self.lines = bars.accounts(classes)
        self.names: dict[int, TypesetText] = {}
        least = style().size("least")
        others = self._numbers_of_others(bars)
        are_all = len(others) == chapter.solution.K - len(self.lines)
        self.is_list = any(
            line.em < 0.999 * least or abs(line.get_x() - bars.chart.x(k)) > line.width / 2
            for k, line in self.lines.items()
        )  # too small, or not below its own bar
        self.is_list = self.is_list or (not are_all and self._row_of_others(chapter, bars) >= CLOSEST * least)
        self.others = VGroup()
        if self.is_list:
            self._list(chapter, bars, pinned, least)
        elif are_all:  # some of them would not add up to 0 with the accounts
            self.others.add(*others)
        em = max(style().size("body"), next((line.em for line in self.lines.values()), 0.0))
        self.pins = {k: Pin(chapter.quantity(f"fd[{k}]"), size="body") for k in pinned}
        for k, pin in self.pins.items():
            if self.is_list:
                pin.scale(em / pin.value.em)
            self._put(pin, k, HOVER)

    def landed(self, k: int) -> Pin:
        """A copy of the pin of a class where it lands."""
        return self._put(self.pins[k].copy(), k, LANDED)

    def land(self, k: int) -> list[Animation]:
        """The animations that show the account of a class and land its pin on it.

        In a list the pin stands in its place already, after the name.
        """
        moves: list[Animation] = [FadeIn(self.lines[k])]
        if k in self.pins and not self.is_list:
            moves.append(Transform(self.pins[k], self.landed(k)))
        if k in self.names and k not in self.pins:
            moves.append(FadeIn(self.names[k]))
        return moves

    def undock(self, chapter: Chapter) -> list[Animation]:
        """The animations in which the pins leave the dock for their accounts, and all else in it goes out.

        In a narrow frame the result is in their way, and in a cut of the film the dock is empty: there they
        come from above, or appear in their list. The names of a list come with them.
        """
        dock, solution = chapter.dock, chapter.solution
        docked = [part for part in dock.parts.values() if part in chapter.mobjects]
        moves: list[Animation] = [FadeIn(self.names[k], rate_func=late) for k in self.pins if k in self.names]
        moves += [FadeOut(part, rate_func=early) for part in docked if part is not dock.pins]
        if dock.pins not in docked or not chapter.stage.is_landscape:
            down = (0.0 if self.is_list else 0.6) * DOWN
            gone = [FadeOut(dock.pins, rate_func=early)] if dock.pins in docked else []
            return [*moves, *gone, *[FadeIn(pin, shift=down, rate_func=late) for pin in self.pins.values()]]
        places = dict(zip((solution.i, solution.t), dock.pins, strict=True))
        chapter.remove(dock.pins)
        chapter.add(*dock.pins)
        rate = squish_rate_func(smooth, SETS_OFF, 1.0)
        pins = [ReplacementTransform(places[k], pin, rate_func=rate) for k, pin in self.pins.items()]
        return [*moves, *pins]

    def _numbers_of_others(self, bars: ShareBars) -> list[TypesetText]:
        """The slopes under the other bars that are clear of the accounts."""
        return [
            number
            for k, number in bars.value_of.items()
            if k not in self.lines and not any(overlap(number, line, CLEAR) for line in self.lines.values())
        ]

    def _row_of_others(self, chapter: Chapter, bars: ShareBars) -> float:
        """The height of a row of the list in Manim units, if the others have one too."""
        return (bars.foot - chapter.stage.bottom - _foot(chapter)) / (len(self.lines) + FIRST)

    def _put(self, pin: Pin, k: int, under: float) -> Pin:
        """Put a pin under an account, or in a list after all accounts."""
        if not self.is_list:
            return pin.next_to(self.lines[k], DOWN, buff=under)
        end = max(float(line.get_right()[0]) for line in self.lines.values())
        return pin.next_to(self.lines[k], RIGHT).align_to(point(end + BESIDE), LEFT)

    def _list(self, chapter: Chapter, bars: ShareBars, pinned: Collection[int], least: float) -> None:
        stage, count, space = chapter.stage, len(self.lines), bars.foot - chapter.stage.bottom
        are_others = count < chapter.solution.K and self._row_of_others(chapter, bars) >= CLOSEST * least
        row = min(ROW, (space - _foot(chapter)) / (count + are_others - 1 + FIRST))
        names = {
            k: chapter.class_name(k, quoted=True).fit_width(NAMED * stage.width, lines=1) for k in self.lines
        }
        for name in names.values():
            name.scale(min(1.0, row / CLOSEST / name.em))
        widest = max(float(name.width) for name in names.values())
        pins = [Pin(chapter.quantity(f"fd[{k}]"), size="body") for k in pinned]
        pin_ems = max(pin.width / pin.value.em for pin in pins)
        line_ems = max(line.width / line.em for line in self.lines.values())
        body = style().size("body")
        needed = least * line_ems + body * pin_ems + 3 * BESIDE
        if widest > stage.width - needed:  # the names give way
            widest = max(0.0, stage.width - needed)
            for name in names.values():
                name.fit_width(widest, lines=1)
        if any(name.em < 0.999 * least for name in names.values()):
            names, widest = {}, 0.0  # too small to be read; the bars are named
        room = stage.width - widest - 3 * BESIDE
        em = min(style().size("number"), row / LEADING, room / (line_ems + pin_ems))
        if em < body:  # a pin is not smaller than that
            em = max(least, min(em, (room - body * pin_ems) / line_ems))
        for n, (k, line) in enumerate(self.lines.items()):
            y = bars.foot - (n + FIRST) * row
            line.scale(em / line.em).align_to(point(stage.left + widest + AFTER_NAME), LEFT).stand_on(y)
            if k in names:
                self.names[k] = names[k].align_to(point(stage.left + widest), RIGHT).stand_on(y)
        if are_others and names:
            self._add_others(chapter, point(stage.left + widest), y - row, em)

    def _add_others(self, chapter: Chapter, end: Point, y: float, em: float) -> None:
        """Write what all other slopes add up to under the results of the list, after the word for them."""
        results = [line.find(chapter.quantity(f"g[{k}]").shown) for k, line in self.lines.items()]
        number = Readout(chapter.quantity("grest"), colour="C")
        number.scale(em / number.em).stand_on(y)
        number.align_to(point(min(float(each.get_left()[0]) for each in results)), LEFT)
        word = chapter.label("others", size="label").stand_on(y)
        word.align_to(end, RIGHT).shift(max(0.0, chapter.stage.left - float(word.get_left()[0])) * RIGHT)
        if float(number.get_left()[0] - word.get_right()[0]) >= AFTER_NAME:
            self.others.add(word, number)


def _foot(chapter: Chapter) -> float:
    """Manim units under the last row: a caption below it must not seem to be another one."""
    return OVER_CAPTIONS if chapter.production.caption_mode != "off" else FOOT
