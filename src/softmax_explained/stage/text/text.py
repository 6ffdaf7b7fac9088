"""Text on screen: words, and numbers that know which quantity they show."""

from collections.abc import Callable, Iterator
from typing import Self

import numpy as np
from manim import DOWN, LEFT, ORIGIN, ManimColor, Mobject, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.core.number_format import format_number
from softmax_explained.core.printing import typst
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.partial_formula import PrintedExpression
from softmax_explained.stage.text.typesetter import Setting, typeset

MOST_LINES = 3  # maximum number of lines words are broken into
ADVANCE = 1.21  # ems from one baseline of broken words to the next
ELLIPSIS = "…"  # at the end of words that are cut short
BELOW_MIDDLE = 0.3  # ems from the middle of lower-case letters down to the baseline


class Glyph(VMobject):
    """One outline of typeset text. Every glyph on screen belongs to a `TypesetText`."""

    printed: tuple[PrintedExpression, int] | None = None


class TypesetText(VGroup):
    """A line typeset by Typst: one submobject per glyph, and a baseline.

    Args:
        markup: Typst markup.
        size: a token of ``[size]`` in ``style.toml``.
        colour: a role.
        preamble: Typst definitions put before the markup.
    """

    def __init__(self, markup: str, *, size: str, colour: str = "ink", preamble: str = "") -> None:
        super().__init__()
        setting = typeset(markup, preamble)
        self.colours = tuple(outline.colour for outline in setting.outlines)
        self._natural = _box(setting)
        self.add(*_glyphs(setting))
        self.set_fill(style().colour(colour), 1).set_stroke(width=0)
        self.scale(style().size(size), about_point=ORIGIN)
        self.center()

    @property
    def em(self) -> float:
        """The current font size in Manim units."""
        bottom, top = self._natural
        low, high = self._lowest_and_highest()
        return (high - low) / (top - bottom) if top > bottom else 0.0

    @property
    def baseline(self) -> float:
        """The y of the baseline."""
        return self._lowest_and_highest()[0] - self._natural[0] * self.em

    def _lowest_and_highest(self) -> tuple[float, float]:
        """The ends of all outlines along y in one pass: `height` and `get_bottom` take ten times as long."""
        outlines = [part.points[:, 1] for part in self.family_members_with_points()]
        if not outlines:
            return 0.0, 0.0
        y = np.concatenate(outlines)
        return float(y.min()), float(y.max())

    def stand_on(self, y: float) -> Self:
        """Move vertically so that the baseline is at `y`."""
        return self.shift(DOWN * (self.baseline - y))

    def fit_width(self, width: float) -> Self:
        """Shrink about the centre if wider than `width` Manim units."""
        if self.width > width:
            self.scale_to_fit_width(width)
        return self

    def _set(self, setting: Setting, em: float, edge: np.ndarray) -> Self:
        """Replace the outlines, keeping colour, opacity, ground, baseline and the x of `edge`."""
        first = self.family_members_with_points()[0]
        colour, opacity = self.get_fill_color(), first.get_fill_opacity()
        ground, around = first.get_stroke_color(background=True), first.get_stroke_width(background=True)
        anchor, baseline = self.get_critical_point(edge), self.baseline
        self._natural = _box(setting)
        self.submobjects = _glyphs(setting)
        self.set_fill(ManimColor(colour), opacity).set_stroke(width=0)
        if around:
            self.set_stroke(ground, around, background=True)
        self.scale(em, about_point=ORIGIN)
        self.shift((anchor[0] - self.get_critical_point(edge)[0]) * -LEFT)
        return self.stand_on(baseline)


