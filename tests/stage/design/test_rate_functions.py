"""What takes the place of something else comes when that is gone."""

import numpy as np

from softmax_explained.stage.design.rate_functions import early, late


def test_the_old_is_gone_before_the_new_comes() -> None:
    moments = np.linspace(0, 1, 101)
    assert all(early(moment) == 1 or late(moment) == 0 for moment in moments)
    for function in (early, late):
        rates = [function(moment) for moment in moments]
        assert rates == sorted(rates) and (rates[0], rates[-1]) == (0, 1)
