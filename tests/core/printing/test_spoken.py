"""Formulas in words: as a person reads them, and never two formulas in the same words."""

import cmath
import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_trees import LETTERS, grown
from spoken_reader import Listener
from sympy import Eq, Float, Integer, Ne, Rational, Symbol, Tuple, evaluate, exp, log, sin

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import (
    Approx,
    Cases,
    Change,
    Diag,
    Dots,
    Matrix,
    Norm,
    Shown,
    Slash,
    SumNot,
    Transposed,
    Vector,
    Word,
)
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    K,
    S,
    a,
    derivative,
    dz,
    f,
    g,
    i,
    j,
    k,
    prime,
    sum_over,
    u,
    w,
    x,
    y,
    y_smooth,
    z,
)
from softmax_explained.core.printing import spoken
from softmax_explained.core.printing.spoken import to_spoken
from softmax_explained.core.printing.spoken_terms import TERMS, spoken_language
from softmax_explained.core.printing.typst import to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import UsageError

LANGUAGES = sorted(TERMS)
FILM = [
    *DEFINITIONS.values(),
    *(identity.relation for identity in IDENTITIES.values()),
    *(condition for identity in IDENTITIES.values() for condition in (*identity.given, *identity.chosen)),
    *(line for derivation in DERIVATIONS.values() for line in derivation.lines),
    *(equation for derivation in DERIVATIONS.values() for equation in derivation.equations),
]

with evaluate(False):
    SAID = [
        (
            DERIVATIONS["collapse"].equations[-1],
            "the partial derivative of C with respect to z sub i equals a sub i minus y sub i",
            "C 对 z i 的偏导数等于 a i 减 y i",
        ),
        (
            DEFINITIONS["a"],
            "a sub i equals the fraction e to the z sub i, over the sum over k of e to the z sub k, end sum,"
            " end fraction",
            "a i 等于分式，分子 e 的 z i 次方，分母对 k 求和，e 的 z k 次方，求和完，分式完",
        ),
        (-y[j] / a[j], "minus y sub j over a sub j", "负 a j 分之 y j"),
        ((-y[j]) / a[j], "minus y sub j over a sub j", "负 a j 分之 y j"),
        (
            SumNot(y[j] * a[i], j, i, 1, K),
            "the sum over j not equal to i of y sub j times a sub i, end sum",
            "对不等于 i 的 j 求和，y j 乘以 a i，求和完",
        ),
        (exp(z[i] + dz), "e to the power of z sub i plus d z, end power", "e 的幂，指数 z i 加 d z，指数完"),
        (w[1, 2] * x[2] ** 2, "w sub 1 2 times x sub 2 squared", "w 1 2 乘以 x 2 的平方"),
        (a[i] ** Integer(4), "a sub i to the 4", "a i 的 4 次方"),
        (y_smooth[i], "y prime sub i", "y 撇 i"),
        (Change(C) * K, "capital delta C times K", "Δ C 乘以 K"),
        (Slash(C, K), "C slash K", "C 斜线 K"),
        (Dots() + y[1], "and so on plus y sub 1", "等等加 y 1"),
        (Tuple(a[1], y[1]), "open paren a sub 1, comma, y sub 1 close paren", "左括号 a 1，逗号，y 1 右括号"),
        (Transposed(Matrix("J")), "bold J transposed", "粗体 J 的转置"),
        (
            Diag(Vector("a")),
            "the diagonal matrix of open paren bold a close paren",
            "对角矩阵左括号粗体 a 右括号",
        ),
        (Norm(Vector("v")), "the norm of bold v, end norm", "范数，粗体 v，范数完"),
        (prime(f / g, u), "open paren f over g close paren prime", "左括号 g 分之 f 右括号撇"),
        (Symbol("cost"), "cost", "cost"),
        (Symbol("n_ce"), "n sub ce", "n ce"),
        (Word("much, more"), "“much, more”", "“much, more”"),
        (Shown(-0.341, "−0.341"), "minus 0.341", "负 0.341"),
        (Shown(0.5, "+0.500"), "plus 0.500", "正 0.500"),
        (Shown(Float("2e434"), "2.0 × 10⁴³⁴"), "2.0 times 10 to the 434", "2.0 乘以 10 的 434 次方"),
        (Approx(Rational(1, 2) * S, log(K)), None, "2 分之 1 乘以 S 约等于自然对数 K"),
        (
            Cases((a[i], Eq(i, j)), (y[i], Ne(i, j))),
            "2 cases: a sub i if i equals j; y sub i if i is not equal to j; end of cases",
            "分 2 种情况：i 等于 j 时，a i；i 不等于 j 时，y i；情况完",
        ),
    ]


