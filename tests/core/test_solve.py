"""The numbers of a solution, against oracles that do not share a line with it."""

from __future__ import annotations

import dataclasses
import pickle

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st
from lessons import NAMES, film_lesson, lessons

from softmax_explained.core import Lesson, Solution, default_lesson, solve
from softmax_explained.core.numerics.loss_comparison import race
from softmax_explained.core.numerics.softmax import lacking, surer

quick = settings(max_examples=60, deadline=None)


def precise(lesson: Lesson) -> tuple[list[mpmath.mpf], mpmath.mpf]:
    """Shares and loss at 50 digits."""
    with mpmath.workdps(50):
        powers = [mpmath.exp(mpmath.mpf(float(z))) for z in lesson.z]
        shares = [power / mpmath.fsum(powers) for power in powers]
        y = [mpmath.mpf(float(target)) for target in lesson.targets]
        return shares, -mpmath.fsum(t * mpmath.log(a) for t, a in zip(y, shares, strict=True))


def test_the_film_shows_the_numbers_of_its_storyboard() -> None:
    solution = solve(default_lesson())
    assert solution.a.round(3).tolist() == [0.659, 0.242, 0.099]
    assert solution.gradient.round(3).tolist() == [0.659, -0.758, 0.099]
    assert solution.forward.round(3).tolist() == [0.670, 0.659, 0.659]
    assert (round(solution.S, 3), round(solution.C, 3)) == (11.213, 1.417)
    assert solution.letters == {"t": 1, "i": 0, "o": 1, "r": 2}
    assert (solution.race.n_ce, solution.race.n_q, solution.race.capped) == (4, 61, False)
    assert solution.next_a.argmax() == solution.t
    assert not solution.is_soft


def test_a_start_further_behind_costs_squared_error_a_thousand_steps() -> None:
    further = race(default_lesson(), drop=8)
    assert (further.n_ce, further.n_q) == (6, 1040)


