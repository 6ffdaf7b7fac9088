"""Every value that the film computes from a lesson."""

from __future__ import annotations

from dataclasses import dataclass

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.numerics.loss_comparison import Race, Sweep


@dataclass(frozen=True, eq=False)
class Values:
    """Every value of the film, in read-only float64; indices are 0-based. `solve` computes them.

    Args:
        lesson: the input data.
        t: the true class, argmax y (the first of equals).
        i: the focus class, whose score is nudged: the strongest class other than t (the first of equals).
        z: (K,) scores W x + b.
        shift: the number subtracted from z to compute e and S: 0 unless max z is beyond ±700.
        e: (K,) e^{z − shift}.
        S: Σ e.
        a: (K,) shares e / S, each at least 2.2e-308.
        log_a: (K,) ln a, accurate even where a is too small for a float.
        C: the loss −Σ y ln a, in nats.
        dC_da: (K,) −y / a.
        J: (K, K) ∂a_j/∂z_i, row j, column i.
        terms: (K,) the path terms (∂C/∂a_j)(∂a_j/∂z_i) of the focus i, over j; they sum to gradient[i].
        one_path: −y_i (1 − a_i), the contribution of the path through a_i alone.
        gradient: (K,) a − y.
        central: (K,) central differences of C, h = 1e-4.
        steps: (3,) the nudges h = 0.1, 0.01, 0.001.
        forward: (3,) forward differences of C for the focus i at those nudges.
        product: (K,) Jᵀ(−y/a).
        smoothed: (K,) targets (1 − ε) y + ε/K.
        smoothed_gradient: (K,) a − smoothed.
        Q: the squared error ½ Σ (a − y)².
        Q_gradient: (K,) Jᵀ(a − y).
        sweep: the gradients of both losses over the true score.
        race: how many steps each loss needs from a bad start.
        next_z: (K,) scores after one step z − η (a − y).
        next_a: (K,) shares after that step.
        next_C: the loss after that step; never more than C.
        dW: (K, M) ∂C/∂W = (a − y) xᵀ.
        db: (K,) ∂C/∂b = a − y.
        z_max: the largest score.
        shifted: (K,) z − max z.
        lse: ln Σ e^{z}.
        C_lse: the loss computed as lse − Σ y z.
    """

    lesson: Lesson
    t: int
    i: int
    z: Array
    shift: float
    e: Array
    S: float
    a: Array
    log_a: Array
    C: float
    dC_da: Array
    J: Array
    terms: Array
    one_path: float
    gradient: Array
    central: Array
    steps: Array
    forward: Array
    product: Array
    smoothed: Array
    smoothed_gradient: Array
    Q: float
    Q_gradient: Array
    sweep: Sweep
    race: Race
    next_z: Array
    next_a: Array
    next_C: float
    dW: Array
    db: Array
    z_max: float
    shifted: Array
    lse: float
    C_lse: float

    @property
    def K(self) -> int:
        """The number of classes."""
        return self.lesson.K

    @property
    def M(self) -> int:
        """The number of inputs."""
        return self.lesson.M

    @property
    def is_soft(self) -> bool:
        """Whether the target is not one-hot."""
        return int((self.lesson.targets > 0).sum()) != 1

    @property
    def column_sums(self) -> Array:
        """(K,) sums of J over its rows j: 0, because the shares keep the sum 1."""
        return read_only(self.J.sum(axis=0))

    @property
    def gradient_sum(self) -> float:
        """Σ (a − y): 0, because shares and targets both sum to 1."""
        return float(self.gradient.sum())

    @property
    def target_sum(self) -> float:
        """Σ y: 1, the only property of the targets that the proof needs."""
        return float(self.lesson.targets.sum())
