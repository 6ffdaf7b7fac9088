"""Every value that the film computes from a lesson."""

from __future__ import annotations

from dataclasses import dataclass

from softmax_explained.core.arrays import Array
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.numerics.loss_comparison import Race, Sweep

HARDLY = 0.02
"""A push on a score that is no larger cannot be seen beside a bar of height 1."""


@dataclass(frozen=True, eq=False)
class Values:
    """Every value of the film, in read-only float64; indices are 0-based. `solve` computes them."""

    lesson: Lesson  # the input data
    t: int  # the true class, argmax y (the first of equals)
    i: int  # the focus class, whose score is nudged: the strongest class other than t (the first of equals)
    r: int  # the strongest class other than t and i, if its share shows a digit other than 0; else i
    z: Array  # (K,) scores W x + b
    shift: float  # the number subtracted from z to compute e and S: 0 unless max z is beyond ±700
    e: Array  # (K,) e^{z − shift}
    S: float  # Σ e
    a: Array  # (K,) shares e / S, each at least 2.2e-308
    log_a: Array  # (K,) ln a, accurate even where a is too small for a float
    C: float  # the loss −Σ y ln a, in nats
    dC_da: Array  # (K,) −y / a
    J: Array  # (K, K) ∂a_j/∂z_i, row j, column i
    terms: Array  # (K,) the path terms (∂C/∂a_j)(∂a_j/∂z_i) of the focus i, over j; they sum to gradient[i]
    one_path: float  # −y_i (1 − a_i), the contribution of the path through a_i alone
    gradient: Array  # (K,) a − y
    central: Array  # (K,) central differences of C, h = 1e-4
    steps: Array  # (3,) the nudges h, each the same part of the one before; see `settling_steps`
    forward: Array  # (3,) forward differences of C for the focus i at those nudges
    forward_t: Array  # (3,) the same for the true class t
    product: Array  # (K,) Jᵀ(−y/a)
    smoothed: Array  # (K,) targets (1 − ε) y + ε/K (C. Szegedy et al., 2016)
    smoothed_gradient: Array  # (K,) a − smoothed
    Q: float  # the squared error ½ Σ (a − y)²
    Q_gradient: Array  # (K,) Jᵀ(a − y)
    sweep: Sweep  # the gradients of both losses over the true score
    race: Race  # how many steps each loss needs from a bad start
    next_z: Array  # (K,) scores after one step z − η (a − y)
    next_a: Array  # (K,) shares after that step
    next_C: float  # the loss after that step; never more than C
    dW: Array  # (K, M) ∂C/∂W = (a − y) xᵀ
    db: Array  # (K,) ∂C/∂b = a − y
    back: Array  # (K, M) w_im (a_i − y_i), what arrives at input m from class i
    dx: Array  # (M,) ∂C/∂x = Wᵀ(a − y), the sums of the columns of `back`
    z_max: float  # the largest score
    shifted: Array  # (K,) z − max z
    lifted: Array  # (K,) the scores raised or lowered together until the largest is 1000
    lse: float  # ln Σ e^{z}
    yz: float  # Σ y z, the score of the true class if the target is one-hot
    C_lse: float  # the loss computed as lse − Σ y z

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
    def hardly_any_push(self) -> bool:
        """Whether no arrow can be seen, because every share is close to its target."""
        return float(abs(self.gradient).max()) <= HARDLY

    @property
    def true_class_leads(self) -> bool:
        """Whether the score of the true class is above every other."""
        return bool(self.z[self.t] > self.z[self.i])
