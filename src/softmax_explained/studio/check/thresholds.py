"""Every threshold of the check in one place, each with where it comes from.

Pixels are those of a 1080-line frame; a pixel is as long in all three frames.
"""

from __future__ import annotations

from softmax_explained.stage.design.style import FRAME_LINES, FRAME_UNITS

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

CROSSING = 6.0
"""Pixels that two glyphs may share while they pass each other: the width of a letter's stem."""

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

ROLE_DISTANCE = 15.0
"""CIEDE2000 between two role colours at least, as seen with normal and with the three colour-deficient kinds
of vision (simulated after Machado 2009). WCAG 2.2, 1.4.1: colour is never the only sign, so this is
a margin."""

# Time --------------------------------------------------------------------------------------------------

NEW_THINGS = 4
"""New things a beat at most: Code2Video's prompts; Mayer's coherence principle."""

HOLDS = {"key_hold": 2.0, "result_hold": 3.0}
"""Seconds the last picture of a beat stands at least, by the token of its ``@beat(hold=…)``."""

FORMULA_STAYS, FORMULA_STAYS_A_SYMBOL = 1.0, 0.25
"""Seconds a formula stays on the screen at least, and as much again for every symbol that is new with it."""

FROZEN = 8.0
"""Seconds at most in which nothing at all moves. Where nobody speaks it is dead time, and where somebody does
it is a slide: the norm asks for the first, the film for both."""

WORDS_A_MINUTE = (140.0, 165.0)
"""A film's pace in a language written in words: measured on whole caption files of 3Blue1Brown. A chapter has
so few sentences that missing it is a warning there."""

SIGNS_A_MINUTE = (220.0, 270.0)
"""A film's pace in a language written in signs: Chinese broadcast news reads 250 to 270."""

TIME_ROUNDING = 0.05
"""Seconds: a frame of the draft rate, rounded up."""

# Flashes -----------------------------------------------------------------------------------------------

FLASHES = 3
"""Flashes in any second at most; a flash is a pair of opposing changes. WCAG 2.2, 2.3.1."""

FLASH_CHANGE = 0.10
"""A change of relative luminance counts from here, as a part of the brightest white."""

FLASH_DARKER = 0.80
"""A change counts if its darker side has less relative luminance than this."""

FLASH_AREA = 0.25 * 341 * 256 / (1024 * 768)
"""The part of the frame that has to change together: a quarter of 10 degrees of the visual field."""

FLASH_STEP = 1 / 12
"""Seconds between two looks at a move of something large; four flashes a second are eight changes."""
