"""The camera moves from a network into the neuron of a class, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Animation, FadeIn, FadeOut, Mobject, Transform, VGroup, VMobject, smooth, squish_rate_func

from softmax_explained.scenes.pictures.network import Network
from softmax_explained.scenes.pictures.neuron_diagram import NeuronDiagram
from softmax_explained.stage import CameraMove
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.text import Glyph

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
    diagram: NeuronDiagram, network: Network, k: int, standing: Sequence[Mobject]
) -> list[Animation]:
    """The camera move back from a neuron to a network, which is on the screen in the end, and nothing else.

    Args:
        diagram: the neuron on the screen.
        network: not on the screen, with the columns x and z.
        k: the class.
        standing: all that is on the screen.
    """
    pairs, node = _pairs(diagram, network, k), network.columns["z"][k]
    leaving = _others(standing, [start for start, _ in pairs])
    factor, centre = node.radius / diagram.body.radius, diagram.body.get_center()
    others = _others([network], [end for _, end in pairs])
    texts = [part for part in others if isinstance(part, Glyph)]  # grown, they would cross the title
    coming = [part for part in others if not isinstance(part, Glyph)]
    for part in coming:
        part.scale(1 / factor, about_point=node.ring.get_center()).shift(centre - node.ring.get_center())
        part.set_stroke(width=part.get_stroke_width() / factor)
    places = {"focus": centre, "target": node.ring.get_center()}
    back = CameraMove(coming, **places, factor=factor, opacity=(0.0, 1.0))
    return [
        FadeOut(VGroup(*leaving), rate_func=early),
        back,
        *[Transform(*pair) for pair in pairs],
        FadeIn(VGroup(*texts), rate_func=squish_rate_func(smooth, LANDED, 1.0)),
    ]


def _pairs(diagram: NeuronDiagram, network: Network, k: int) -> list[tuple[Any, Any]]:
    """The parts of a neuron that a network has too, each with its counterpart."""
    found: list[Any] = [(diagram.body.ring, network.columns["z"][k].ring)]
    found += zip(diagram.wires, network.fan("z", k), strict=True)
    for own, other in zip(diagram.nodes, network.columns["x"], strict=True):
        found.append((own.ring, other.ring))
        if len(own.content) and len(other.content):
            found.append((own.content, other.content))
    return found


def _others(mobjects: Sequence[Mobject], taken: Sequence[Mobject]) -> list[Any]:
    """All drawn parts of some mobjects that do not belong to others."""
    known = {id(part) for each in taken for part in each.get_family()}
    parts = [part for each in mobjects for part in each.family_members_with_points()]
    return [part for part in parts if id(part) not in known and isinstance(part, VMobject)]
