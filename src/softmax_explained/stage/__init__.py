"""What scenes are built with: type, formulas, charts, the beat."""

from softmax_explained.stage.arrive import Arrive
from softmax_explained.stage.bars import Bars, Pushes, Targets, push
from softmax_explained.stage.beat import beat
from softmax_explained.stage.box import Box, Outline
from softmax_explained.stage.chapter import Chapter, appear
from softmax_explained.stage.column import Column
from softmax_explained.stage.flight import Flight, rest_of
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.heatmap import HeatMap
from softmax_explained.stage.jacobian_table import JacobianTable
from softmax_explained.stage.leaf import equals, leaf
from softmax_explained.stage.loss_terms import LossTerms
from softmax_explained.stage.morph import Morph
from softmax_explained.stage.network import Node, arrow, edge, layer
from softmax_explained.stage.neuron_diagram import NeuronDiagram, bodies, input_nodes
from softmax_explained.stage.nudged_strip import NudgedStrip
from softmax_explained.stage.pen import frame_around, span, strike
from softmax_explained.stage.plot import Plot, dashed
from softmax_explained.stage.price_curve import Marker, PriceCurve
from softmax_explained.stage.price_story import OneHotPrice, SharedPrice
from softmax_explained.stage.production import Production
from softmax_explained.stage.run_into import RunInto
from softmax_explained.stage.scores import Scores
from softmax_explained.stage.strip import Ruler, Strip
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Type, Words
from softmax_explained.stage.waterfall import Change, Waterfall

__all__ = [
    "Arrive",
    "Bars",
    "Box",
    "Change",
    "Chapter",
    "Column",
    "Flight",
    "Formula",
    "HeatMap",
    "JacobianTable",
    "LossTerms",
    "Marker",
    "Morph",
    "NeuronDiagram",
    "Node",
    "NudgedStrip",
    "OneHotPrice",
    "Outline",
    "Plot",
    "PriceCurve",
    "Production",
    "Pushes",
    "Readout",
    "Region",
    "Ruler",
    "RunInto",
    "Scores",
    "SharedPrice",
    "Strip",
    "Targets",
    "Type",
    "Waterfall",
    "Words",
    "appear",
    "arrow",
    "beat",
    "bodies",
    "dashed",
    "edge",
    "equals",
    "frame_around",
    "input_nodes",
    "layer",
    "leaf",
    "point",
    "push",
    "rest_of",
    "span",
    "strike",
    "style",
]
