"""The film of the gradient of cross-entropy through softmax, as one value.

A beat that a cut leaves out is not lost: the beats after it find the stage as it would have left it.

>>> FILM.cut("full").chapters(FILM.chapters) == FILM.chapters
True
"""

from __future__ import annotations

from importlib import resources

from softmax_explained.core.lesson.loader import default_lesson, find_lesson
from softmax_explained.stage.narration.words_file import WordsSchema
from softmax_explained.stage.scene.film import FULL, Cut, Film

CHAPTERS = (
    "opening",
    "neuron",
    "softmax",
    "loss",
    "goal",
    "paths",
    "loss_slope",
    "nudge",
    "softmax_slope",
    "collapse",
    "squared_error",
    "descent",
    "practice",
)

BEGINNING = (
    "opening.guess_and_truth",
    "opening.two_losses",
    "opening.one_subtraction",
    "softmax.share_out",
    "loss.who_pays",
    "paths.add_them_up",
    "loss_slope.minus_y_over_a",
)
BY_PICTURE = "nudge.grow", "nudge.squeeze", "nudge.own_slice", "nudge.other_slices"
BY_ALGEBRA = (
    "softmax_slope.quotient_rule",
    "softmax_slope.case_i_equals_j",
    "softmax_slope.case_i_not_j",
)
CLIMAX = (
    "collapse.put_together",
    "collapse.other_paths",
    "collapse.direct_path",
    "collapse.complete_sum",
    "collapse.prediction_minus_target",
)

# Three and a half minutes: the way to the result, and nothing beside it.
SHORT = Cut("short", (*BEGINNING, *BY_PICTURE, *CLIMAX))
SHORT_ALGEBRA = Cut("short-algebra", (*BEGINNING, *BY_ALGEBRA, *CLIMAX))
# One minute, with sentences and pictures of its own.
TEASER = Cut("teaser", own_chapters=("teaser",), burns_captions=True)

INTRODUCED = {
    **dict.fromkeys(("C", "z", "a", "y"), "opening.one_subtraction"),
    "x": "opening.road",
    **dict.fromkeys(("w", "b"), "neuron.one_neuron"),
    "S": "softmax.share_out",
    "c": "softmax.only_differences",
    **dict.fromkeys(("p", "q"), "loss.why_log"),
    "h": "goal.sensitivity",
    **dict.fromkeys(("i", "j", "k"), "goal.letters"),
    **dict.fromkeys(("u", "v"), "paths.add_them_up"),
    "dz": "nudge.grow",
    **dict.fromkeys(("f", "g", "f'", "g'"), "softmax_slope.quotient_rule"),
    "J": "softmax_slope.jacobian",
    "Q": "squared_error.nothing_to_cancel",
    "eta": "squared_error.race",
    "W": "descent.what_flows_on",
}

WORDS = WordsSchema(
    shared={
        "film": frozenset({"title"}),
        "dock": frozenset({"steep"}),
        "letters": frozenset({"i", "j", "k"}),
    },
    variants={
        "say_unchanged": lambda solution: not solution.step_shows,
        "say_sure": lambda solution: solution.hardly_any_push,
        "say_alike": lambda solution: solution["onepath"].text == solution["fd[i]"].text,
        "say_capped": lambda solution: solution.race.capped,
        "say_soft_up": lambda solution: solution.is_soft and solution["g[r]"].value < 0,
        "say_soft": lambda solution: solution.is_soft,
    },
)

FILM = Film(
    name="softmax_explained.scenes.film:FILM",
    scenes="softmax_explained.scenes.{}.scene",
    chapters=CHAPTERS,
    default_lesson=default_lesson,
    read_lesson=find_lesson,
    mathematics="softmax_explained.scenes.mathematics:MATHEMATICS",
    words_folder=resources.files("softmax_explained.assets") / "words",
    words=WORDS,
    names_rules=True,
    cuts={cut.name: cut for cut in (FULL, SHORT, SHORT_ALGEBRA, TEASER)},
    introduced=INTRODUCED,
    pinned=("fd[i]", "fd[t]"),
    result="collapse",
    poster="collapse.prediction_minus_target",
)
