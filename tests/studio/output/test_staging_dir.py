"""What is half done lies aside and never stays."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import pytest

from softmax_explained.errors import FilmError
from softmax_explained.studio.output.staging_dir import staging_dir

HOLDING = """
import sys
from pathlib import Path
from typing import IO
from softmax_explained.studio.output.staging_dir import staging_dir
with staging_dir(Path(sys.argv[1])) as aside:
    (aside / "half.mp4").write_text("half")
    print(aside, flush=True)
    sys.stdin.read()
"""


def test_it_is_gone_afterwards_and_so_is_a_folder_that_got_nothing(tmp_path: Path) -> None:
    with staging_dir(tmp_path / "out") as aside:
        assert aside.parent == tmp_path / "out"
    assert not (tmp_path / "out").exists()


def test_what_a_killed_process_left_is_swept_away_and_what_a_living_one_holds_is_not(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        theirs = Path(process.stdout.readline().strip())
        with staging_dir(tmp_path):
            assert (theirs / "half.mp4").exists()
        process.send_signal(signal.SIGKILL)
    assert theirs.exists()
    with staging_dir(tmp_path) as ours:
        assert list(tmp_path.iterdir()) == [ours]


@pytest.mark.parametrize("after", range(1, 6))
def test_what_is_left_by_a_process_killed_while_it_swept_is_swept_away(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is stopped after it has deleted some entries."""
    deleted = list[str]()

    class KilledError(BaseException):
        """Nothing is done after it."""

    def delete(delete_one: Callable[..., None]) -> Callable[..., None]:
        def wrapped(path: Any, *args: Any, **kwargs: Any) -> None:
            if len(deleted) >= after:
                raise KilledError
            deleted.append(str(path))
            delete_one(path, *args, **kwargs)

        return wrapped

    with monkeypatch.context() as patch, suppress(KilledError), staging_dir(tmp_path) as folder:
        for name in ("a.mp4", "b.mp4", "z.mp4"):
            (folder / name).write_text("half a film")
        (folder / "sub").mkdir()
        (folder / "sub" / "c.mp4").write_text("more")
        for name in ("unlink", "rmdir"):
            patch.setattr(os, name, delete(getattr(os, name)))
    assert deleted
    with staging_dir(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="No space left") as caught, staging_dir(tmp_path / "out"):
        raise OSError(28, "No space left on device")
    assert "gigabytes" in caught.value.hint
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FilmError, match="out: the film cannot be written"), staging_dir(tmp_path / "out"):
        raise AssertionError("there is no such folder")


def test_a_folder_that_is_swept_away_before_it_is_locked_is_made_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, swept = fcntl.flock, list[Path]()

    def slow(file: IO[str], how: int) -> None:
        if how == fcntl.LOCK_EX and not swept:
            swept.extend(tmp_path.iterdir())  # another process is faster, and takes it for what is left
            with staging_dir(tmp_path):
                assert not swept[0].exists()
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", slow)
    with staging_dir(tmp_path) as aside:
        assert swept
        assert list(tmp_path.iterdir()) == [aside]
    assert list(tmp_path.iterdir()) == []


def test_what_a_process_left_that_was_killed_before_its_lock_is_swept_away_too(tmp_path: Path) -> None:
    (tmp_path / ".making-k1lled_x").mkdir()
    with staging_dir(tmp_path) as ours:
        assert list(tmp_path.iterdir()) == [ours]


@pytest.mark.parametrize("name", [".making-of", ".making-ofmyfilm"])
def test_a_folder_of_the_users_own_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "notes.txt").write_text("my own")
    with staging_dir(tmp_path):
        assert (tmp_path / name / "notes.txt").read_text() == "my own"
    assert [file.name for file in (tmp_path / name).iterdir()] == ["notes.txt"]
