"""Formulas in three notations, and the nodes by which their pieces are found."""

import json
import re
from xml.etree import ElementTree

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from sympy import Eq, Float, Function, Integer, Ne, Rational, Symbol, Tuple, evaluate, exp, log, sin

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import (
    Approx,
    Cases,
    Diag,
    Dots,
    Literal,
    Matrix,
    Paren,
    Shown,
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
    eta,
    i,
    j,
    k,
    sum_over,
    w,
    x,
    y,
    y_smooth,
    z,
)
from softmax_explained.core.printing.latex import to_latex
from softmax_explained.core.printing.typst import PREAMBLE, string, to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import UsageError

FILM = [
    *DEFINITIONS.values(),
    *(identity.relation for identity in IDENTITIES.values()),
    *(equation for derivation in DERIVATIONS.values() for equation in derivation.equations),
]

with evaluate(False):
    WRITTEN = [
        (a[i], "a_(i)", "a_{i}", "a_i"),
        (w[1, 2] * x[2] ** 2, "w_(1, 2) x_(2)^(2)", "w_{1, 2} x_{2}^{2}", "w_1,2 x_2²"),
        (exp(z[i]) / S, "frac(e^(z_(i)), S)", r"\frac{e^{z_{i}}}{S}", "e^(z_i)/S"),
        (a[i] * (1 - a[i]), "a_(i) lr((1 - a_(i)))", r"a_{i} \left(1 - a_{i}\right)", "a_i (1 − a_i)"),
        (-y[j] / a[j], "- frac(y_(j), a_(j))", r"- \frac{y_{j}}{a_{j}}", "−y_j/a_j"),
        (Paren(-y[j] / a[j]) * a[j], "lr((- frac(y_(j), a_(j)))) a_(j)", None, "(−y_j/a_j) a_j"),
        (Literal(0) * S - exp(z[j]), "0 dot.c S - e^(z_(j))", r"0 \cdot S - e^{z_{j}}", "0 · S − e^(z_j)"),
        (a[i] * Literal(1), "a_(i) dot.c 1", r"a_{i} \cdot 1", "a_i · 1"),
        (SumNot(y[j], j, i, 1, K), "sum_(j != i) y_(j)", r"\sum_{j \ne i} y_{j}", "Σ_(j ≠ i) y_j"),
        (sum_over(a[j] - y[j], j), "sum_(j) lr((a_(j) - y_(j)))", None, "Σ_j (a_j − y_j)"),
        (log(sum_over(exp(z[k]), k)), "ln sum_(k) e^(z_(k))", None, "ln Σ_k e^(z_k)"),
        (log(a[i]) * y[i], "lr((ln a_(i))) y_(i)", None, "(ln a_i) y_i"),
        (derivative(C, z[i]), "frac(partial C, partial z_(i))", None, "∂C/∂z_i"),
        (derivative(-C, a[j]), "frac(partial, partial a_(j)) lr((- C))", None, "(∂/∂a_j) (−C)"),
        (
            derivative(C, a[j]) * derivative(a[j], z[i]),
            "frac(partial C, partial a_(j)) thin frac(partial a_(j), partial z_(i))",
            None,
            "(∂C/∂a_j) (∂a_j/∂z_i)",
        ),
        (a[i] * dz, "a_(i) thin upright(d) z", r"a_{i} \, \mathrm{d} z", "a_i dz"),
        (eta * y_smooth[i], "eta y'_(i)", r"\eta y'_{i}", "η y′_i"),
        (Rational(1, 2) * a[i], "frac(1, 2) a_(i)", r"\frac{1}{2} a_{i}", "(1/2) a_i"),
        (Integer(2) ** Integer(3), "2^(3)", "2^{3}", "2³"),
        (Shown(-0.341, "−0.341") * Shown(0.5, "0.500"), "lr((-0.341)) dot.c 0.500", None, "(−0.341) · 0.500"),
        (Shown(Float("2e434"), "2.0 × 10⁴³⁴"), "2.0 times 10^(434)", r"2.0 \times 10^{434}", "2.0 × 10⁴³⁴"),
        (Shown(0.01, "1.0 × 10⁻²"), "1.0 times 10^(-2)", r"1.0 \times 10^{-2}", "1.0 × 10⁻²"),
        (Approx(a[i], y[i]), "a_(i) approx y_(i)", r"a_{i} \approx y_{i}", "a_i ≈ y_i"),
        (Dots() + y[1], "dots.c + y_(1)", r"\cdots + y_{1}", "⋯ + y_1"),
        (Tuple(a[1], a[2]), "lr((a_(1) comma a_(2)))", r"\left(a_{1} , a_{2}\right)", "(a_1, a_2)"),
        (Transposed(Matrix("J")), "bold(upright(J))^(upright(T))", r"\mathbf{J}^{\mathrm{T}}", "Jᵀ"),
        (Diag(Vector("a")), 'op("diag") lr((bold(upright(a))))', None, "diag(a)"),
        (Symbol("cost"), 'upright("cost")', r"\mathrm{cost}", "cost"),
        (
            Cases((a[i], Eq(i, j)), (y[i], Ne(i, j))),
            "cases(a_(i) & quad i = j, y_(i) & quad i != j)",
            r"\begin{cases} a_{i} & i = j \\ y_{i} & i \ne j \end{cases}",
            "{ a_i  (i = j); y_i  (i ≠ j) }",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expr", "in_typst", "in_latex", "in_text"), WRITTEN, ids=[row[3] for row in WRITTEN]
)
def test_a_formula_is_written_as_a_person_would(expr, in_typst, in_latex, in_text):
    assert to_typst(expr).source == in_typst
    assert to_text(expr) == in_text
    assert in_latex in (None, to_latex(expr))


def test_bounds_are_shown_when_asked_for():
    full = sum_over(y[k], k)
    assert to_typst(full, bounds=True).source == "sum_(k = 1)^(K) y_(k)"
    assert to_latex(full, bounds=True) == r"\sum_{k = 1}^{K} y_{k}"
    assert to_text(full, bounds=True) == "Σ_(k = 1)^K y_k"


def test_the_factor_of_one_that_sympy_adds_is_not_printed():
    from sympy import Sum

    with evaluate(False):
        assert to_typst(Sum(y[k], (k, 1, K))).source == "sum_(k) y_(k)"


# Nodes --------------------------------------------------------------------------------------------------


def unwrapped(source):
    """Take every mm("#……", …) away, leaving what it holds."""
    kept, wraps, at = [], [], 0
    while at < len(source):
        if source.startswith('mm("#', at):
            wraps.append(True)
            at += len('mm("#000000", ')
            continue
        if source[at] == "(":
            wraps.append(False)
        if not (source[at] == ")" and wraps.pop()):
            kept.append(source[at])
        at += 1
    return "".join(kept)


@pytest.mark.parametrize("expr", FILM, ids=to_text)
def test_ids_only_wrap_what_is_printed_without_them(expr):
    plain, marked = to_typst(expr), to_typst(expr, ids=True)
    assert unwrapped(marked.source) == plain.source
    assert marked.nodes == plain.nodes


@pytest.mark.parametrize("expr", FILM, ids=to_text)
def test_nodes_form_one_tree_and_every_one_is_in_the_source(expr):
    printed = to_typst(expr, ids=True)
    assert [node.id for node in printed.nodes] == list(range(len(printed.nodes)))
    assert printed.nodes[0].parent is None
    for node in printed.nodes[1:]:
        assert node.id in printed.nodes[node.parent].children
    assert all(f'mm("#{node.id + 1:06x}", ' in printed.source for node in printed.nodes)


def test_pieces_are_found_by_their_expression():
    nodes = to_typst(DERIVATIONS["collapse"].equations[-1]).nodes
    found = {(node.kind, str(node.expr)) for node in nodes}
    assert {("expr", "a[i]"), ("expr", "y[i]"), ("op", "="), ("op", "−")} <= found


def test_the_letter_under_a_power_keeps_its_node():
    nodes = to_typst(x[2] ** 2).nodes
    assert [node.expr for node in nodes] == [x[2] ** 2, x[2], Integer(2)]


def test_parentheses_and_limits_are_nodes_of_their_own():
    nodes = to_typst(DERIVATIONS["collapse"][7]).nodes
    assert [node.expr for node in nodes if node.kind == "paren"] == [1 - a[i]]
    assert [node.expr for node in nodes if node.kind == "limits"] == ["j ≠ i"]


# Typst itself -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compile_typst(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    compiler = typst.Compiler(root=root, ignore_system_fonts=True)
    return lambda source: compiler.compile(source.encode(), format="svg").decode()


@pytest.mark.parametrize("ids", [False, True])
@pytest.mark.parametrize("bounds", [False, True])
def test_every_formula_of_the_film_compiles(compile_typst, ids, bounds):
    lines = "\n\n".join(f"$ {to_typst(expr, ids=ids, bounds=bounds).source} $" for expr in FILM)
    page = "#set page(width: 40cm, height: auto)"
    assert compile_typst(f"{page}\n{PREAMBLE}\n{lines}").startswith("<svg")


@pytest.mark.parametrize("expr", FILM, ids=to_text)
def test_every_node_without_children_colours_a_glyph_and_nothing_else_is_coloured(compile_typst, expr):
    printed = to_typst(expr, ids=True)
    svg = compile_typst(f"#set page(width: 40cm, height: auto)\n{PREAMBLE}\n$ {printed.source} $")
    coloured = {int(found, 16) - 1 for found in re.findall(r'(?:fill|stroke)="#([0-9a-f]{6})"', svg)}
    leaves = {node.id for node in printed.nodes if not node.children}
    assert leaves <= coloured <= {node.id for node in printed.nodes} | {0xFFFFFF - 1}


MOVE = re.compile(r"(?:translate\(|matrix\(1 0 0 -?1 )(\S+) (\S+)\)")


def places(svg):
    """Where each glyph and bar stands: its outline, and the moves of all groups around it."""

    def walk(element, x, y):
        if moved := re.match(
            r"(?:translate\(|matrix\(1 0 0 -?1 )(\S+) (\S+)\)", element.get("transform", "")
        ):
            x, y = x + float(moved[1]), y + float(moved[2])
        name = next((value for key, value in element.items() if key.endswith("href")), element.get("d"))
        if name and "defs" not in element.tag:
            yield name, round(x + float(element.get("x", 0)), 3), round(y, 3)
        for child in element:
            if not child.tag.endswith(("defs", "symbol")):
                yield from walk(child, x, y)

    return sorted(walk(ElementTree.fromstring(svg), 0.0, 0.0))


@pytest.mark.parametrize("expr", FILM, ids=to_text)
def test_ids_move_no_glyph(compile_typst, expr):
    page = "#set page(width: 40cm, height: auto)"
    plain, marked = (
        places(compile_typst(f"{page}\n{PREAMBLE}\n$ {to_typst(expr, ids=ids).source} $"))
        for ids in (False, True)
    )
    assert len(plain) > 2
    assert marked == plain


@given(st.text())
def test_any_text_is_a_typst_string_and_comes_back_unchanged(text):
    source = f"#metadata({string(text)}) <it>"
    assert json.loads(typst.query(source.encode(), "<it>", field="value", one=True)) == text


@pytest.mark.parametrize(
    "text", ['"); #read("/etc/passwd")', "\\", '\\"', "#panic()", "$ x $", "a\nb", "*/ //", "\ud800"]
)
def test_hostile_words_stay_words(compile_typst, text):
    assert compile_typst(f"{PREAMBLE}\n$ {to_typst(Word(text), ids=True).source} $").startswith("<svg")


def test_hostile_words_are_escaped_for_latex():
    assert to_latex(Word(r"50 % of \input{x}_")) == r"\text{50 \% of \textbackslash{}input\{x\}\_}"


# What cannot be printed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("show", [to_typst, to_latex, to_text])
@pytest.mark.parametrize("expr", [sin(a[i]), Function("f")(i), Float(0.5), a[i] + 0.25])
def test_a_node_without_a_rule_is_never_printed_by_str(show, expr):
    with pytest.raises(UsageError, match="no way to print"):
        show(expr)


def test_a_string_is_no_formula():
    with pytest.raises(UsageError, match="Word"):
        to_typst("__import__('os')")


# What only groups --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (lambda: a[i] + (y[i] + z[i]), "a_i + (y_i + z_i)"),
        (lambda: a[i] + y[i] + z[i], "a_i + y_i + z_i"),
        (lambda: a[i] * (-y[i] * z[i]), "a_i (−y_i z_i)"),
        (lambda: a[i] * (y[i] * z[i]), "a_i y_i z_i"),
    ],
)
def test_what_was_grouped_on_purpose_stays_in_parentheses(build, text):
    with evaluate(False):
        assert to_text(build()) == text
