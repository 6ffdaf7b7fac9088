"""What persists for a second, or stands still, is an error; what passes is a warning or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from softmax_explained.studio.check.finding import Violation
from softmax_explained.studio.check.judge import Judge


def judged(code: str, seen: Sequence[tuple[int, float]], *, still: bool = False) -> list[tuple[str, float]]:
    """Severity and time of the findings about one object.

    Args:
        code: of the rule.
        seen: the number of each snapshot in which the rule is broken, and its second.
        still: whether nothing moved in the last of them.
    """
    judge = Judge()
    for number, time in seen:
        violation = Violation(code, ("Words 'cat'",), "1", "2", "", 1.0, beat_id="loss.price", time=time)
        judge.add(violation, number, still=still and number == seen[-1][0])
    findings, allowed = judge.findings({"loss.price": 2.0})
    assert allowed == []
    return [(finding.severity, finding.time) for finding in findings]


@pytest.mark.parametrize(("code", "passing"), [("OVERLAP", [("warning", 1.0)]), ("SMALL", [])])
def test_what_is_seen_in_snapshot_after_snapshot_is_an_error_after_a_second(
    code: str, passing: list[tuple[str, float]]
) -> None:
    assert judged(code, [(4, 3.0), (5, 3.5), (6, 3.9)]) == passing
    assert judged(code, [(4, 3.0), (5, 3.5), (6, 4.0)]) == [("error", 1.0)]


@pytest.mark.parametrize("code", ["OVERLAP", "SMALL"])
def test_what_comes_and_goes_does_not_add_up(code: str) -> None:
    assert ("error", 1.0) not in judged(code, [(4, 3.0), (6, 3.7), (8, 4.4), (9, 5.0)])


@pytest.mark.parametrize("code", ["OVERLAP", "SMALL"])
def test_what_is_seen_in_a_picture_that_stands_is_an_error_at_once(code: str) -> None:
    assert judged(code, [(4, 3.0)], still=True) == [("error", 1.0)]
