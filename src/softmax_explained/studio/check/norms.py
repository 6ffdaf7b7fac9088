"""Every threshold of the check in one place, each with where it comes from.

Pixels are those of a 1080-line frame; a pixel is as long in all three frames.
"""

from __future__ import annotations

from softmax_explained.stage.style import FRAME_LINES, FRAME_UNITS

PIXEL = FRAME_UNITS / FRAME_LINES
"""Manim's units."""

# What can be seen --------------------------------------------------------------------------------------

VISIBLE = 0.05
"""Less opacity than this is not on the screen."""

READABLE = 0.25
"""Text with less opacity than this cannot be read while it moves (1.5:1 for ink on the ground)."""

CROSS_FADE = 1.1
"""Two texts whose opacities add up to less than this take each other's place: that is one text to the eye."""

PERSISTS = 1.0
"""Seconds: what is seen longer than this, or in a picture that stands, is no accident of a move. A text takes
0.3 to 0.6 s to be noticed and read (Rayner 1998: 200 to 250 ms a fixation)."""

# Places and sizes --------------------------------------------------------------------------------------

OVERLAP = 1.0
"""Pixels that the boxes of two glyphs may share: rounding. TheoremExplainAgent: no overlap of text boxes."""

OUTSIDE = 3.0
"""Pixels beyond the safe area that count as inside it: half a stroke. EBU R 95; the phone guides for 9:16."""

EM = 40.0
"""Pixels of the em of any text at least: legibility.info, rules for text in videos."""

TITLE = 60.0
"""Pixels of the em of a title at least: one and a half times the text, legibility.info."""

INDEX = 24.0
"""Pixels of the tallest index letter of a symbol at least: 1.7 mm on a 6.2-inch phone."""

ROUNDING = 0.98
"""A size within 2 % of its norm meets it: outlines round by as much."""

# Colour ------------------------------------------------------------------------------------------------

CONTRAST_TEXT = 4.5
"""WCAG 2.2, 1.4.3."""

CONTRAST_LARGE = 3.0
"""WCAG 2.2, 1.4.3, large text; and what is dimmed and still meant to be read."""
