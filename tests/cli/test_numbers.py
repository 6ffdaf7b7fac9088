"""`softmax-explained numbers`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from softmax_explained.cli.numbers import numbers
from softmax_explained.core import default_lesson, solve
from softmax_explained.errors import LessonError

app = typer.Typer()
app.command()(numbers)

HOSTILE = """
classes = ["[red]cat[/red]", "[/]", "犬"]
targets = [0, 1, 0]
logits = [1000, 1, -1000]
title = "[bold]x[/bold]"
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False, env={"COLUMNS": "160"})


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    file = tmp_path / "hostile.toml"
    file.write_text(HOSTILE, encoding="utf-8")
    return str(file)


def test_every_quantity_of_the_film_is_printed_with_its_digits_and_meaning() -> None:
    lines = [line.split() for line in run().stdout.splitlines()]
    for key, quantity in solve(default_lesson()).quantities.items():
        assert any(
            line[:1] == [key]
            and f" {quantity.text} " in " ".join(line)
            and line[-1] == quantity.meaning.split()[-1]
            for line in lines
        )


def test_headings_stand_in_the_order_of_the_film() -> None:
    output = run().stdout
    places = [output.index(f"\n{heading}\n") for heading in solve(default_lesson()).groups]
    assert places == sorted(places)


def test_json_holds_the_exact_values() -> None:
    records = json.loads(run("--json").stdout)
    solution = solve(default_lesson())
    assert [each["key"] for each in records] == list(solution.quantities)
    for each in records:
        quantity = solution[each["key"]]
        assert (each["value"], each["decimals"]) == (quantity.value, quantity.decimals)
        assert (each["text"], each["meaning"]) == (quantity.text, quantity.meaning)
    g = next(each for each in records if each["key"] == "g[0]")
    assert (g["symbol"], g["text"], g["group"]) == ("∂C/∂z_1", "0.659", "Prediction minus target")


def test_names_that_look_like_markup_are_printed_as_they_are(hostile: str) -> None:
    output = run("--lesson", hostile).stdout
    assert "[bold]x[/bold]" in output
    assert "score of [red]cat[/red]" in output
    assert "share of [/]" in output


def test_a_number_of_any_size_is_valid_json(hostile: str) -> None:
    records = {each["key"]: each for each in json.loads(run("--lesson", hostile, "--json").stdout)}
    assert records["e[0]"]["text"] == "1.970 × 10⁴³⁴"
    assert records["e[0]"]["exponent"] == 434
    assert records["e[0]"]["value"] == pytest.approx(1.970071114)
    assert records["e[2]"]["exponent"] == -435


def test_a_bad_lesson_is_a_lesson_error(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="there is no such file"):
        run("--lesson", str(tmp_path / "nowhere.toml"))
