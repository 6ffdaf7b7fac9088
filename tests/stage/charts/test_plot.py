"""A plot puts values where its axes say, and draws a tangent as steep as its slope."""

import numpy as np
import pytest

from softmax_explained.stage.charts.plot import Plot
from softmax_explained.stage.design.layout import Region

PLOT = Plot(x=(-1, 3), y=(0, 10), region=Region(-2, -1, 6, 4))


def test_the_ends_of_the_axes_are_the_corners_of_the_region() -> None:
    assert PLOT.at(-1, 0) == pytest.approx([-2, -1, 0])
    assert PLOT.at(3, 10) == pytest.approx([6, 4, 0])


@pytest.mark.parametrize("slope", [-7.0, 0.0, 2.5])
def test_a_tangent_has_its_slope_in_the_values_of_the_axes(slope: float) -> None:
    start, end = PLOT.tangent(1, 5, slope, length=2, colour="ink").get_start_and_end()
    assert np.linalg.norm(end - start) == pytest.approx(2)
    assert (start + end) / 2 == pytest.approx(PLOT.at(1, 5))
    across, up = ((end - start)[:2] / PLOT.unit).tolist()
    assert across > 0 and up / across == pytest.approx(slope)
