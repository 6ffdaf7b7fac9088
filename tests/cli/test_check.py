"""The command says what was found, to people and to programs, and its exit code tells which it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from softmax_explained.cli import main
from softmax_explained.cli.app import app
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Production
from softmax_explained.studio.check import check_film as film
from softmax_explained.studio.check.finding import Allowed, Finding, Report

PASSING = Finding(
    *("OVERLAP", "warning", "loss", "price", 1.5, 61.25),
    *(("Words '[red]cat'", "Words 'dog'"), "9 px deep", "at most 1 px", "leave room"),
)
STANDING = Finding(
    *(
        "SMALL",
        "error",
        "loss",
        "price",
        2.0,
        61.75,
        ("Formula a_i",),
        "index 20.0 px",
        "at least 24 px",
        "more room",
    ),
)
ALLOWED = Allowed("CONTRAST", "loss", "price", ("Words 'ghost'",), "it was here before")


def run(monkeypatch: pytest.MonkeyPatch, report: Report, *options: str) -> Result:
    monkeypatch.setattr(film, "check_film", lambda production, scenes, jobs: report)
    monkeypatch.setattr("softmax_explained.studio.planning.plan.check_words", lambda *_, **__: None)
    return CliRunner().invoke(app, ["check", "neuron", *options])


def test_a_clean_film_exits_with_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, Report((), (), 2, 24.0))
    assert done.exit_code == 0
    assert done.output.strip() == "0 errors, 0 warnings, 0 allowed, in 2 beats of 24 s"


def test_what_passes_is_told_and_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, Report((PASSING,), (ALLOWED,), 2, 24.0))
    assert done.exit_code == 0
    assert "OVERLAP  loss.price at 1.5 s (film 1:01.2): Words '[red]cat' / Words 'dog'" in done.output
    assert "0 errors, 1 warning, 1 allowed" in done.output


def test_what_stands_fails_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, Report((PASSING, STANDING), (), 2, 24.0))
    assert done.exit_code == 1
    assert "index 20.0 px; at least 24 px. more room" in done.output


def test_a_program_gets_every_finding_and_every_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, Report((PASSING, STANDING), (ALLOWED,), 2, 24.0), "--json")
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert [finding["code"] for finding in told["findings"]] == ["OVERLAP", "SMALL"]
    assert told["findings"][1]["time"] == 2.0 and told["findings"][1]["objects"] == ["Formula a_i"]
    assert told["allowed"][0]["reason"] == "it was here before"
    assert told["errors"] == 1 and told["warnings"] == 1


def test_a_cut_and_a_number_of_processes_reach_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def checked(production: Production, scenes: tuple[type[Chapter], ...], jobs: int | None) -> Report:
        asked.append((production.cut, [scene.name for scene in scenes], jobs))
        return Report((), (), 1, 1.0)

    monkeypatch.setattr(film, "check_film", checked)
    done = CliRunner().invoke(app, ["check", "loss", "paths", "--cut", "short", "--jobs", "3"])
    assert (done.exit_code, asked) == (0, [(FILM.cut("short"), ["loss", "paths"], 3)])


def test_a_beat_of_a_cut_is_checked_with_the_number_its_chapter_has_there() -> None:
    done = CliRunner().invoke(app, ["check", "loss", "--cut", "short", "--jobs", "1", "--json"])
    told = json.loads(done.output)
    assert (done.exit_code, told["errors"], told["beats"]) == (0, 0, 1)


@pytest.mark.parametrize(
    "mistake",
    ["neuron --cut short", "--cut long", "nowhere", "--lesson missing.toml", "--lang xx", "--voice emma"],
)
def test_bad_input_exits_with_two(
    mistake: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["softmax-explained", "check", *mistake.split()])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "error:" in capsys.readouterr().err