class Words(TypesetText):
    """Words in the film's sans-serif font; the text is escaped, so it may contain anything.

    Args:
        text: what to write.
        size: a token of ``[size]``.
        colour: a role.
        weight: Typst's font weight, 100 to 900.
        language: selects fonts and punctuation.

    Attributes:
        lines: current number of lines; see `fit_width`.
    """

    def __init__(
        self, text: str, *, size: str = "body", colour: str = "ink", weight: int = 400, language: str = "en"
    ) -> None:
        self.text, self.lines = text, 1
        families = ", ".join(typst.string(family) for family in style().fonts(language))
        primary = typst.string(language.partition("-")[0])
        self._preamble = f"#set text(font: ({families},), weight: {weight}, lang: {primary})"
        super().__init__(f"#{typst.string(text)}", size=size, colour=colour, preamble=self._preamble)

    def fit_width(
        self, width: float, *, lines: int = MOST_LINES, edge: np.ndarray = ORIGIN, within_words: bool = True
    ) -> Self:
        """Make the words fit: shrunk to the smallest readable size, then broken into lines, then cut short.

        Words that are cut short end with "…"; `text` remains whole.

        Args:
            width: Manim units.
            lines: maximum number of lines.
            edge: ``LEFT``, ``RIGHT`` or ``ORIGIN``: alignment of the lines, and the point that stays fixed.
            within_words: break inside words if necessary.

        >>> cut = Words("great white shark, white shark").fit_width(1.0, lines=1)
        >>> bool(cut.width <= 1.0), cut.text
        (True, 'great white shark, white shark')
        """
        least, is_broken = min(style().size("least"), self.em), self.lines > lines
        if self.width <= width and not is_broken:
            return self
        if self.width * least <= width * self.em and not is_broken:
            self.scale(width / self.width, about_point=self.get_critical_point(edge))
            return self
        for setting in self._broken(self.text, width / least, edge, within_words):
            if (count := _lines(setting)) <= lines:
                self.lines = count
                return self._set(setting, least, edge)
        self.lines, setting = self._cut_short(width / least, lines, edge, within_words)
        return self._set(setting, min(least, width / _width(setting)), edge)

    def _cut_short(
        self, width: float, lines: int, edge: np.ndarray, within_words: bool
    ) -> tuple[int, Setting]:
        """The longest beginning that fits in a number of lines of `width` ems, with an ellipsis."""
        fewest, most = 1, len(self.text)
        best = typeset(f"#{typst.string(self.text[:1] + ELLIPSIS)}", self._preamble)
        count = 1
        while fewest < most:
            middle = (fewest + most + 1) // 2
            beginning = self.text[:middle].rstrip(" ,;:-–—") + ELLIPSIS
            broken = [(_lines(each), each) for each in self._broken(beginning, width, edge, within_words)]
            if fitting := [each for each in broken if each[0] <= lines]:
                (count, best), fewest = fitting[0], middle
            else:
                most = middle - 1
        return count, best

    def lines_in(self, width: float, *, within_words: bool = True) -> int:
        """The number of lines `fit_width` needs; one more than the maximum if it would fail.

        >>> Words("a name of several words").lines_in(20), Words("a name of several words").lines_in(2)
        (1, 2)
        """
        least = min(style().size("least"), self.em)
        if self.width * least <= width * self.em:
            return 1
        counts = [_lines(setting) for setting in self._broken(self.text, width / least, ORIGIN, within_words)]
        return next((count for count in counts if count <= MOST_LINES), MOST_LINES + 1)

    @property
    def rise(self) -> float:
        """Manim units from the last baseline up to the first."""
        return (self.lines - 1) * ADVANCE * self.em

    def centre_on(self, y: float) -> Self:
        """Move vertically so that the middle of the lower-case letters, or of the lines, is at `y`."""
        return self.stand_on(y + self.rise / 2 - BELOW_MIDDLE * self.em)

    def _broken(self, words: str, width: float, edge: np.ndarray, within_words: bool) -> Iterator[Setting]:
        """Words broken to a width in ems: between words first, then between any letters."""
        alignment = {-1: "left", 0: "center", 1: "right"}[int(np.sign(edge[0]))]
        for text in (words, "\u200b".join(words))[: 1 + within_words]:
            block = f"#box(width: {width:.3f}em, align({alignment}, {typst.string(text)}))"
            setting = typeset(f"#set par(leading: 0.5em)\n{block}", self._preamble)
            if _width(setting) <= width + 5e-3:
                yield setting


class Readout(TypesetText):
    """The digits of a quantity, or of a live value with as many decimals.

    Args:
        quantity: what the number is.
        size: a token of ``[size]``.
        colour: a role.
        signed: write plus signs too.
    """

    def __init__(
        self, quantity: Quantity, *, size: str = "number", colour: str = "ink", signed: bool = False
    ) -> None:
        self.quantity, self.signed = quantity, signed
        self._followed_at: float | None = None  # the size of the type since it follows a value
        self.text = quantity.signed if signed else quantity.text
        super().__init__(figures(self.text), size=size, colour=colour)

    def follow(self, value: Callable[[], float], *, edge: np.ndarray = ORIGIN) -> Self:
        """Show `value()` in every frame until `settle`; the point of the box named by `edge` is fixed."""
        # During a simultaneous fade, new digits briefly have the outlines of old ones, so the size is kept.
        self._followed_at = self.em

        def show(mobject: Mobject) -> None:
            digits = format_number(value(), self.quantity.decimals, sign=self.signed)
            if digits != self.text:
                self._set_digits(digits, edge)

        self.add_updater(show)
        return self

    def settle(self, quantity: Quantity | None = None, *, edge: np.ndarray = ORIGIN) -> Self:
        """Stop following and show the quantity exactly, or a new one."""
        self.clear_updaters()
        self.quantity = quantity or self.quantity
        self._set_digits(self.quantity.signed if self.signed else self.quantity.text, edge)
        self._followed_at = None
        return self

    def _set_digits(self, digits: str, edge: np.ndarray) -> Self:
        self.text = digits
        return self._set(typeset(figures(digits)), self._followed_at or self.em, edge)


def component(values: Callable[[], NDArray[np.float64]], k: int) -> Callable[[], float]:
    """The kth component of a live vector, to be followed by a `Readout`."""
    return lambda: float(values()[k])


def figures(digits: str) -> str:
    """A displayed number as Typst markup.

    >>> figures("−0.341")
    '$-0.341$'
    """
    return f"${typst.digits(digits)}$"


def _glyphs(setting: Setting) -> list[VMobject]:
    glyphs = [Glyph() for _ in setting.outlines]
    for glyph, outline in zip(glyphs, setting.outlines, strict=True):
        glyph.points = outline.points.copy()
    return list[VMobject](glyphs)


def _lines(setting: Setting) -> int:
    """The number of lines words occupy."""
    bottom, top = _box(setting)
    return max(1, round((top - bottom - 1.0) / ADVANCE) + 1)


def _width(setting: Setting) -> float:
    """Width of the outlines in ems."""
    sides = [outline.points[:, 0] for outline in setting.outlines if len(outline.points)]
    return float(max(x.max() for x in sides) - min(x.min() for x in sides)) if sides else 0.0


def _box(setting: Setting) -> tuple[float, float]:
    """Bottom and top of the outlines, in ems above the baseline."""
    heights = [outline.points[:, 1] for outline in setting.outlines if len(outline.points)]
    if not heights:
        return 0.0, 0.0
    return float(min(y.min() for y in heights)), float(max(y.max() for y in heights))
