"""What stands at the end of the chapter on the loss, and at the beginning of the next one."""

from __future__ import annotations

from manim import VGroup

from softmax_explained.core import Solution
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.loss.price_point import LossLevel, PricePoint
from softmax_explained.scenes.loss.product import ProductCard
from softmax_explained.scenes.pictures.price_curve import PriceCurve
from softmax_explained.stage import Readout, Region

PORTRAIT = 1.2  # least ratio of height to width of a stage on which the card stands below the curve
ROOM = 0.02  # Manim units left over beside the number of the loss


class LastPicture(VGroup):
    """The curve −ln a with the share of the true class lying under it, and the card of the product.

    Attributes:
        curve: axes and curve.
        point: the dot at the share of the true class, with its number.
        level: the loss on the upright axis; empty where several classes pay.
        card: why the price is a logarithm.

    Args:
        chapter: whose numbers it shows.
    """

    def __init__(self, chapter: Chapter) -> None:
        sol = chapter.solution
        left, right = aside(chapter.stage)
        self.curve = loss_curve(sol, left)
        self.point = PricePoint(self.curve, sol["a[t]"], -float(sol.log_a[sol.t]))
        # of shared targets, the loss is no price of one class
        self.level = VGroup() if sol.is_soft else LossLevel(self.curve, sol["C"])
        self.card = ProductCard(right)
        super().__init__(self.curve, self.point, self.level, self.card)


def aside(stage: Region) -> tuple[Region, Region]:
    """The regions of the curve and of the card: columns or, in a portrait frame, rows."""
    if stage.height > PORTRAIT * stage.width:
        curve, card = stage.rows(57, 43, gap=0.3)
    else:
        curve, card = stage.columns(*((46, 54) if stage.is_landscape else (52, 48)), gap=0.2)
    return curve, card


def loss_curve(solution: Solution, region: Region) -> PriceCurve:
    """The curve with room for every price that is paid, and for the number of the loss."""
    number = Readout(solution["C"], size="least").width + ROOM
    return PriceCurve(region, highest_price(solution), is_loss=not solution.is_soft, number=number)


def highest_price(solution: Solution) -> float:
    """The largest −ln a of a class that pays, or the loss."""
    paying = solution.lesson.targets > 0
    highest: float = max(float(solution.C), *(-solution.log_a[paying]).tolist())
    return highest