@quick
@given(lessons())
def test_shares_slopes_and_jacobian_agree_with_scipy(lesson: Lesson) -> None:
    solution = solve(lesson)
    a = scipy.special.softmax(lesson.z)
    tight = {"rtol": 1e-12, "atol": 1e-15}
    np.testing.assert_allclose(solution.a, a, **tight)
    np.testing.assert_allclose(solution.log_a, scipy.special.log_softmax(lesson.z), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(solution.lse, scipy.special.logsumexp(lesson.z), **tight)
    np.testing.assert_allclose(solution.gradient, a - lesson.targets, **tight)
    np.testing.assert_allclose(solution.J, np.diag(a) - np.outer(a, a), rtol=1e-9, atol=1e-15)


@quick
@given(lessons())
def test_shares_and_loss_agree_with_fifty_digits(lesson: Lesson) -> None:
    solution = solve(lesson)
    shares, C = precise(lesson)
    for a, log_a, exact in zip(solution.a, solution.log_a, shares, strict=True):
        assert abs(a - exact) <= max(1e-12 * exact, 3e-308)
        with mpmath.workdps(50):  # at fewer digits than its argument has, mpmath.log may be far off
            log_exact = mpmath.log(exact)
        assert abs(log_a - log_exact) <= 1e-12 * abs(log_exact) + mpmath.mpf("1e-45")
    assert abs(solution.C - C) <= 1e-12 * abs(C) + mpmath.mpf("1e-45")


@quick
@given(lessons())
def test_nothing_overflows_divides_by_zero_or_can_be_changed(lesson: Lesson) -> None:
    solution = solve(lesson)
    with np.errstate(all="raise", under="ignore"):
        for field in dataclasses.fields(Solution):
            value = getattr(solution, field.name)
            if isinstance(value, np.ndarray):
                assert np.isfinite(value).all(), field.name
                assert not value.flags.writeable, field.name
            elif isinstance(value, float):
                assert np.isfinite(value), field.name
    assert solution.e.min() >= 0
    assert 0 < solution.S < np.inf


@quick
@given(lessons())
def test_the_formula_is_what_a_nudge_measures(lesson: Lesson) -> None:
    solution = solve(lesson)
    np.testing.assert_allclose(solution.central, solution.gradient, rtol=0, atol=1e-6)


@quick
@given(lessons())
def test_all_paths_together_and_the_matrix_product_give_prediction_minus_target(lesson: Lesson) -> None:
    solution = solve(lesson)
    assert solution.terms.sum() == pytest.approx(solution.gradient[solution.i], abs=1e-14)
    np.testing.assert_allclose(solution.product, solution.gradient, rtol=0, atol=1e-14)
    a_i, y = solution.a[solution.i], lesson.targets
    assert a_i * y.sum() - y[solution.i] == pytest.approx(solution.gradient[solution.i], abs=1e-14)


@quick
@given(lessons(reach=15))
def test_the_links_multiplied_out_give_the_path_terms(lesson: Lesson) -> None:
    solution = solve(lesson)
    np.testing.assert_allclose(
        solution.terms, solution.dC_da * solution.J[:, solution.i], rtol=1e-9, atol=1e-15
    )
    np.testing.assert_allclose(solution.product, solution.J.T @ (-lesson.targets / solution.a), atol=1e-9)
    assert solution.one_path == pytest.approx(solution.terms[solution.i], abs=1e-15)


@quick
@given(lessons(soft=False))
def test_one_path_alone_says_nothing_where_all_together_say_something(lesson: Lesson) -> None:
    solution = solve(lesson)
    assert solution.one_path == 0
    assert solution.gradient[solution.i] > 0


@quick
@given(lessons())
def test_sums_that_must_be_nothing_are_nothing(lesson: Lesson) -> None:
    solution = solve(lesson)
    np.testing.assert_allclose(solution.J.sum(axis=0), 0, atol=1e-15)
    assert solution.gradient.sum() == pytest.approx(0, abs=1e-14)
    assert solution.smoothed.sum() == pytest.approx(1)
    assert solution.smoothed_gradient.sum() == pytest.approx(0, abs=1e-14)


@quick
@given(lessons(soft=False))
def test_for_one_true_class_the_push_is_the_share_it_lacks(lesson: Lesson) -> None:
    solution = solve(lesson)
    lack = solution.a[np.arange(lesson.K) != solution.t].sum()
    assert -solution.gradient[solution.t] == pytest.approx(lack, abs=1e-14)
    assert np.abs(solution.gradient).sum() == pytest.approx(2 * lack, abs=1e-14)


@quick
@given(lessons(reach=5), st.floats(-1e-4, 1e-4))
def test_growth_and_squeeze_are_the_jacobian_to_first_order(lesson: Lesson, dz: float) -> None:
    solution = solve(lesson)
    strip = solution.a.copy()
    strip[solution.i] += solution.a[solution.i] * dz  # the segment grows
    strip -= solution.a * solution.a[solution.i] * dz  # every segment is taxed
    nudged = scipy.special.softmax(lesson.z + dz * np.eye(lesson.K)[solution.i])
    np.testing.assert_allclose(strip, nudged, rtol=0, atol=dz**2 + 1e-15)
    np.testing.assert_allclose(strip - solution.a, solution.J[:, solution.i] * dz, rtol=0, atol=1e-15)


@quick
@given(lessons())
def test_the_second_route_gives_the_same_loss(lesson: Lesson) -> None:
    solution = solve(lesson)
    assert solution.C_lse == pytest.approx(solution.C, rel=1e-9, abs=1e-11)


@quick
@given(lessons(reach=50), st.floats(-900, 900))
def test_raising_all_scores_together_changes_nothing(lesson: Lesson, c: float) -> None:
    raised = Lesson.from_logits(lesson.z + c, lesson.classes, lesson.targets)
    np.testing.assert_allclose(solve(raised).a, solve(lesson).a, rtol=1e-11)
    np.testing.assert_allclose(solve(raised).J, solve(lesson).J, rtol=1e-10)


@quick
@given(lessons(reach=20))
def test_the_squared_error_gradient_is_what_a_nudge_measures(lesson: Lesson) -> None:
    def squared(z: np.ndarray) -> float:
        return float(((scipy.special.softmax(z) - lesson.targets) ** 2).sum() / 2)

    h = 1e-5
    measured = [(squared(lesson.z + h * e) - squared(lesson.z - h * e)) / (2 * h) for e in np.eye(lesson.K)]
    np.testing.assert_allclose(solve(lesson).Q_gradient, measured, rtol=0, atol=1e-9)
    loss = solve(lesson).Q
    assert loss == pytest.approx(squared(lesson.z), rel=1e-12, abs=1e-15)


@given(st.integers(2, 10), st.floats(-20, 20))
def test_equal_rivals_are_pushed_as_the_formula_under_the_curves_says(K: int, ahead: float) -> None:
    z = np.zeros(K)
    z[0] = ahead
    solution = solve(Lesson.from_logits(z, NAMES[:K], np.eye(K)[0]))
    p = solution.a[0]
    assert -solution.Q_gradient[0] == pytest.approx(K / (K - 1) * p * (1 - p) ** 2, abs=1e-14)
    assert -solution.gradient[0] == pytest.approx(1 - p, abs=1e-14)


@quick
@given(lessons())
def test_one_step_downhill_never_raises_the_loss(lesson: Lesson) -> None:
    solution = solve(lesson)
    downhill = lesson.z - lesson.learning_rate * (scipy.special.softmax(lesson.z) - lesson.targets)
    np.testing.assert_allclose(solution.next_z, downhill, rtol=1e-12, atol=1e-12)
    assert solution.next_C <= solution.C + 1e-12 * abs(solution.C)
    if np.abs(solution.gradient).max() > 1e-3:
        assert solution.next_C < solution.C


@quick
@given(st.integers(2, 10), st.integers(1, 8), st.data())
def test_the_gradients_of_weights_and_biases_are_what_nudging_them_measures(
    K: int, M: int, data: st.DataObject
) -> None:
    number = st.floats(-2, 2)
    x = data.draw(st.lists(number, min_size=M, max_size=M))
    b = np.array(data.draw(st.lists(number, min_size=K, max_size=K)))
    W = np.array(data.draw(st.lists(number, min_size=K * M, max_size=K * M))).reshape(K, M)
    solution = solve(Lesson(x, W, b, NAMES[:K], np.eye(K)[K - 1]))

    def C(W: np.ndarray, b: np.ndarray) -> float:
        return -float(scipy.special.log_softmax(W @ x + b)[K - 1])

    k, n, h = data.draw(st.integers(0, K - 1)), data.draw(st.integers(0, M - 1)), 1e-5
    dW, db = np.zeros((K, M)), np.zeros(K)
    dW[k, n] = db[k] = h
    assert solution.dW[k, n] == pytest.approx((C(W + dW, b) - C(W - dW, b)) / (2 * h), abs=1e-8)
    assert solution.db[k] == pytest.approx((C(W, b + db) - C(W, b - db)) / (2 * h), abs=1e-8)


@quick
@given(st.integers(2, 10), st.integers(1, 8), st.data())
def test_the_gradient_of_the_inputs_is_what_nudging_them_measures(
    K: int, M: int, data: st.DataObject
) -> None:
    number = st.floats(-2, 2)
    x = np.array(data.draw(st.lists(number, min_size=M, max_size=M)))
    W = np.array(data.draw(st.lists(number, min_size=K * M, max_size=K * M))).reshape(K, M)
    solution = solve(Lesson(x, W, np.zeros(K), NAMES[:K], np.eye(K)[0]))
    h = 1e-5

    def C(at: np.ndarray) -> float:
        return -float(scipy.special.log_softmax(W @ at)[0])

    measured = [(C(x + e) - C(x - e)) / (2 * h) for e in h * np.eye(M)]
    np.testing.assert_allclose(solution.dx, measured, atol=1e-8)
    np.testing.assert_allclose(solution.back.sum(axis=0), solution.dx, atol=1e-14)
    np.testing.assert_allclose(solution.back, solution.gradient[:, None] * W)


@quick
@given(lessons())
def test_at_most_half_of_the_squared_error_gets_through_softmax(lesson: Lesson) -> None:
    solution = solve(lesson)
    through, whole = (np.linalg.norm(each) for each in (solution.Q_gradient, solution.gradient))
    assert through <= whole / 2 + 1e-15
    assert solution["gqlen"].value == through
    assert solution["glen"].value == whole


@quick
@given(lessons())
def test_of_the_surest_network_the_lengths_are_those_of_finite_differences(lesson: Lesson) -> None:
    solution, y = solve(lesson), lesson.targets
    z = surer(solution.z, 1.0)
    assert np.diff(z[np.argsort(solution.z)]).min() >= 0 and z.max() == 0

    def Q(z: np.ndarray) -> float:
        return float(((scipy.special.softmax(z) - y) ** 2).sum() / 2)

    h = 1e-5
    measured = [(Q(z + e) - Q(z - e)) / (2 * h) for e in h * np.eye(len(z))]
    for key, length in (
        ("glen_sure", np.linalg.norm(scipy.special.softmax(z) - y)),
        ("gqlen_sure", np.linalg.norm(measured)),
    ):
        quantity = solution[key]
        assert quantity.value * 10.0**quantity.exponent == pytest.approx(length, abs=1e-8)


@quick
@given(lessons())
def test_a_race_starts_five_below_the_best_rival_and_its_shares_are_those_of_scipy(lesson: Lesson) -> None:
    solution = solve(lesson)
    run, t = solution.race, solution.t
    others = np.arange(lesson.K) != t
    assert run.start[t] == lesson.z[others].max() - 5
    np.testing.assert_array_equal(run.start[others], lesson.z[others])
    for shares in (run.shares_ce, run.shares_q):
        np.testing.assert_allclose(shares[0], scipy.special.softmax(run.start), rtol=1e-12, atol=1e-300)
        np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_array_equal(run.trace_ce, run.shares_ce[:, t])
    a = scipy.special.softmax(run.start)
    assert solution["push_ce"].value == pytest.approx(lesson.targets[t] - a[t], abs=1e-14)
    slope = (np.diag(a) - np.outer(a, a)) @ (a - lesson.targets)
    assert solution["push_q"].value == pytest.approx(-slope[t], abs=1e-14)


@quick
@given(lessons())
def test_lifted_scores_differ_as_before_and_the_largest_is_a_thousand(lesson: Lesson) -> None:
    solution = solve(lesson)
    assert solution.lifted.max() == 1000
    np.testing.assert_allclose(solution.lifted - 1000, solution.shifted, rtol=0, atol=1e-9)
    assert solution["yz"].value == pytest.approx(float(np.dot(lesson.targets, lesson.z)), abs=1e-9)


@pytest.mark.parametrize(
    ("z", "y", "t", "i"),
    [
        ([2, 1, 0], [0, 1, 0], 1, 0),
        ([2, 1, 0], [1, 0, 0], 0, 1),
        ([1, 1, 1], [0, 0, 1], 2, 0),
        ([0, 1, 1], [1, 0, 0], 0, 1),
        ([0, 1, 2], [0.4, 0.4, 0.2], 0, 2),
        ([0, 1], [0, 1], 1, 0),
        ([-1000, -900, 1000], [0, 0, 1], 2, 1),
    ],
)
def test_the_true_and_the_focus_class_follow_their_rules(
    z: list[float], y: list[float], t: int, i: int
) -> None:
    solution = solve(Lesson.from_logits(z, NAMES[: len(z)], y))
    assert (solution.t, solution.i) == (t, i)


@pytest.mark.parametrize(
    ("z", "y", "r"),
    [
        ([2, 1, 0.1], [0, 1, 0], 2),
        ([2, 1, 0.1, 0.1], [0, 1, 0, 0], 2),  # the first of equals
        ([2, 1], [0, 1], 0),  # none left: the focus class
        ([9, 8, 1], [0, 1, 0], 0),  # its share would show 0.000
        ([9, 8, 1.7], [0, 1, 0], 0),  # a share of 0.00049 too
        ([9, 8, 1.9], [0, 1, 0], 2),  # 0.00060 shows 0.001
    ],
)
def test_the_third_class_is_one_whose_share_can_be_seen(z: list[float], y: list[float], r: int) -> None:
    solution = solve(Lesson.from_logits(z, NAMES[: len(z)], y))
    assert solution.r == r
    assert solution["a[r]"].text != "0.000"


def test_a_shared_target_is_soft_and_its_shares_are_kept() -> None:
    solution = solve(film_lesson(targets=[0.2, 0.8, 0]))
    assert solution.is_soft
    np.testing.assert_allclose(solution.smoothed, 0.55 * np.array([0.2, 0.8, 0]) + 0.45 / 3)


@pytest.mark.parametrize(
    ("changed", "ce_capped", "q_capped"),
    [
        ({"targets": [0.3, 0.4, 0.3]}, True, True),
        ({"targets": [0.3, 0.6, 0.1], "learning_rate": 0.05}, False, True),  # 167 steps, and 2152
        ({"learning_rate": 3.9}, False, False),
        ({}, False, False),
    ],
)
def test_a_runner_that_does_not_arrive_is_stopped(
    changed: dict[str, object], ce_capped: bool, q_capped: bool
) -> None:
    run = race(film_lesson(**changed))
    assert run.cap == 2000
    assert (run.ce_capped, run.q_capped, run.capped) == (ce_capped, q_capped, ce_capped or q_capped)
    for n, trace, capped in ((run.n_ce, run.trace_ce, ce_capped), (run.n_q, run.trace_q, q_capped)):
        assert len(trace) == n + 1
        assert (n == run.cap) == capped
        assert (trace[:-1] <= 0.5).all()


@pytest.mark.parametrize(
    ("changed", "eta"),
    [
        ({}, 1),
        ({"learning_rate": 0.05}, 0.05),  # 97 steps
        ({"learning_rate": 0.001}, 0.1),  # with 0.001 it would take thousands
        ({"learning_rate": 2, "targets": [0.25, 0.5 + 1e-13, 0.25]}, 2),  # never passed, but not for η
        ({"learning_rate": 0.001, "targets": [0.3, 0.4, 0.3]}, 0.001),  # a target of 0.4 is never passed
    ],
)
def test_a_race_runs_at_the_learning_rate_of_the_lesson_if_it_can_be_watched(
    changed: dict[str, object], eta: float
) -> None:
    lesson = film_lesson(**changed)
    run = race(lesson)
    assert run.learning_rate == eta == solve(lesson)["race_eta"].value
    z, steps = run.start, 0
    while steps < run.n_ce:
        np.testing.assert_allclose(run.shares_ce[steps], scipy.special.softmax(z), rtol=1e-9)
        z, steps = z - eta * (scipy.special.softmax(z) - lesson.targets), steps + 1


@pytest.mark.parametrize(
    ("z", "y", "hardly", "leads"),
    [
        ([2, 1, 0.1], [0, 1, 0], False, False),
        ([0, 5.5, 0.5], [0, 1, 0], True, True),
        ([-4.0833, 4.3364], [0, 1], True, True),
        ([0, 3.8], [0, 1], False, True),  # 0.0219 is left
        ([0, 3.9], [0, 1], True, True),  # 0.0198
        ([0, 0], [0.5, 0.5], True, False),  # the target is met
        ([1, 1], [0, 1], False, False),  # a tie does not lead
    ],
)
def test_a_network_with_hardly_any_push_left_is_known(
    z: list[float], y: list[float], hardly: bool, leads: bool
) -> None:
    solution = solve(Lesson.from_logits(z, NAMES[: len(z)], y))
    assert (solution.hardly_any_push, solution.true_class_leads) == (hardly, leads)


def test_a_step_shows_if_it_changes_a_digit() -> None:
    assert solve(default_lesson()).step_shows
    assert not solve(Lesson.from_logits([0, 0], ["a", "b"], [0.5, 0.5])).step_shows
    assert not solve(Lesson.from_logits([-40, 0], ["a", "b"], [0, 1])).step_shows


@quick
@given(lessons(soft=False))
def test_the_curves_are_the_pushes_at_each_score_and_hold_the_present_one(lesson: Lesson) -> None:
    solution = solve(lesson)
    curves, t = solution.sweep, solution.t
    assert curves.z_t[0] <= lesson.z[t] <= curves.z_t[-1]
    assert (np.diff(curves.push_ce) <= 1e-15).all()
    for n in (0, 60, 120, 240):
        z = lesson.z.copy()
        z[t] = curves.z_t[n]
        a = scipy.special.softmax(z)
        assert curves.push_ce[n] == pytest.approx(np.delete(a, t).sum(), abs=1e-14)
        slope = (np.diag(a) - np.outer(a, a)) @ (a - lesson.targets)
        assert curves.push_q[n] == pytest.approx(abs(slope[t]), abs=1e-14)
    z = lesson.z.copy()
    z[t] = curves.half
    assert scipy.special.softmax(z)[t] == pytest.approx(0.5)


def test_solving_a_lesson_twice_is_solving_it_once() -> None:
    assert solve(default_lesson()) is solve(default_lesson())


def test_a_solution_travels_to_another_process_as_its_lesson() -> None:
    solution = solve(default_lesson())
    assert solution.quantities
    copy = pickle.loads(pickle.dumps(solution))
    assert copy.lesson == solution.lesson
    assert not copy.a.flags.writeable


def test_what_a_share_lacks_of_one_is_exact_where_the_share_rounds_to_one() -> None:
    z = np.array([40.0, 0.0, -3.0])
    with mpmath.workdps(50):
        powers = [mpmath.exp(mpmath.mpf(score)) for score in z.tolist()]
        exact = [float(1 - power / mpmath.fsum(powers)) for power in powers]
    np.testing.assert_allclose(lacking(z), exact, rtol=1e-14)


def test_a_race_that_is_not_finished_is_watched_as_long_as_squared_error_hardly_moves() -> None:
    run = solve(film_lesson(targets=[0.3, 0.5, 0.2])).race
    assert run.ce_capped and run.q_capped
    way = abs(run.trace_ce[-1] - run.trace_ce[0])
    moved = np.abs(run.trace_q - run.trace_q[0])
    assert 1 < run.n_watched < run.n_q
    assert moved[: run.n_watched + 1].max() <= 0.2 * way < moved[run.n_watched + 1]


def test_a_race_that_is_finished_is_watched_to_its_end() -> None:
    run = solve(film_lesson()).race
    assert run.n_watched == 61 == run.n_q


@pytest.mark.parametrize("seed", range(40))
def test_no_finished_runner_is_left_before_its_end(seed: int) -> None:
    rng = np.random.default_rng(seed)
    K = int(rng.integers(2, 8))
    targets = rng.dirichlet(np.full(K, 0.4))
    rate = float(rng.uniform(0.05, 3.9))
    run = solve(film_lesson_of(rng.normal(0, 2, K), targets, rate)).race
    assert 1 <= run.n_watched <= max(run.n_ce, run.n_q)
    if not run.ce_capped:
        assert run.n_watched >= run.n_ce
    if not run.q_capped:
        assert run.n_watched >= run.n_q


def film_lesson_of(z: np.ndarray, targets: np.ndarray, rate: float) -> Lesson:
    return Lesson.from_logits(
        z, [f"class {k}" for k in range(len(z))], targets / targets.sum(), learning_rate=rate
    )
