"""The Jacobian folds into the map of the paths: its column i goes into the slots of the score."""

from __future__ import annotations

from manim import Animation, FadeIn, FadeOut, VGroup, VMobject

from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.scenes.softmax_slope.last_picture import LastPicture
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members


class FoldedTable:
    """The move from the last picture of the chapter before to the map.

    The letters of the nodes and the numbers of the slots, which the small map has not, come at the end. Until
    then they are no parts of their frames: a frame would turn into them too.

    Args:
        picture: the table, its formula and the small map, on the stage.
        path_map: where the small map grows to.
        column: of the table, the cells of which go into the left slots.

    Attributes:
        moves: the animations.
    """

    def __init__(self, picture: LastPicture, path_map: PathMap, column: int) -> None:
        table = picture.table
        slots = [slot for side in path_map.slots.values() for slot in side]
        self._framed: list[tuple[VGroup, VMobject]] = [(slot, slot.content) for slot in slots]
        self._framed += [(node, node.content) for node in (path_map.score, path_map.loss)]
        for frame, text in self._framed:
            frame.remove(text)
        self.moves: list[Animation] = picture.map.turn_into(path_map)
        self.moves += [FadeIn(text, rate_func=late) for _, text in self._framed if len(text)]
        folded = list[VMobject]()
        for row, slot in zip(members(table.cells, VGroup), path_map.slots["left"], strict=True):
            folded.append(row[column])
            self.moves.append(FadeOut(row[column], target_position=slot.frame, scale=0.4))
        staying = {id(part) for each in folded for part in each.get_family()}
        drawn = members(table.family_members_with_points(), VMobject)
        rest = [part for part in drawn if id(part) not in staying]
        gone = VGroup(*rest), picture.bracket, picture.formula
        self.moves += [FadeOut(each, rate_func=early) for each in gone]

    def finish(self) -> None:
        """Put letters and numbers back into their nodes and slots, when the moves are over."""
        for frame, text in self._framed:
            frame.add(text)
