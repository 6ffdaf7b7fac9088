"""What scenes are built with: type, formulas, charts, the beat."""

from softmax_explained.stage.bars import Bars, Pushes, Targets, push
from softmax_explained.stage.beat import beat
from softmax_explained.stage.box import Box, Outline
from softmax_explained.stage.chapter import Chapter, appear
from softmax_explained.stage.column import Column
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point, stack
from softmax_explained.stage.heatmap import HeatMap
from softmax_explained.stage.jacobian_table import JacobianTable
from softmax_explained.stage.leaf import equals, leaf
from softmax_explained.stage.morph import Morph
from softmax_explained.stage.network import Node, arrow, edge, layer
from softmax_explained.stage.neuron_diagram import NeuronDiagram, bodies, input_nodes
from softmax_explained.stage.nudged_strip import NudgedStrip
from softmax_explained.stage.pen import frame_around, span, strike
from softmax_explained.stage.plot import Plot, dashed
from softmax_explained.stage.production import Production
from softmax_explained.stage.scores import Scores
from softmax_explained.stage.strip import Ruler, Strip
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Words
from softmax_explained.stage.waterfall import Change, Waterfall

__all__ = [
    "Bars",
    "Box",
    "Change",
    "Chapter",
    "Column",
    "Formula",
    "HeatMap",
    "JacobianTable",
    "Morph",
    "NeuronDiagram",
    "Node",
    "NudgedStrip",
    "Outline",
    "Plot",
    "Production",
    "Pushes",
    "Readout",
    "Region",
    "Ruler",
    "Scores",
    "Strip",
    "Targets",
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
    "span",
    "stack",
    "strike",
    "style",
]
