"""MathML is well-formed, has elements of MathML Core only, and says what was written."""

import cmath
from itertools import product
from random import Random
from xml.etree import ElementTree

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mathml_reader import FREE, SPACE, World, sides
from random_trees import LETTERS, SIZE, grown
from sympy import Eq, Float, Symbol, Tuple, evaluate, sin

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS, SOFTMAX
from softmax_explained.core.formulas.nodes import Cases, Change, Dots, Shown, Slash, Word, named
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    K,
    M,
    a,
    derivative,
    dz,
    i,
    j,
    k,
    sum_over,
    w,
    y,
    y_smooth,
)
from softmax_explained.core.printing import mathml
from softmax_explained.core.printing.mathml import to_mathml, xml_text
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.proof.interpreter import interpret
from softmax_explained.core.proof.numeric import FiftyDigits
from softmax_explained.errors import UsageError

#: Those that may be written here, of the elements of MathML Core; the number of children where it is fixed.
CORE = dict.fromkeys(["math", "mrow", "mtable", "mtr", "mtd", "mi", "mo", "mn", "mtext", "mspace"]) | {
    **dict.fromkeys(["mfrac", "msub", "msup", "munder", "mover"], 2),
    **dict.fromkeys(["msubsup", "munderover"], 3),
}
FILM = [
    *DEFINITIONS.values(),
    *(identity.relation for identity in IDENTITIES.values()),
    *(equation for derivation in DERIVATIONS.values() for equation in derivation.equations),
]
CLASSES, INPUTS = 4, 3
GREEK = {"epsilon": "ε", "eta": "η"}


def body(expr, **options):
    """The content of the math element, with readable signs for the invisible ones."""
    source = to_mathml(expr, **options)
    head, _, rest = source.partition(">")
    assert head.startswith('<math xmlns="')
    assert rest.endswith("</math>")
    return rest.removesuffix("</math>").replace("\u2061", "•").replace("\u2062", "×").replace("\u2063", "|")


def check_structure(source):
    for element in ElementTree.fromstring(source).iter():
        assert element.tag.startswith(SPACE)
        name = element.tag.removeprefix(SPACE)
        assert name in CORE
        assert CORE[name] in (None, len(element)), ElementTree.tostring(element)
        if name in ("mi", "mo", "mn", "mtext"):
            assert element.text
            assert not len(element)
        elif name != "mspace":
            assert len(element) >= 1
            assert not element.text


@pytest.mark.parametrize("bounds", [False, True])
@pytest.mark.parametrize("expr", FILM, ids=to_text)
def test_every_formula_of_the_film_is_well_formed_mathml_core(expr, bounds):
    check_structure(to_mathml(expr, bounds=bounds))
    check_structure(to_mathml(expr, display=True))


def expected(lines, world, index):
    """The values of lines by the interpreter of the provers, for the same letters."""
    free = {named(letter)[0] for letter in SOFTMAX.ranges}
    given = {
        (name, at): mpmath.mpf(value.real)
        for (letter, at), value in world.known.items()
        for name in [{sign: name for name, sign in GREEK.items()}.get(letter, letter)]
        if name in free
    }
    domain = FiftyDigits(SOFTMAX, {K: CLASSES, M: INPUTS}, given)
    symbols = {each: index[each.name] for each in (i, j, k) if each.name in index}
    symbols |= {each: index[each.name] for each in SOFTMAX.indices if each.name in index}
    return [complex(interpret(line.xreplace({dz: Symbol("dz")}), domain, symbols)) for line in lines]


def choices(derivation):
    ends = [range(1, (INPUTS if str(each) == "m" else CLASSES) + 1) for each in derivation.free]
    for at in product(*ends):
        index = dict(zip(map(str, derivation.free), at, strict=True))
        if derivation.when and (index["i"] == index["j"]) != (derivation.when == "i=j"):
            continue
        yield index


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_line_of_every_derivation_has_the_value_that_was_written(name):
    derivation = DERIVATIONS[name]
    for seed, index in enumerate(choices(derivation)):
        world = World(seed, {"i": CLASSES, "m": INPUTS})
        values = expected(derivation.lines, world, index)
        for n, equation in enumerate(derivation.equations, 1):
            found = sides(to_mathml(equation), world, index)
            for one, other in zip(found, (values[0], values[n]), strict=True):
                assert cmath.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9), (to_text(equation), index)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_definitions_hold_as_they_are_read(name):
    for seed in range(3):
        world = World(seed, {"i": CLASSES, "m": INPUTS})
        left, right = sides(to_mathml(DEFINITIONS[name]), world, {"i": 2})
        assert cmath.isclose(left, right, rel_tol=1e-9)


def check_trees(count, seed):
    draw, world = Random(seed), World(0, {"i": SIZE, "m": SIZE}, letters=LETTERS)
    for _ in range(count):
        tree, value = grown(draw)
        source = to_mathml(tree)
        (found,) = sides(source, world, {"i": 1})
        assert cmath.isclose(found, value, rel_tol=1e-6), (source, tree)


