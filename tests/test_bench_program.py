"""The whole benchmark, of one short chapter at the lowest quality, in two rounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as program
from bench.edits import EDITS
from bench.record import Record
from softmax_explained.scenes.film import FILM

TRIED = ["--chapters", "opening", "--qualities", "draft", "--rounds", "2", "--print"]


@pytest.mark.slow
def test_everything_is_measured_and_nothing_is_measured_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "WORK", tmp_path / "work")
    path = tmp_path / "bench.json"
    asked = [*TRIED, "--out", str(path)]
    assert program.main(asked) == 0
    record = Record.read(path)

    def found(name: str, number: int = 1) -> dict[str, Any]:
        return dict(record.steps[f"draft/{name}/{number}"])

    frames = found("lossless")["frames"]
    rounds = [("default", 1), ("default", 2), ("best", 2), ("two", 1), ("ours", 1), ("ours", 2)]
    assert all(found(*each)["frames"] == frames for each in rounds)
    assert "draft/two/2" not in record.steps
    assert all(found(f"likeness {name}")["mean"] > 0.9 for name in ("planes", "default", "best", "ours"))
    first = f"opening.{FILM.chapter('opening').beats()[0]}"
    drawn = {name: found(f"edit {name}")["drawn"] for name in EDITS}
    assert len(drawn.pop("number")) == len(FILM.chapter("opening").beats())
    assert drawn == {"unchanged": [], "word": [], "sentence": [first], "code": [first], "beat": [first]}
    assert found("edit sentence", 2)["drawn"] == [first]
    assert "draft/edit number/2" not in record.steps
    assert all(found(f"floor {name}")["pictures"] < sum(frames.values()) for name in ("nothing", "ours"))

    capsys.readouterr()
    written = path.read_bytes()
    assert program.main([*asked, "--resume"]) == 0
    assert path.read_bytes() == written
    assert "**480p15**, the chapters opening" in capsys.readouterr().out