@pytest.mark.parametrize(("expr", "english", "chinese"), SAID, ids=[to_text(row[0]) for row in SAID])
def test_a_formula_is_said_as_a_person_would(expr, english, chinese):
    assert english in (None, to_spoken(expr))
    assert to_spoken(expr, "zh") == chinese


def heard(words):
    """What is left of words when they are spoken: no commas, no capitals."""
    return re.sub(r"[,，;；:：\s]+", " ", words).casefold().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_formulas_of_the_film_are_said_in_the_same_words(language):
    said = {}
    for expr in FILM:
        said.setdefault(heard(to_spoken(expr, language)), set()).add(to_typst(expr).source)
    assert len(said) > 100
    assert {words: sources for words, sources in said.items() if len(sources) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_random_formulas_are_said_in_the_same_words(language):
    draw, said = Random(5), {}
    for _ in range(1_500):
        tree, _ = grown(draw)
        drawn = to_typst(tree).source.replace("- ", "-")  # −1 as a number or with a minus looks the same
        said.setdefault(heard(to_spoken(tree, language)), set()).add(drawn)
    assert len(said) > 1_000
    assert [sources for sources in said.values() if len(sources) > 1] == []


def check_trees(count, seed):
    draw = Random(seed)
    for _ in range(count):
        tree, value = grown(draw)
        words = to_spoken(tree)
        assert cmath.isclose(Listener(words, LETTERS).hear({"i": 1}), value, rel_tol=1e-6), (words, tree)


def test_a_thousand_random_trees_are_heard_as_they_were_written():
    check_trees(1_000, seed=21)


@pytest.mark.parametrize(
    "broken",
    [
        ("_is_single", lambda box: True),
        ("inside", lambda box: box),
    ],
)
def test_a_broken_rule_is_noticed(broken, monkeypatch):
    monkeypatch.setattr(spoken, *broken)
    with pytest.raises((AssertionError, UsageError, KeyError, IndexError, ValueError)):
        check_trees(300, seed=22)


PAIRS = [
    ("the fraction", "end fraction"),
    ("to the power of", "end power"),
    ("open paren", "close paren"),
    ("分式", "分式完"),
    ("左括号", "右括号"),
    ("指数", "指数完"),
]


@given(st.integers(0, 10**9))
def test_what_is_opened_is_closed(seed):
    tree, _ = grown(Random(seed))
    for opening, closing in PAIRS:
        text = to_spoken(tree, "zh" if "完" in closing or "括" in closing else "en")
        opened = text.replace(closing, "").count(opening)
        assert opened == text.count(closing)


@given(st.integers(0, 10**9), st.sampled_from(LANGUAGES))
def test_words_have_one_space_between_them_and_no_loose_punctuation(seed, language):
    text = to_spoken(grown(Random(seed))[0], language)
    assert text == text.strip()
    assert not re.search(r"\s\s|\s[,，;；]|[,，]\s*[,，;；]|[,，]$", text)
    assert not [pair for pair in pairwise(text) if set(pair) <= set("，；")]


@pytest.mark.parametrize("language", ["fr", "en-GB", "pt-BR", ""])
def test_a_language_without_words_for_formulas_hears_english(language):
    assert spoken_language(language) == "en"
    assert to_spoken(a[i], language) == "a sub i"


def test_bounds_are_said_when_they_are_shown():
    full = sum_over(y[k], k)
    assert to_spoken(full, bounds=True) == "the sum from k equals 1 to K of y sub k"
    assert to_spoken(full, "zh", bounds=True) == "从 k 等于 1 到 K 求和，y k"


@pytest.mark.parametrize("expr", [sin(a[i]), Float(0.5), "a_i"])
def test_a_node_without_a_rule_is_an_error(expr):
    with pytest.raises(UsageError):
        to_spoken(expr)


def test_a_sign_without_words_is_an_error(monkeypatch):
    monkeypatch.delitem(spoken.TERMS["en"].between, "=")
    with pytest.raises(UsageError, match="no words for the sign '='"):
        to_spoken(Eq(a[i], y[i], evaluate=False))


def test_a_slope_of_a_long_expression_is_said_before_it():
    assert to_spoken(derivative(-C, a[j])).startswith(
        "the partial derivative with respect to a sub j of open"
    )
