"""What a scene may not do: type a number or a word, wait for a time, or run itself.

Each rule is a walk over the syntax tree of a file. It is first shown to catch what it forbids, then used on
every scene of the film.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from softmax_explained.core import default_lesson, solve
from softmax_explained.errors import UnknownQuantityError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter

SCENES = sorted((Path(__file__).parent.parent / "scenes").rglob("*/*.py"))
SOLUTION = solve(default_lesson())

WRITES_IN_ITS_OWN_WAY = {
    *("Text", "MarkupText", "Paragraph", "Title", "BulletedList", "Tex", "MathTex", "SingleStringMathTex"),
    *("Typst", "MathTypst", "DecimalNumber", "Integer", "Variable", "Matrix", "DecimalMatrix", "Table"),
}
"""What Manim has for text, numbers and formulas.

Here words come from the words file (`label`), numbers from a quantity (`Readout`), formulas from a proved
expression (`Formula`)."""

Rule = Callable[[ast.Module], Iterator[ast.AST]]


def strings_with_a_digit(tree: ast.Module) -> Iterator[ast.AST]:
    """Strings that hold a digit, but for docstrings and keys of quantities such as ``J[0,2]`` or ``C1``."""
    prose = {id(line.value) for line in ast.walk(tree) if isinstance(line, ast.Expr)}
    prose |= {
        id(part)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr) and is_key(first_of(text))
        for part in text.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from [node] if has_digit(node.value) and not is_key(node.value) else []


def first_of(text: ast.JoinedStr) -> str:
    """The text of an f-string whose fields are all 0."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in text.values)


def has_digit(text: str) -> bool:
    return any(letter.isnumeric() for letter in text)


def is_key(text: str) -> bool:
    try:
        return bool(SOLUTION[text].key)
    except UnknownQuantityError:
        return False


def words_in_python(tree: ast.Module) -> Iterator[ast.AST]:
    """Words written on the spot: ``self.words("total")``, ``Words("total")``; a label is looked up."""
    looked_up = {
        id(part)
        for call in calls(tree)
        if name_called(call) in ("label", "shared", "chapter_title")
        for given in call.args
        for part in ast.walk(given)
    }
    for node in calls(tree):
        if name_called(node) in ("words", "Words") and any(
            isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in looked_up
            for given in node.args
            for part in ast.walk(given)
        ):
            yield node


def type_of_manims_own(tree: ast.Module) -> Iterator[ast.AST]:
    """Imports of Manim's own text, numbers and formulas."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("manim"):
            yield from (alias for alias in node.names if alias.name in {*WRITES_IN_ITS_OWN_WAY, "*"})
        if isinstance(node, ast.Import):
            yield from (alias for alias in node.names if alias.name.startswith("manim"))


def waits(tree: ast.Module) -> Iterator[ast.AST]:
    """Waiting for a time: how long a beat lasts follows from its words."""
    times = {"wait", "pause", "sleep", "wait_until", "wait_until_time"}
    yield from (node for node in calls(tree) if name_called(node) in times)


def own_construct(tree: ast.Module) -> Iterator[ast.AST]:
    """A scene that runs itself: the base class runs the beats."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in ("construct", "setup", "tear_down", "render"):
            yield node


def colours_by_value(tree: ast.Module) -> Iterator[ast.AST]:
    """A colour by its value or by Manim's name for it; here a colour is a role of assets/style.toml."""
    from manim.utils.color import manim_colors

    named = {name for name in vars(manim_colors) if name.isupper()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias for alias in node.names if alias.name in named)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("#"):
            yield node


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


FORBIDDEN: dict[Rule, tuple[str, ...]] = {
    strings_with_a_digit: ('Words("0.659")', 'f"{share:.3f}"', 'x = "a ½"', 'self.quantity("a[7]")'),
    words_in_python: ('self.words("total")', 'Words(f"total {k}")'),
    type_of_manims_own: ("from manim import Create, MathTex", "from manim import *", "import manim as m"),
    waits: ("self.wait()", "self.wait(run_time)", "time.sleep(hold)"),
    own_construct: ("class Loss(Chapter):\n    def construct(self): ...",),
    colours_by_value: ("from manim import Create, RED", 'bar.set_fill("#E2C83F")'),
}

ALLOWED = '''
"""Chapter 2: docstrings may count to 10."""
from manim import Create, FadeIn
from sympy import Integer
class Loss(Chapter):
    @beat
    def price(self):
        """Slides from 1 down to a_t."""
        share = Readout(self.quantity("a[t]"))
        self.on("share", FadeIn(share), run_time=0.8)
        self.play(Create(self.words(self.class_name(0))), FadeIn(Readout(self.quantity("J[0,2]"))))
'''


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule in FORBIDDEN for code in FORBIDDEN[rule]])
def test_a_rule_catches_what_it_forbids(rule: Rule, code: str) -> None:
    assert list(rule(ast.parse(code)))


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_a_rule_leaves_good_scenes_alone(rule: Rule) -> None:
    assert not list(rule(ast.parse(ALLOWED)))


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("scene", SCENES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_scene_keeps_the_rules(scene: Path, rule: Rule) -> None:
    broken = [
        f"line {node.lineno}: {ast.unparse(node)}" for node in rule(ast.parse(scene.read_text("utf-8")))
    ]  # type: ignore[attr-defined]
    assert not broken, f"scenes/{scene.name}: {rule.__doc__}"


def test_every_chapter_has_a_folder_with_its_scene() -> None:
    assert {scene.parent.name for scene in SCENES if scene.name == "scene.py"} == {
        chapter.name for chapter in FILM.chapter_classes()
    }


@pytest.mark.parametrize("name", FILM.chapters)
def test_the_base_class_runs_every_chapter(name: str) -> None:
    made = FILM.chapter(name)
    assert issubclass(made, Chapter)
    assert made.construct is Chapter.construct
    assert made.beats()
