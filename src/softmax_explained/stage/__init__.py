"""What scenes are built with: type, formulas, charts, the beat."""

from softmax_explained.stage.bars import Bars, Pushes, Targets, push
from softmax_explained.stage.beat import beat
from softmax_explained.stage.box import Box, Outline
from softmax_explained.stage.chapter import Chapter, appear
from softmax_explained.stage.column import Column
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point, stack
from softmax_explained.stage.heatmap import HeatMap
from softmax_explained.stage.morph import Morph
from softmax_explained.stage.network import Node, arrow, edge
from softmax_explained.stage.pen import frame_around, span, strike
from softmax_explained.stage.plot import Plot, dashed
from softmax_explained.stage.production import Production
from softmax_explained.stage.strip import Ruler, Strip
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Words

__all__ = [
    "Bars",
    "Box",
    "Chapter",
    "Column",
    "Formula",
    "HeatMap",
    "Morph",
    "Node",
    "Outline",
    "Plot",
    "Production",
    "Pushes",
    "Readout",
    "Region",
    "Ruler",
    "Strip",
    "Targets",
    "Words",
    "appear",
    "arrow",
    "beat",
    "dashed",
    "edge",
    "frame_around",
    "point",
    "push",
    "span",
    "stack",
    "strike",
    "style",
]
