"""`derive`: what it prints in each notation, how it proves, and how it fails."""

import json
from dataclasses import replace

import pytest
import typer
import typst
from sympy import evaluate
from typer.testing import CliRunner

from softmax_explained.cli import derive as command
from softmax_explained.cli.derivation_export import rule_name
from softmax_explained.core.derivations.derivation import Derivation, Step
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import C, a, derivative, i, y, z
from softmax_explained.core.proof.verify import PROVERS
from softmax_explained.errors import UsageError
from softmax_explained.scenes import mathematics
from softmax_explained.scenes.film import FILM

app = typer.Typer()
app.command()(command.derive)


def run(*arguments):
    return CliRunner().invoke(app, arguments, catch_exceptions=True)


def use(theory, monkeypatch):
    """Have the command read another theory."""
    changed = replace(mathematics.MATHEMATICS, theory=theory)
    monkeypatch.setattr(mathematics, "MATHEMATICS", changed)
    monkeypatch.setattr(command, "FILM", replace(FILM))  # one that has not read its mathematics yet


@pytest.fixture
def with_a_false_step(monkeypatch):
    with evaluate(False):
        false = Derivation("false", derivative(C, z[i]), Step(y[i] - a[i], "result"), free=(i,))
    use(replace(FILM.theory, derivations={**DERIVATIONS, "false": false}), monkeypatch)


def test_it_prints_every_derivation_with_every_rule():
    result = run()
    assert result.exit_code == 0
    blocks = result.output.split("\n\n")
    assert [block.split()[0] for block in blocks] == [*DERIVATIONS, *IDENTITIES]
    for block, derivation in zip(blocks, DERIVATIONS.values(), strict=False):
        assert all(f"[{rule_name(rule)}]" in block for rule in derivation.rules)


def test_it_prints_the_collapse_line_by_line():
    lines = run("collapse").output.splitlines()
    assert lines[0] == "collapse"
    assert lines[1] == "  ∂C/∂z_i"
    assert lines[-1].split("[")[0].strip() == "= a_i − y_i"
    assert len(lines) == len(DERIVATIONS["collapse"]) + 1


def test_a_case_is_named_in_its_heading():
    assert run("case_i_not_j").output.startswith("case_i_not_j  (i ≠ j)\n")


def test_an_identity_is_printed_with_its_conditions():
    assert run("one_hot_loss").output == "one_hot_loss  (y_i = δ_ij)\n  C = −ln a_j\n"
    assert run("none_above_zero").output.startswith("none_above_zero  (c = −z_max, ")
    assert run("exponential_rule").output.splitlines()[0] == "exponential_rule  (u = z_i)"
    assert run("vector_result").output.startswith("vector_result  (targets add up to one)\n")


def test_a_derivation_asked_for_twice_is_printed_once():
    assert run("chain", "chain").output == run("chain").output


def test_typst_compiles(tmp_path):
    source = run("--format", "typst").output + run("--format", "typst", "--verify", "direct_path").output
    compiler = typst.Compiler(root=tmp_path, ignore_system_fonts=True)
    one_page = f"#set page(height: auto)\n{source}"
    assert compiler.compile(one_page.encode(), format="svg").startswith(b"<svg")


def test_latex_is_one_aligned_block_a_derivation():
    output = run("--format", "latex", "collapse").output
    assert output.count(r"\begin{align*}") == output.count(r"\end{align*}") == 1
    assert output.count("&=") == len(DERIVATIONS["collapse"].steps)


def test_json_holds_all_notations_rules_and_cases():
    (record,) = json.loads(run("--format", "json", "case_i_not_j").output)
    assert (record["name"], record["when"], record["free"]) == ("case_i_not_j", "i!=j", ["i", "j"])
    last = record["steps"][-1]
    assert (last["text"], last["typst"], last["rule"]) == ("−a_i a_j", "- a_(i) a_(j)", "reorder")
    assert "holds" not in record


def test_json_with_proofs_names_the_provers():
    (record,) = json.loads(run("--format", "json", "--verify", "direct_path").output)
    assert record["holds"] is True
    assert all(step["accepted"] == list(PROVERS) and step["refused"] == {} for step in record["steps"])


def test_json_holds_identities_too():
    (record,) = json.loads(run("--format", "json", "--verify", "none_above_zero").output)
    assert (record["kind"], record["text"], record["holds"]) == ("identity", "z_k + c ≤ 0", True)
    assert record["conditions"] == ["c = −z_max", "z_k = top − gap_k", "gap_max = 0"]
    assert record["proofs"] == [{"accepted": list(PROVERS), "refused": {}}]


def test_a_proved_identity_says_so_and_a_false_one_exits_with_one(monkeypatch):
    result = run("--verify", "one_hot_loss", "direct_path")
    assert result.exit_code == 0
    assert result.output.endswith("3 of 3 steps proved, 1 of 1 identities proved\n")
    bare = {**IDENTITIES, "one_hot_loss": replace(IDENTITIES["one_hot_loss"], given=())}
    use(replace(FILM.theory, identities=bare), monkeypatch)
    result = run("--verify", "one_hot_loss")
    assert result.exit_code == 1
    assert "NOT PROVED: any K" in result.output
    assert result.output.endswith("0 of 1 identities proved\n")


def test_a_proved_derivation_says_so_and_exits_with_zero():
    result = run("--verify", "direct_path")
    assert result.exit_code == 0
    assert result.output.endswith("3 of 3 steps proved\n")
    assert result.output.count("proved: any K · K = 2…6 · 50 digits · differences") == 3


@pytest.mark.parametrize("notation", ["text", "typst", "latex", "json"])
def test_a_step_that_is_not_proved_exits_with_one_and_says_why(with_a_false_step, notation):
    result = run("--verify", "--format", notation, "false", "direct_path")
    assert result.exit_code == 1
    assert "K = 2, i = 1" in result.output


def test_without_verify_nothing_is_proved(with_a_false_step):
    result = run("false")
    assert result.exit_code == 0
    assert "PROVED" not in result.output.upper()


def test_an_unknown_name_is_told_with_its_neighbours():
    result = run("colapse")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "there is no derivation or identity 'colapse'\n  there is: collapse"


def test_a_name_that_is_near_nothing_is_told_with_all():
    assert "case_i_equals_j" in str(run("quaternions").exception)
