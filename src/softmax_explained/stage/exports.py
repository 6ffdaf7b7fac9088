"""The names that `softmax_explained.stage` passes on."""

from softmax_explained.stage.animations.algebra_sheet import AlgebraSheet
from softmax_explained.stage.animations.camera_move import CameraMove
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.charts.bar_chart import TargetArrows, vertical_arrow
from softmax_explained.stage.charts.nudged_strip import NudgedStrip
from softmax_explained.stage.charts.plot import Plot, dashed, thick_curve, tick_label
from softmax_explained.stage.charts.strip import Ruler, Strip
from softmax_explained.stage.design.layout import Point, Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.beat import beat
from softmax_explained.stage.scene.chapter import Chapter, appear
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.shapes.annotations import frame_around, glow, line, span, strike
from softmax_explained.stage.shapes.box import Box, Outline
from softmax_explained.stage.shapes.network import Node, arrow, edge, layer
from softmax_explained.stage.text.formula import Formula, rest_of
from softmax_explained.stage.text.text import Readout, TypesetText, Words, component
from softmax_explained.stage.text.worked_equation import equals
