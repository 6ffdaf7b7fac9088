"""Captions that are burned into the picture, one at a time in a region of their own."""

from __future__ import annotations

from collections.abc import Sequence

from manim import ORIGIN, Rectangle, VGroup, VMobject, config

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.text.text import Words

# In ems of a caption: from one baseline to the next; from the baselines to the upper and to the lower edge of
# the plate; from the text to the plate's sides.
ADVANCE, RISE, DROP, SIDE = 1.25, 0.88, 0.36, 0.45
OPACITY = 0.85  # of the plate, which is in the colour of the background


class CaptionLane(VGroup):
    """The caption of the moment on a plate, at the bottom of a region; empty while there is none.

    Args:
        region: as wide as the longest line, and high enough for two.
        language: of the captions; it selects the fonts.

    Attributes:
        shown: the caption that stands there.
    """

    def __init__(self, region: Region, language: str = "en") -> None:
        super().__init__()
        self.shown: Cue | None = None
        self._region, self._language, self._cues = region, language, tuple[Cue, ...]()

    def start(self, cues: Sequence[Cue]) -> None:
        """Show these captions, whose times are in seconds of the beat, and no others."""
        self._cues = tuple(cues)

    def next_change(self, moment: float) -> float | None:
        """The first time after a moment at which a caption appears or disappears."""
        times = [time for cue in self._cues for time in (cue.start, cue.end)]
        return min((time for time in times if time > moment + self._half_a_frame), default=None)

    def show_at(self, moment: float) -> None:
        """Show the caption of a moment, to the nearest frame."""
        half = self._half_a_frame
        self._put(next((cue for cue in self._cues if cue.start - half <= moment < cue.end - half), None))

    def show_last(self) -> None:
        """Show the last caption, for a still picture of the beat."""
        self._put(self._cues[-1] if self._cues else None)

    def _put(self, cue: Cue | None) -> None:
        if cue is self.shown:
            return
        self.shown = cue
        self.submobjects = [] if cue is None else self._drawn(cue)

    @property
    def _half_a_frame(self) -> float:
        return 0.5 / float(config.frame_rate)

    def _drawn(self, cue: Cue) -> list[VMobject]:
        em, region = style().size("caption"), self._region
        lines = VGroup()
        for number, text in enumerate(reversed(cue.lines)):
            line = Words(text, size="caption", language=self._language)
            line.stand_on(region.bottom + em * (DROP + number * ADVANCE))
            lines.add(line.set_x(region.x))
        over = lines.width / (region.width - 2 * SIDE * em)
        if over > 1:
            lines.scale(1 / over, about_point=ORIGIN + point(region.x, region.bottom))
        height = em * (DROP + (len(cue.lines) - 1) * ADVANCE + RISE)
        plate = Rectangle(width=lines.width + 2 * SIDE * em, height=height, stroke_width=0)
        plate.set_fill(style().colour("ground"), OPACITY)
        plate.move_to(point(region.x, region.bottom + height / 2))
        return [plate, lines]
