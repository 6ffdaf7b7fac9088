"""The chapters of this film are those of a lesson: what they show are the numbers of its solution."""

from __future__ import annotations

from softmax_explained.core import Solution
from softmax_explained.stage import Chapter as AnyChapter


class Chapter(AnyChapter):
    """A chapter whose solution is that of a `Lesson`: scores, shares, slopes, under the names of the core.

    Attributes:
        solution: every number that is shown.
    """

    solution: Solution
