"""Chapter: all paths count. One path alone misses the measured slope; all of them together add up to it."""

from manim import RIGHT, UP, Create, FadeIn, Transform, TransformFromCopy, VGroup
from sympy import evaluate

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import C, a, derivative, exp_sum, i, j, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.paths.network import PathNetwork, Pulses
from softmax_explained.scenes.paths.nudge import PathNudge
from softmax_explained.scenes.paths.signed_stack import SignedStack
from softmax_explained.scenes.paths.single_path import SinglePath
from softmax_explained.stage import Chapter, Formula, Region, appear, beat, frame_around, rest_of, style

NUDGE = 1.0  # size of the nudge: large enough to see every share change
HEAD, GAP = 1.58, 0.3  # Manim units for a formula above the network, and between the two
BOXED = 0.2  # Manim units that a frame around Σ needs: the factors move by this, the sign by half of it

SHARE = IDENTITIES["share"].relation
with evaluate(False):
    SLOPE, FIRST, SECOND = derivative(C, z[i]), derivative(C, a[j]), derivative(a[j], z[i])


class Paths(Chapter, film=FILM, docked=True):
    """There are as many paths from one score to the loss as there are classes, and their effects add."""

    @beat
    def all_outputs_move(self) -> None:
        """A nudge of z_i spreads along all edges: one share rises, the others fall, and the loss changes."""
        head, below = self._rows()
        names = [self.class_name(k) for k in range(self.solution.K)]
        self._net = net = PathNetwork(self.solution, [*names, self.class_name(self.solution.i)], below)
        formula = head.place(Formula(SHARE))
        denominator = frame_around(formula.find(exp_sum), margin=0.13)
        nudge = PathNudge(self.solution, net, NUDGE)
        self.play(*appear(*net.parts, net.loss_number, formula), run_time=0.5)
        nudge.follow()
        self.on("push", *nudge.push(), run_time=1.0)
        self.on("denominator", Create(denominator), run_time=0.7)
        self.play(*net.light(net.replies), run_time=1.0)
        self.on("moves", *nudge.reply(), run_time=1.2)
        self.on("reach", *net.light(net.effects), run_time=0.9)
        self.play(*nudge.arrive(), run_time=0.9)
        self.play(*nudge.release(), run_time=0.9)
        nudge.settle()

    @beat
    def missing_paths(self) -> None:
        """Only the path through a_i is lit; its effect is compared with the measured slope."""
        net, sol = self._net, self.solution
        head, _ = self._rows()
        claim = SinglePath(self.label("alone"), self.quantity("onepath"), self.quantity("fd[i]"), head)
        self.clear_stage(*net.parts)
        self.on("only", *net.single_out(sol.i), FadeIn(claim.frame, claim.label), run_time=1.0)
        self._target = net.meters[sol.i].target(sol.lesson.targets[sol.i])
        number = net.meters[sol.i].renumber(self.quantity("y[i]"), colour="y")
        self.on("target", FadeIn(self._target), *number, run_time=0.8)
        self.on("none", FadeIn(claim.value, shift=0.3 * UP), run_time=0.9)
        self.on("measured", TransformFromCopy(self.dock.pin, claim.pin), run_time=1.0)
        if claim.differs:
            self.play(FadeIn(claim.mark, scale=1.6), run_time=0.5)

    @beat(hold="key_hold")
    def add_them_up(self) -> None:
        """Pulses run along all paths and pile up at C: the height of the stack is the derivative."""
        net, sol = self._net, self.solution
        head, _ = self._rows()
        formula = head.place(Formula(DERIVATIONS["chain"].equations[0]))
        formula.find(SECOND).set_fill(style().colour("a"))
        total = rest_of(formula, SLOPE, "=", FIRST, SECOND).shift(BOXED / 2 * RIGHT)
        VGroup(formula.find(FIRST), formula.find(SECOND)).shift(BOXED * RIGHT)
        stack = SignedStack(
            [self.quantity(f"term[{k}]") for k in range(sol.K)], self.quantity("g[i]"), net.beside_loss
        )
        pulses = Pulses(net, sol.terms)
        self.clear_stage(*net.parts)
        self.add(formula.hidden())
        shares = net.meters[sol.i].renumber(self.quantity(f"a[{sol.i}]"), colour="a")
        self.play(*net.bring_back(), *shares, *formula.reveal(SLOPE, "="), run_time=0.5)
        self.on("arrive", pulses.to_meters(), run_time=1.0)
        self.play(pulses.to_loss(), *net.renumber("term"), FadeIn(stack.base), run_time=1.0)
        self.add(stack.number)
        self.on("add", *stack.pile_up(), Transform(total, total.copy().set_fill(opacity=1)), run_time=1.6)
        stack.settle()
        self.on("sum", Create(frame_around(total, margin=0.08)), run_time=0.7)
        links = formula.reveal(FIRST, SECOND)  # together: with one of them only, the sum is another
        self.on("links", *links, net.tint(net.effects), run_time=1.0)
        self.play(net.tint(net.replies), run_time=1.0)

    def _rows(self) -> tuple[Region, Region]:
        """The regions of the formula or comparison, and of the network below."""
        head, below = self.stage.rows(HEAD, self.stage.height - HEAD - GAP, gap=GAP)
        return head, below