def test_a_thousand_random_trees_say_what_was_written():
    check_trees(1_000, seed=11)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("TIMES", "+"),
        ("_between", lambda row, left, right: []),
        ("_fence", lambda sign, form: "<mspace/>"),
    ],
)
def test_a_broken_rule_of_the_printer_is_noticed(name, broken, monkeypatch):
    monkeypatch.setattr(mathml, name, broken)
    with pytest.raises((AssertionError, KeyError, IndexError)):
        check_trees(200, seed=12)


@given(st.integers(0, 10**9), st.booleans())
def test_any_tree_is_well_formed(seed, bounds):
    check_structure(to_mathml(grown(Random(seed))[0], bounds=bounds))


@given(st.text())
def test_any_word_comes_back_from_the_parser(text):
    (word,) = ElementTree.fromstring(to_mathml(Word(text)))
    unknown = {each for each in text if each != "\ufffd"} - set(word.text or "")
    assert not [each for each in unknown if xml_text(each) != "\ufffd" and each != "\r"]
    assert len(word.text or "") == len(text)


@pytest.mark.parametrize("text", ["</math><script>alert(1)</script>", '" onload="x', "&lt;", "]]>", "<!--"])
def test_hostile_words_stay_words(text):
    source = to_mathml(Word(text))
    assert ElementTree.fromstring(source)[0].text == text
    assert "<script" not in source


with evaluate(False):
    WRITTEN = [
        (w[1, 2], "<msub><mi>w</mi><mrow><mn>1</mn><mo>,</mo><mn>2</mn></mrow></msub>"),
        (w[i, k], "<msub><mi>w</mi><mrow><mi>i</mi><mo>|</mo><mi>k</mi></mrow></msub>"),
        (y_smooth[i], "<msubsup><mi>y</mi><mi>i</mi><mo>′</mo></msubsup>"),
        (
            y_smooth[i] ** 2,
            "<msubsup><msup><mi>y</mi><mo>′</mo></msup><mi>i</mi><mn>2</mn></msubsup>",
        ),
        (Change(C), '<mrow><mi mathvariant="normal">Δ</mi><mi>C</mi></mrow>'),
        (Slash(C, K), "<mrow><mi>C</mi><mo>/</mo><mi>K</mi></mrow>"),
        (Dots(), '<mi mathvariant="normal">⋯</mi>'),
        (Symbol("cost"), "<mi>cost</mi>"),
        (Symbol("n_ce"), "<msub><mi>n</mi><mi>ce</mi></msub>"),
        (Shown(-0.341, "−0.341"), '<mrow><mo form="prefix">−</mo><mn>0.341</mn></mrow>'),
        (
            Shown(Float("2e434"), "2.0 × 10⁴³⁴"),
            "<mrow><mn>2.0</mn><mo>×</mo><msup><mn>10</mn><mn>434</mn></msup></mrow>",
        ),
        (
            derivative(-C, a[j]),
            '<mrow><mfrac><mi mathvariant="normal">∂</mi><mrow><mi mathvariant="normal">∂</mi>'
            "<msub><mi>a</mi><mi>j</mi></msub></mrow></mfrac><mo>•</mo>"
            '<mrow><mo form="prefix">(</mo><mrow><mo form="prefix">−</mo><mi>C</mi></mrow>'
            '<mo form="postfix">)</mo></mrow></mrow>',
        ),
        (
            Tuple(a[1], y[1]),
            '<mrow><mo form="prefix">(</mo><mrow><msub><mi>a</mi><mn>1</mn></msub><mo>,</mo>'
            '<msub><mi>y</mi><mn>1</mn></msub></mrow><mo form="postfix">)</mo></mrow>',
        ),
    ]


@pytest.mark.parametrize(("expr", "source"), WRITTEN, ids=[to_text(row[0]) for row in WRITTEN])
def test_a_formula_is_written_as_a_person_would(expr, source):
    assert body(expr) == source
    check_structure(to_mathml(expr))


def test_bounds_stand_below_and_above_the_sign():
    assert body(sum_over(y[k], k), bounds=True).startswith(
        "<mrow><munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>K</mi></munderover>"
    )


def test_cases_are_a_table():
    source = to_mathml(Cases((a[i], Eq(i, j)), (y[i], Eq(i, k))))
    assert len(ElementTree.fromstring(source).findall(f".//{SPACE}mtr")) == 2


@pytest.mark.parametrize("expr", [sin(a[i]), Float(0.5), "a_i"])
def test_a_node_without_a_rule_is_an_error(expr):
    with pytest.raises(UsageError):
        to_mathml(expr)


def test_the_letters_of_the_reader_are_those_of_the_theory():
    free = {GREEK.get(named(letter)[0], named(letter)[0]) for letter in SOFTMAX.ranges}
    assert free == set(FREE)
