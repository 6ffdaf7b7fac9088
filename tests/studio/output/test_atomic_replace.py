"""Several files come to their places together, or none does."""

import fcntl
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Timer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from undisturbed import often

from softmax_explained.studio.output import atomic_replace as module
from softmax_explained.studio.output.atomic_replace import replace_files

NAMES = ("film.mp4", "film.json", "film.sha256")


def folders(folder: Path, old: set[str]) -> tuple[Path, Path]:
    """New files aside, and some old ones where they should come to."""
    aside, out = folder / "aside", folder / "out"
    for each, names, text in ((aside, NAMES, "new"), (out, old, "old")):
        each.mkdir(parents=True)
        for name in names:
            (each / name).write_text(f"{text} {name}")
    return aside, out


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir() if file.is_file()}


@given(old=st.sets(st.sampled_from(NAMES)), failing=st.sampled_from(NAMES))
@often
def test_if_one_cannot_be_moved_all_are_as_they_were(
    old: set[str], failing: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    aside, out = folders(tmp_path_factory.mktemp("files"), old - {failing})
    (out / failing).mkdir()
    before = contents(out)
    with pytest.raises(IsADirectoryError, match=f"{failing} is a folder"):
        replace_files(aside, out, NAMES)
    assert contents(out) == before


@pytest.mark.parametrize("number", range(1, 4))
def test_nor_are_they_moved_if_the_disk_fails_in_the_middle(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside, out = folders(tmp_path, set(NAMES[:2]))
    before, moved, move = contents(out), [0], Path.replace

    def broken(self: Path, target: Path) -> Path:
        moved[0] += 1
        if moved[0] == number:
            raise OSError(5, "Input/output error")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="Input/output"):
        replace_files(aside, out, NAMES)
    assert contents(out) == before


def test_files_of_two_films_are_never_mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move, turn = Path.replace, Barrier(2)

    def slow(self: Path, target: Path) -> Path:
        with suppress(BrokenBarrierError):  # the other one waits for its turn, or has ended
            turn.wait(0.2)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", slow)
    out = tmp_path / "out"
    out.mkdir()
    sources = [tmp_path / "one", tmp_path / "other"]
    for source in sources:
        source.mkdir()
        for name in NAMES:
            (source / name).write_text(source.name)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda source: replace_files(source, out, NAMES), sources))
    assert set(contents(out)) == set(NAMES)
    assert len(set(contents(out).values())) == 1


def test_who_waits_for_another_too_long_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.1)
    aside, out = folders(tmp_path, {NAMES[0]})
    before = contents(out)
    held = os.open(out, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        with pytest.raises(BlockingIOError, match="another process is writing there"):
            replace_files(aside, out, NAMES)
    finally:
        os.close(held)
    assert contents(out) == before


def test_who_waits_for_another_may_be_interrupted(tmp_path: Path) -> None:
    class EndedError(BaseException):
        """What the handler of the signal raises."""

    def end(number: int, frame: object) -> None:
        raise EndedError

    aside, out = folders(tmp_path, set())
    held = os.open(out, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    usual = signal.signal(signal.SIGALRM, end)
    interrupt = Timer(0.2, lambda: signal.raise_signal(signal.SIGINT))
    before = signal.signal(signal.SIGINT, end)
    signal.alarm(20)  # so that a wait that cannot be interrupted fails instead of lasting a minute
    try:
        interrupt.start()
        with pytest.raises(EndedError):
            replace_files(aside, out, NAMES)
        assert signal.alarm(0) > 0
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGALRM, usual)
        os.close(held)
    assert contents(out) == {}


def test_a_disk_that_cannot_give_a_file_two_names_still_takes_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    aside, out = folders(tmp_path, set(NAMES))
    replace_files(aside, out, NAMES)
    assert contents(out) == {name: f"new {name}" for name in NAMES}


@pytest.mark.parametrize("order", module.ENDINGS)
def test_whoever_is_told_to_end_ends_after_the_last_file(order: signal.Signals, tmp_path: Path) -> None:
    heard, there = list[int](), list[int]()

    def at_the_second(frame: object, event: str, argument: object) -> None:
        if event == "c_call" and getattr(argument, "__name__", "") == "replace":
            signal.raise_signal(order)

    aside, out = folders(tmp_path, set())

    def hear(number: int, frame: object) -> None:
        heard.append(number)
        there.append(len(contents(out)))

    before = signal.signal(order, hear)
    sys.setprofile(at_the_second)
    try:
        replace_files(aside, out, NAMES)
    finally:
        sys.setprofile(None)
        assert signal.signal(order, before) is hear
    assert (heard, there) == ([order], [len(NAMES)])
    assert contents(out) == {name: f"new {name}" for name in NAMES}
