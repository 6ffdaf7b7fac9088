"""The camera moves from a network into the neuron of a class, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Animation, FadeIn, FadeOut, Mobject, Transform, VGroup, VMobject, smooth, squish_rate_func

from softmax_explained.scenes.pictures.network import Network
from softmax_explained.scenes.pictures.neuron_diagram import NeuronDiagram
from softmax_explained.stage import CameraMove
from softmax_explained.stage.design.rate_functions import at_once, early, late
from softmax_explained.stage.text.text import Glyph

CLEARED = 0.2  # the part of the camera move back in which numbers leave, before wires pass over them
LANDED = 0.85  # the part of the camera move back after which the letters come to their nodes


def go_into(diagram: NeuronDiagram, network: Network, k: int, whole: VMobject) -> list[Animation]:
    """A camera move from a network into the neuron of a class; what does not belong to it leaves the frame.

    Args:
        diagram: the neuron; its ground is on the screen in the end.
        network: on the screen, with the columns x and z.
        k: the class.
        whole: all that is on the screen.
    """
    pairs = [(start, end) for end, start in _pairs(diagram, network, k)]
    others = _others([whole], [start for start, _ in pairs])
    texts = [part for part in others if isinstance(part, Glyph)]  # grown, they would cross the title
    leaving = [part for part in others if not isinstance(part, Glyph)]
    node = network.columns["z"][k]
    places = {"focus": node.ring.get_center(), "target": diagram.body.get_center()}
    away = CameraMove(leaving, **places, factor=diagram.body.radius / node.radius, opacity=(1.0, 0.0))
    new = _others([diagram.ground], [end for _, end in pairs])
    gone = FadeOut(VGroup(*texts), rate_func=early)
    return [
        away,
        gone,
        *[Transform(*pair) for pair in pairs],
        *[FadeIn(part, rate_func=late) for part in new],
    ]


def pull_back(
    diagram: NeuronDiagram,
    network: Network,
    k: int,
    standing: Sequence[Mobject],
    lines: Sequence[Mobject],
) -> list[Animation]:
    """The camera move back from a neuron to a network, which is on the screen in the end, and nothing else.

    The other neurons of the network come out of this one with their wires, which stay tied to both ends.

    Args:
        diagram: the neuron on the screen.
        network: not on the screen, with the columns x and z.
        k: the class.
        standing: all that is on the screen.
        lines: the formulas among it, clear of all wires, which are read until they leave.
    """
    pairs = _pairs(diagram, network, k)
    leaving = _others(standing, [*lines, *(start for start, _ in pairs)])
    copies = [
        (start.copy().set_fill(opacity=0), end)  # the Σ of the first one is seen until it has left
        for n in range(len(network.columns["z"]))
        for start, end in _pairs_of_row(diagram, network, n)
        if n != k
    ]
    new = _others([network], [end for _, end in (*pairs, *copies)])
    texts = [part for part in new if isinstance(part, Glyph)]
    rest = [part for part in new if not isinstance(part, Glyph)]
    moving = squish_rate_func(smooth, CLEARED, 1.0)
    return [
        FadeOut(VGroup(*leaving), rate_func=at_once),
        *[FadeOut(line, rate_func=early) for line in lines],
        *[Transform(*pair, rate_func=moving) for pair in (*copies, *pairs)],
        FadeIn(VGroup(*rest), rate_func=late),
        FadeIn(VGroup(*texts), rate_func=squish_rate_func(smooth, LANDED, 1.0)),
    ]


def _pairs(diagram: NeuronDiagram, network: Network, k: int) -> list[tuple[Any, Any]]:
    """The parts of a neuron that a network has too, each with its counterpart."""
    found = _pairs_of_row(diagram, network, k)
    for own, other in zip(diagram.nodes, network.columns["x"], strict=True):
        found.append((own.ring, other.ring))
        if len(own.content) and len(other.content):
            found.append((own.content, other.content))
    return found


def _pairs_of_row(diagram: NeuronDiagram, network: Network, n: int) -> list[tuple[Any, Any]]:
    """The ring and the wires of a neuron, each with that of a class in a network."""
    wires = zip(diagram.wires, network.fan("z", n), strict=True)
    return [(diagram.body.ring, network.columns["z"][n].ring), *wires]


def _others(mobjects: Sequence[Mobject], taken: Sequence[Mobject]) -> list[Any]:
    """All drawn parts of some mobjects that do not belong to others."""
    known = {id(part) for each in taken for part in each.get_family()}
    parts = [part for each in mobjects for part in each.family_members_with_points()]
    return [part for part in parts if id(part) not in known and isinstance(part, VMobject)]
