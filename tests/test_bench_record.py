"""bench.json loses nothing, is only resumed with comparable settings, and is shown in docs/benchmark.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as program
from bench.film import Film
from bench.page import BEGIN, END, with_tables
from bench.record import Record
from bench.steps import Step, steps
from bench.table import table
from softmax_explained.errors import UsageError

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "benchmark.md").read_text("utf-8")
FRAMES = {"neuron": 600, "softmax": 900}
TOLD: dict[str, Any] = {
    "date": "2026-01-02",
    "machine": {
        "processor": "Abacus 3",
        "cores": 2,
        "memory": 24 * 2**30,
        "system": "Debian 12",
        "python": "3.11.2",
        "packages": {"manim": "0.22.0", "av": "18.1.0"},
    },
    "chapters": list(FRAMES),
    "whole": False,
    "rounds": {"medium": 3},
}


def cost(wall: float, **more: Any) -> dict[str, Any]:
    return {"wall": wall, "cpu": 2 * wall, "peak": 500_000_000, "others": 0.0, **more}


def film(wall: float, size: int) -> dict[str, Any]:
    return cost(wall, bytes=size, frames=FRAMES)


STEPS = {
    **{f"medium/default/{number}": film(wall, 2_000_000) for number, wall in ((1, 90), (2, 100), (3, 400))},
    "medium/ours/1": film(20, 2_800_000),
    "medium/likeness ours/1": {
        **{"mean": 0.9954, "least": 0.9871, "worst": 4, "compared": 1500},
        **{"mean_encoded": 0.9992, "least_encoded": 0.99},
    },
    "medium/likeness default/1": {"expected": 1500, "found": 1499},
    "medium/edit unchanged/1": cost(3.5, edited="softmax", drawn=[]),
    "medium/edit beat/1": cost(8, edited="softmax", drawn=["softmax.formula"]),
    "medium/edit number/1": cost(20, edited="softmax", drawn=[f"softmax.{beat}" for beat in "abcde"]),
    "medium/floor nothing/1": cost(4, pictures=700),
    "medium/floor ours/1": cost(14, pictures=700),
}


def row(text: str, start: str) -> list[str]:
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {start} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "bench.json", TOLD, STEPS)


def test_every_step_is_on_disk_as_soon_as_it_is_done(tmp_path: Path) -> None:
    record = Record(tmp_path / "bench.json", TOLD)
    record.put("medium/ours/1", {"wall": 1.5})
    assert json.loads(record.path.read_text("utf-8")) == {**TOLD, "steps": {"medium/ours/1": {"wall": 1.5}}}
    assert list(tmp_path.iterdir()) == [record.path]
    again = Record.read(record.path)
    again.put("medium/ours/2", {"wall": 2.5})
    assert again.told == TOLD
    assert again.median("medium", "ours") == {"wall": 2.0}


def test_a_broken_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    done, record = list[str](), Record(tmp_path / "bench.json", TOLD, {"a": {"wall": 1}})

    def breaks() -> dict[str, Any]:
        raise KeyboardInterrupt

    def step(name: str) -> Step:
        return Step(name, 1.0, lambda: done.append(name) or {"wall": 1.0})

    with pytest.raises(KeyboardInterrupt):
        program.run_steps(record, [step("a"), step("b"), Step("c", 1.0, breaks)])
    program.run_steps(Record.read(record.path), [step("a"), step("b"), step("c")])
    assert done == ["b", "c"]


@pytest.mark.parametrize("key", ["machine", "chapters", "rounds"])
def test_nothing_is_added_that_cannot_be_compared(key: str, record: Record) -> None:
    record.goes_on_with({**TOLD, "date": "2026-01-03"})
    with pytest.raises(UsageError, match=key):
        record.goes_on_with({**TOLD, key: "another"})


@pytest.mark.parametrize("content", ["", "[]", "{}", "{'a'", '{"steps": 1}x', "\x00"])
def test_a_file_that_is_no_record_is_an_error_that_says_so(content: str, tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="not a benchmark record"):
        Record.read(path)


@pytest.mark.parametrize(
    "arguments", [["--chapters", "neurone"], ["--rounds", "0"], ["--resume", "--out", "/nowhere/bench.json"]]
)
def test_a_mistake_is_told_and_nothing_is_measured(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_contestants_take_turns(tmp_path: Path) -> None:
    names = [step.name for step in steps([(Film(("neuron",), "medium", tmp_path), 2)])]
    assert len(names) == len(set(names))
    turns = [
        *(("default", 1), ("best", 1), ("two", 1), ("ours", 1)),
        *(("default", 2), ("best", 2), ("ours", 2)),
    ]
    assert names[:7] == [f"medium/{who}/{number}" for who, number in turns]


def test_what_is_not_timed_comes_after_what_is_at_every_quality(tmp_path: Path) -> None:
    films = [(Film(("neuron",), quality, tmp_path), 2) for quality in ("medium", "high")]
    names = [step.name for step in steps(films)]
    first = min(number for number, name in enumerate(names) if "/likeness " in name)
    assert all("/likeness " in name for name in names[first:])
    assert {name.partition("/")[0] for name in names[:first]} == {"medium", "high"}


def test_the_table_shows_medians_and_their_part_of_manims(record: Record) -> None:
    text = table(record)
    assert row(text, "`manim render`") == [
        "100 s",
        "200 s",
        "500 MB",
        "2.0 MB",
        "1499 frames, not 1500",
        *"–––",
    ]
    assert row(text, "`softmax-explained render`") == [
        *("20.0 s (0.20 ×)", "40.0 s (0.20 ×)", "500 MB (1.00 ×)", "2.8 MB (1.40 ×)"),
        *("0.9954", "0.9871", "0.9992", "0.9900"),
    ]


def test_the_table_judges_and_says_by_how_much_a_target_is_missed(record: Record) -> None:
    text = table(record)
    assert row(text, "target") == [
        *("≤ 0.28 ×: met", "≤ 0.45 ×: met", "–", "≤ 1.3 ×: missed by 0.1"),
        *("≥ 0.99: met", "≥ 0.99: missed by 0.0029", "≥ 0.995: met", "≥ 0.99: met"),
    ]
    assert row(text, "no change") == ["3.5 s", "7.0 s", "500 MB", "none", "≤ 1 s: missed by 2.5"]
    assert row(text, "the animation of one beat") == [
        *("8.0 s", "16.0 s", "500 MB", "`softmax.formula`", "≤ 6 s: missed by 2"),
    ]
    assert row(text, "one number of the lesson")[-2:] == ["5", "–"]


def test_the_floor_is_encoding_without_decoding(record: Record) -> None:
    found = row(table(record), "x264 with our settings")
    assert found == ["700", "10.0 s (2.00 ×)", "20.0 s (2.00 ×)", *["≤ 1.6 ×: missed by 0.4"] * 2]


def test_the_table_names_the_machine_and_the_part_of_the_film(record: Record) -> None:
    text = table(record)
    assert "Abacus 3, 2 cores, 24 GiB, Debian 12, Python 3.11.2, manim 0.22.0, av 18.1.0" in text
    assert "**720p30**, the chapters neuron, softmax (50 s), silent; medians of 3 rounds" in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head(record: Record) -> None:
    def cells() -> Iterator[list[int]]:
        for block in table(record).split("\n\n"):
            if block.startswith("|"):
                yield [line.count("|") for line in block.splitlines()]

    assert len(list(cells())) == 3
    assert all(len(set(counts)) == 1 for counts in cells())


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_page_without_exactly_one_place_for_the_tables_is_refused(page: str) -> None:
    with pytest.raises(UsageError, match="once each, in this order"):
        with_tables(page, "new")


def test_the_page_has_a_place_for_the_tables() -> None:
    once = with_tables(PAGE, "new")
    assert with_tables(once, "newer") == with_tables(PAGE, "newer")
    assert once.partition(BEGIN)[0] == PAGE.partition(BEGIN)[0]
    assert once.partition(END)[2] == PAGE.partition(END)[2]


def test_the_page_shows_what_was_measured() -> None:
    assert with_tables(PAGE, table(Record.read(ROOT / "bench.json"))) == PAGE
