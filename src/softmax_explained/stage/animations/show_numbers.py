"""Hide numbers, or show them again, while they follow a moving value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import UpdateFromAlphaFunc, VGroup

from softmax_explained.stage.text.text import TypesetText


class ShowNumbers(UpdateFromAlphaFunc):
    """Numbers, or words beside them, fade in or out, and go on following what they follow meanwhile.

    A fade of Manim's would blend the digits of its start and its end, which differ while a number follows.

    Args:
        numbers: numbers or words, on the screen already.
        shown: whether they are shown in the end.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.stage.text.text import Readout
    >>> number = Readout(solve(default_lesson())["a[t]"])
    >>> hide = ShowNumbers([number], shown=False)
    >>> hide.begin()
    >>> hide.interpolate(1.0)
    >>> float(number.get_fill_opacity())
    0.0
    """

    def __init__(self, numbers: Sequence[TypesetText], *, shown: bool, **how: Any) -> None:
        def fade(_: Any, part: float) -> None:
            for number in numbers:
                number.set_fill(opacity=part if shown else 1 - part)

        super().__init__(VGroup(*numbers), fade, suspend_mobject_updating=False, **how)
