"""The Jacobian folds into the map of the paths: its column i goes into the slots of the score."""

from __future__ import annotations

from manim import Animation, FadeOut, VGroup, VMobject

from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.scenes.softmax_slope.last_picture import LastPicture
from softmax_explained.stage.design.rate_functions import early


def fold_table(picture: LastPicture, path_map: PathMap, column: int) -> list[Animation]:
    """The animations that turn the last picture of the chapter before into the map.

    Args:
        picture: the table, its formula, the shares and the small map, on the stage.
        path_map: where the small map grows to.
        column: of the table, the cells of which go into the left slots.
    """
    table, moves = picture.table, picture.map.turn_into(path_map)
    folded = list[VMobject]()
    for row, slot in zip(table.cells, path_map.slots["left"], strict=True):
        folded.append(row[column])
        moves.append(FadeOut(row[column], target_position=slot.frame, scale=0.4))
    staying = {id(part) for each in folded for part in each.get_family()}
    rest = [part for part in table.family_members_with_points() if id(part) not in staying]
    gone = VGroup(*rest), picture.strip, picture.bracket, picture.formula
    return [*moves, *[FadeOut(each, rate_func=early) for each in gone]]
