"""What the chapter hands on: column i, full, the bars that cancel, and the map in its corner."""

from __future__ import annotations

from manim import VGroup

from softmax_explained.core.formulas.symbols import a, derivative, i, j, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.nudge.slices import OtherBars
from softmax_explained.scenes.nudge.small_map import small_map
from softmax_explained.scenes.nudge.strips import StripLayout
from softmax_explained.scenes.pictures.slope_column import SlopeColumn
from softmax_explained.stage import Formula, Region, Words

HEAD = 1.45  # Manim units over column i for what stands in it, ∂a_j/∂z_i
TAG = 0.75  # Manim units over the bars for the name of a case


class LastPicture(VGroup):
    """The last picture of the chapter, from which the next one starts.

    Args:
        chapter: the chapter that shows it.

    Attributes:
        map: the map of the paths, in its corner.
        place: the region of column i.
        column: column i, with its sum.
        head: over it, ∂a_j/∂z_i; empty where its slots would lose their numbers to it.
        left: the region of the bars.
        bars: where its bars stand; of these, the ground, the net bar over the pile, the pile and the
            names are part of the picture.
    """

    def __init__(self, chapter: Chapter) -> None:
        solution, stage = chapter.solution, chapter.stage
        self.map = small_map(solution, StripLayout.of(stage).corner)
        below = Region(stage.left, stage.bottom, stage.right, self.map.region.bottom - 0.2)
        if stage.width > stage.height:
            left, right = stage.columns(*((0.54, 0.46) if stage.is_landscape else (0.64, 0.36)), gap=0.15)
            self.left = Region(left.left, left.bottom, left.right, left.top - TAG)
            self.place = Region(right.left, below.bottom, right.right, below.top)
        else:
            self.left, self.place = below.rows(0.54, 0.46, gap=0.25)
        whole = place = self.place
        headed = Region(place.left, place.bottom, place.right, place.top - HEAD)
        columns = [SlopeColumn(solution, each, names=_names(chapter)) for each in (headed, whole)]
        has_head = columns[0].is_readable or not columns[1].is_readable  # the numbers come first
        self.place = headed if has_head else whole
        self.column = columns[0 if has_head else 1].put(summed=True)
        self.head = VGroup()
        if has_head:
            self.head.add(self.column.head(Formula(derivative(a[j], z[i]), size="least_formula")))
        self.bars = OtherBars(solution, self.left, _names(chapter))
        self.pile = VGroup(*self.bars.pile.values())
        super().__init__(
            self.map,
            self.column,
            *self.head,
            self.bars.ground,
            self.bars.stacked_net,
            self.pile,
            self.bars.names,
        )


def _names(chapter: Chapter) -> list[Words]:
    return [chapter.class_name(k) for k in range(chapter.solution.K)]
