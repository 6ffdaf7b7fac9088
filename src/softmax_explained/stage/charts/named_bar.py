"""A bar of a share on a card, with a name and a number beside it or over it."""

from __future__ import annotations

from manim import RIGHT, VGroup, VMobject

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.text.text import Readout, Words

AIR = 0.12  # Manim units between the parts of a card
BAR, THINNEST = 0.6, 0.02  # Manim units: thickness of a bar at most; length of the bar of a share near 0
NAMES, LONGEST = 0.4, 2.4  # width of the names at most, as a fraction of the card and in Manim units
NARROW, STACKED = 4.6, 0.66  # Manim units: a card narrower than this and at least so high has two lines
LINE, NUMBER = 0.34, 0.95  # Manim units: height of the upper line; width of a number at least


class NamedBar(VGroup):
    """A bar between 0 and 1, its track, its name and its number on a card.

    Args:
        value: the share.
        card: the region of the card.
        name: the class name, shortened where there is no room.
        names: width of the names of all cards of a column in Manim units, so that their bars begin together.
        number: the digits of the share.
        indented: whether the track begins behind the names of the other cards, although this has none.

    Attributes:
        card: the panel.
        track, bar: a length of 1, and the share.
        room: the region of the track.
        is_stacked: whether name and number are over the track.
        label, number: the name and the number; empty groups if not given.

    >>> row = NamedBar(0.25, Region(0, 0, 4, 0.5))
    >>> round(float(row.bar.width / row.track.width), 3)
    0.25
    """

    def __init__(
        self,
        value: float,
        card: Region,
        *,
        name: Words | None = None,
        number: Readout | None = None,
        names: float = LONGEST,
        indented: bool = False,
    ) -> None:
        self.value = value
        self.card = Box(*card.edges, colour="panel")
        written = name is not None or number is not None
        inside = card.inset(AIR if written or indented else 0.05, min(0.08, 0.14 * card.height))
        self.is_stacked = written and card.width < NARROW and card.height >= STACKED
        if self.is_stacked:
            above, inside = inside.rows(LINE, inside.height - LINE - 0.05, gap=0.05)
            self._write(name, number, above, names=above.width)
        elif written:
            inside = self._write(name, number, inside, names=min(NAMES * inside.width, names))
        elif indented:
            behind = inside.left + min(NAMES * inside.width, names) + AIR
            inside = Region(behind, inside.bottom, inside.right, inside.top)
        half = min(BAR, inside.height) / 2
        self.room = Region(inside.left, inside.y - half, inside.right, inside.y + half)
        self.track, self.bar = Box(*self.room.edges, colour="track"), Box(*self._edges(value), colour="a")
        self.label: VGroup = name if name is not None else VGroup()
        self.number: VGroup = number if number is not None else VGroup()
        super().__init__(*self.parts)

    @property
    def parts(self) -> list[VMobject]:
        """What is shown, in drawing order."""
        every = self.card, self.track, self.bar, self.label, self.number
        return [part for part in every if part.family_members_with_points()]

    def draw(self, value: float) -> None:
        """Set the length of the bar."""
        self.bar.reshape(*self._edges(value))

    def _edges(self, value: float) -> tuple[float, float, float, float]:
        room = self.room
        return room.left, room.bottom, room.left + max(value * room.width, THINNEST), room.top

    @staticmethod
    def _write(name: Words | None, number: Readout | None, line: Region, *, names: float) -> Region:
        """Put the name at the left and the number at the right of a line; what is left between them."""
        left, right = line.left, line.right
        if number is not None:
            width = max(float(number.width), NUMBER)
            number.move_to(point(right - number.width / 2, line.y))
            right -= width + AIR
        if name is not None:
            room = min(right - left, names)
            name.fit_width(room, lines=1).centre_on(line.y)
            name.shift((left - name.get_left()[0]) * RIGHT)
            left += room + AIR
        return Region(left, line.bottom, right, line.top)
