"""All thresholds of the check, each with its source.

Pixels are those of a frame with 1080 lines; a pixel has the same length in all three frames.
"""

from __future__ import annotations

from softmax_explained.stage.design.contrast import READABLE
from softmax_explained.stage.design.style import FRAME_LINES, FRAME_UNITS
from softmax_explained.stage.scene.on_screen import VISIBLE as ON_SCREEN

PIXEL = FRAME_UNITS / FRAME_LINES  # in Manim's units

# What is visible ---------------------------------------------------------------------------------------

SAMPLES = 4  # snapshots of an animation; more if something large moves
VISIBLE = ON_SCREEN  # the opacity from which something counts as visible
READABLE_OPACITY = 0.25  # the opacity from which moving text is readable (1.5:1 for ink on the background)

CROSS_FADE = 1.1  # texts whose opacities add up to less than this replace each other, like one text

PERSISTS = 1.0
"""Seconds: what is visible for longer, or in a still picture, is not a passing effect of an animation. A text
takes 0.3 to 0.6 s to be noticed and read (Rayner 1998: 200 to 250 ms per fixation)."""

# Positions and sizes -----------------------------------------------------------------------------------

OVERLAP = 1.0  # pixels by which the boxes of two glyphs may overlap: rounding (TheoremExplainAgent: none)
LINE_OVER = 4.0  # pixels by which a line may go into the box of a glyph in a still picture
CORNER = 0.25  # the same as a part of the smaller side of the box: in its corners there is hardly any ink
OPAQUE = 0.9  # the opacity from which a filled shape hides what is behind it
CROSSING = 6.0  # pixels by which two glyphs may overlap in passing: the width of the stem of a letter
OUTSIDE = 3.0  # pixels beyond the safe area that count as inside: half a stroke (EBU R 95; phone guides)
EM = 40.0  # the minimum em of text in pixels: legibility.info, rules for text in videos
LARGE = 60.0  # the em in pixels from which text counts as large: one and a half times the minimum
INDEX = 24.0  # the minimum height in pixels of the tallest index letter: 1.7 mm on a 6.2-inch phone
ROUNDING = 0.98  # a size within 2 % of its norm meets it, because outlines are rounded by as much

# What is on the screen ---------------------------------------------------------------------------------

STEP = 0.1  # seconds between two pictures of a move
EMPTY = 0.3  # seconds for which the body, or all cards in it, may be empty: a cross-fade of two pictures
SAME_SIZE = 0.05  # of its width and height: how much larger or smaller another cell of a table may be
FAINT = 1.6  # a filled shape with less contrast to the ground only frames what is on it
CARD = 0.7  # Manim units: a rectangle of at least this width and height may be an empty card
DOUBLED = 0.1  # seconds for which two lines may lie over each other: not noticed at 10 pictures a second
GLYPHS_OVER = 3.0  # pixels by which the ink of two glyphs overlaps in both directions
LEGIBLE = 0.2  # the opacity from which two glyphs that lie over each other spoil each other
HALF_MADE = 0.1  # of its size: how far the outline of a glyph is from that of any letter
LINE_STAYS = 1.5  # minimum seconds for a line of algebra; see FORMULA_STAYS
MARK_NEAR = 0.3  # seconds between a marked word and the line that it names
INTACT = 4.0  # pixels that a glyph may leave its place in a line that counts as complete
IDLE = 2.5  # maximum seconds with neither voice nor motion
CENTRED = 0.12  # of the body's width or height: how far the centre of the ink may be from its centre
FULL = 0.6  # of the body's width or height, which the picture has at least in one direction
FRAMED = 3.0  # seconds from which a picture within a beat is judged like the one at its end
INK = 40  # of 255: how far a channel of a pixel is from the ground to be ink
ARROW_NEAR = 60.0  # pixels within which a vertical arrow belongs to a number
CURVED = 20.0  # pixels from its chord from which a line is the graph of a function
WIDE = 2.0  # Manim units from which a bent line is the graph of a function, not an arrow
CORNERED = 0.3  # radians between two steps along a line from which it has a corner, as no such graph has
DASH_GAP = 0.3  # Manim units from the end of a dash to the next one of the same line
ADRIFT = 40.0  # maximum pixels between a label and its object
KEPT = frozenset({"OUTSIDE", "SMALL"})  # kept between two judged pictures of a move in which both have it
STANDS = 0.3  # seconds from which a picture stands, so that its labels and lines are judged
STALE = 0.3  # seconds for which the digits drawn may be those of an earlier value
SAME_DIGITS = 0.02  # of the height of a number: how far outlines of the same digits are apart

# Colour ------------------------------------------------------------------------------------------------

CONTRAST_TEXT = READABLE  # WCAG 2.2, 1.4.3
CONTRAST_LARGE = 3.0  # WCAG 2.2, 1.4.3, large text; also for dimmed text that is still meant to be read
UNDIMMED = 0.95  # text with less opacity than this is dimmed

ROLE_DISTANCE = 15.0
"""The minimum CIEDE2000 between two role colours, for normal and for three kinds of deficient colour vision
(simulated after Machado 2009). Colour is never the only sign (WCAG 2.2, 1.4.1), so this is a margin."""

# Time --------------------------------------------------------------------------------------------------

NEW_THINGS = 4  # the maximum per beat: prompts of Code2Video; the coherence principle of Mayer
NEW_THING_EVERY = 2.75  # seconds: a beat of usual length, 11 s, has four; a longer one may have more
HOLDS = {"key_hold": 2.0, "result_hold": 3.0}  # minimum seconds, by the token of ``@beat(hold=…)``
FORMULA_STAYS, FORMULA_STAYS_PER_SYMBOL = 1.0, 0.25  # minimum seconds, and more for each new symbol
FROZEN = 8.0  # the maximum seconds in which nothing moves, with or without narration

WORDS_PER_MINUTE = (140.0, 165.0)
"""The pace of a film in a language written in words, measured on complete caption files of 3Blue1Brown. A
single chapter has so few sentences that a violation is only a warning."""

SIGNS_PER_MINUTE = (220.0, 270.0)  # in a language written in signs: Chinese broadcast news has 250 to 270
WORD_IN_SIGNS = 1.6  # characters per Latin word in a Chinese sentence: 240 / 150 per minute
LONG_WORD = 12  # letters: longer words, such as names of classes, count by their letters
LONG_AMONG_SIGNS = 6  # letters: the same in Chinese; in its captions a letter counts as half a character
LARGEST_COUNT = 10  # whole numbers up to here may count classes, inputs or terms; others are quantities
TIME_ROUNDING = 0.05  # seconds: a frame of the draft rate, rounded up

# Flashes -----------------------------------------------------------------------------------------------

FLASHES = 3  # the maximum in any second; a flash is a pair of opposing changes. WCAG 2.2, 2.3.1
FLASH_CHANGE = 0.10  # the minimum change of relative luminance that counts, relative to white
FLASH_DARKER = 0.80  # a change counts if its darker side has a lower relative luminance than this
FLASH_AREA = 0.25 * 341 * 256 / (1024 * 768)  # of the frame: a quarter of 10 degrees of the visual field
FLASH_STEP = 1 / 12  # seconds between two snapshots of something large; four flashes are eight changes
