"""The nodes of neurons: inputs with their numbers, and neurons with the sign of the sum."""

from typing import Any

from manim import LEFT, Animation, FadeOut, ReplacementTransform, VGroup

from softmax_explained.core.formulas.symbols import x
from softmax_explained.core.solve import Solution
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.shapes.network import layer
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, TypesetText

SPACE = 0.25  # Manim units between a node and its letter or name


def neuron_nodes(count: int, region: Region, *, largest: float) -> Any:
    """Neurons below each other: rings with the sign of the sum, if it fits."""
    small = region.height / count < 0.7
    signs = [VGroup() if small else TypesetText("$sum$", size="formula") for _ in range(count)]
    return layer(signs, region, largest=largest, role="ink")


def input_nodes(solution: Solution, region: Region) -> Any:
    """The inputs at the left of a region: M nodes with their numbers, and M letters beside the nodes.

    Numbers that do not fit into the nodes are beside them, in place of the letters.
    """
    column = Region(region.left + 0.9, region.bottom, region.left + 2.1, region.top)
    numbers = [Readout(solution[f"x[{m}]"]) for m in range(solution.M)]
    nodes = layer(numbers, column, largest=0.58, role="x")
    if nodes[0].beside:
        return VGroup(nodes, VGroup())
    letters = [Formula(x[m + 1]).next_to(node, LEFT, buff=SPACE) for m, node in enumerate(nodes)]
    return VGroup(nodes, VGroup(*letters))


def move_inputs(start: Any, end: Any) -> list[Animation]:
    """Transform inputs into others, each as returned by `input_nodes`; fade out what does not fit there."""
    (nodes, letters), (others, other_letters) = start, end
    moves: list[Animation] = []
    for node, other in zip(nodes, others, strict=True):
        moves.append(ReplacementTransform(node.ring, other.ring))
        if len(node.content):
            stays = len(other.content) > 0
            moves.append(
                ReplacementTransform(node.content, other.content) if stays else FadeOut(node.content)
            )
    if len(letters) and len(other_letters):
        return [*moves, ReplacementTransform(letters, other_letters)]
    return [*moves, FadeOut(letters)] if len(letters) else moves
