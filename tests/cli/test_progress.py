"""The bars of a film move whatever other bars came and went before them."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console
from rich.progress import Progress

from softmax_explained.cli import progress as shown
from softmax_explained.cli.progress import ChapterBars, SpeakingBar


@pytest.fixture
def progress() -> Progress:
    return Progress(console=Console(file=io.StringIO()))


def plan() -> Any:
    chapters = [
        SimpleNamespace(scene=SimpleNamespace(name=name), seconds=10.0, beats=(1, 2), title=name)
        for name in ("neuron", "loss")
    ]
    return SimpleNamespace(chapters=chapters)


def test_speaking_has_a_bar_only_if_it_takes_time(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = SpeakingBar(progress)
    bar.spoken(1, 3)
    assert not progress.tasks
    monkeypatch.setattr(shown, "_SOON", -1.0)
    bar.spoken(2, 3)
    (task,) = progress.tasks
    assert (task.completed, task.total) == (2, 3)
    bar.end()
    assert not progress.tasks


def test_chapters_are_drawn_after_speaking(progress: Progress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "_SOON", -1.0)
    speaking = SpeakingBar(progress)
    speaking.spoken(1, 1)
    speaking.end()
    bars = ChapterBars(progress, plan(), explain=False)
    bars.drawn("loss", 4.0)
    bars.drawn("loss", 12.0)  # a picture may take longer than its words
    bars.reused("neuron")
    assert [(task.description, task.completed, task.total) for task in progress.tasks] == [
        ("neuron", 10.0, 10.0),
        ("loss", 12.0, 12.0),
    ]
    bars.joining()
    assert all(task.finished for task in progress.tasks)
