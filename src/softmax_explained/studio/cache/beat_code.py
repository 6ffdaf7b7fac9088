"""The source of a chapter beat by beat: a beat depends on those before it, not on those after it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from softmax_explained.stage.scene.beat import beat as beat_decorator


@dataclass(frozen=True)
class BeatCode:
    """The hashes of the parts of a module with a chapter.

    Attributes:
        common: all but the bodies of the beats.
        beats: each beat with its decorators, by name, in order; none if beats use each other, because then
            all of the module is common.
    """

    common: str
    beats: Mapping[str, str]


def beat_code(source: str, chapter: str) -> BeatCode:
    """Tell the beats of a chapter apart.

    Args:
        source: of its module.
        chapter: the name of its class.

    >>> code = '''
    ... class Loss(Chapter):
    ...     @beat
    ...     def price(self):
    ...         self.play()
    ... '''
    >>> one, other = (beat_code(code.replace("play()", call), "Loss") for call in ("play()", "play(1)"))
    >>> one.common == other.common, one.beats == other.beats
    (True, False)
    """
    tree, lines = ast.parse(source), source.splitlines(keepends=True)
    methods = [*_beats(tree, chapter)]
    if any(_is_used(method.name, tree, chapter) for method in methods):
        return BeatCode(_hash(source), {})
    beats = dict[str, str]()
    for method in reversed(methods):
        first, last = method.decorator_list[0].lineno - 1, method.end_lineno
        beats[method.name] = _hash("".join(lines[first:last]))
        lines[first:last] = [f"    # {method.name}\n"]
    return BeatCode(_hash("".join(lines)), dict(reversed(beats.items())))


def _beats(tree: ast.Module, chapter: str) -> Iterator[ast.FunctionDef]:
    for each in tree.body:
        if isinstance(each, ast.ClassDef) and each.name == chapter:
            for method in each.body:
                if isinstance(method, ast.FunctionDef) and any(map(_is_beat, method.decorator_list)):
                    yield method


def _is_beat(decorator: ast.expr) -> bool:
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(name, ast.Name) and name.id == beat_decorator.__name__


def _is_used(name: str, tree: ast.Module, chapter: str) -> bool:
    """Whether a chapter refers to one of its methods by name."""
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == name)
    return any(ast.unparse(value) in ("self", "cls", "super()", chapter) for value in found)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
