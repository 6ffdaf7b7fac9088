"""Nothing is lost: killed at any moment, without room or permission. The bytes of the film are the judge."""

import errno
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_film import RecordedProgress
from undisturbed import CHAPTERS, MADE_OF, Undisturbed, contents, often, reused

import softmax_explained
import softmax_explained.studio.output.make_film as produced
from softmax_explained.errors import FilmError
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.video import mux as film
from softmax_explained.studio.video.segment_cache import SegmentCache

OLD = b"the film of before"

fork = get_context("fork")


def an_older_film(out: Path) -> Path:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    (out / "film.mp4").write_bytes(OLD)
    return out


def in_a_process_of_its_own(work: Callable[[], object]) -> int | None:
    """The exit code of a process that does it; minus the signal that ended it."""
    process = fork.Process(target=work)
    process.start()
    process.join(60)
    return process.exitcode


def counting(calls: list[int], kill_at: int | None = None) -> Callable[[FrameType, str, object], None]:
    """A profiler that counts the calls the studio makes, and kills the process at one of them."""
    studio = str(Path(softmax_explained.__file__).parent / "studio")

    def count(frame: FrameType, event: str, argument: object) -> None:
        if frame.f_code.co_filename.startswith(studio):
            calls[0] += 1
            if calls[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    return count


@pytest.fixture(scope="module")
def moments(undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls there are until all files of a film, whose chapters are kept, are in their places."""
    folder, calls, until = an_older_film(tmp_path_factory.mktemp("moments") / "out"), [0], list[int]()
    move = produced.replace_files

    def noting(*files: Any) -> None:
        move(*files)
        until.append(calls[0])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(produced, "replace_files", noting)
        sys.setprofile(counting(calls))
        try:
            make_film(
                undisturbed.plan,
                folder,
                RecordedProgress(),
                SegmentCache(undisturbed.cache),
                fingerprint=MADE_OF,
            )
        finally:
            sys.setprofile(None)
    return until[0]


@pytest.mark.slow
@given(share=st.floats(0, 1) | st.floats(0.98, 1))  # the last of it: the files come to their places
@settings(often, max_examples=40)
def test_whoever_is_killed_at_any_moment_harms_no_film_and_the_next_one_finishes_it(
    share: float, moments: int, undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out = an_older_film(tmp_path / "out")

    def work() -> None:
        sys.setprofile(counting([0], max(1, int(share * moments))))
        make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)

    assert in_a_process_of_its_own(work) == -signal.SIGKILL
    for name, content in contents(out).items():
        if not name.startswith(".making-"):
            assert content in (undisturbed.files[name], OLD), name
    progress = RecordedProgress()
    make_film(undisturbed.plan, out, progress, kept_segments, fingerprint=MADE_OF)
    assert reused(progress) == CHAPTERS
    assert contents(out) == undisturbed.files


@given(packet=st.integers(1, 60))
@settings(often, max_examples=8)
def test_a_film_whose_writer_is_killed_between_two_packets_is_no_film(
    packet: int, undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out = an_older_film(tmp_path / "out")

    def work() -> None:
        together = film.merge

        def dying(*tracks: object, **options: object) -> Iterator[object]:
            for number, each in enumerate(together(*tracks, **options)):
                if number == packet:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield each

        film.merge = dying
        make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)

    assert in_a_process_of_its_own(work) == -signal.SIGKILL
    assert (out / "film.mp4").read_bytes() == OLD
    assert [file.name for file in out.iterdir() if not file.name.startswith(".making-")] == ["film.mp4"]
    make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert contents(out) == undisturbed.files


@given(share=st.floats(0.01, 0.99))
@settings(often, max_examples=8)
def test_a_disk_that_is_full_in_the_middle_of_the_film_leaves_the_older_one(
    share: float, undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out, told = an_older_film(tmp_path / "out"), tmp_path / "told"
    largest_reel = max(each.path.stat().st_size for each in undisturbed.segments.values())
    room = largest_reel + int(share * (len(undisturbed.files["film.mp4"]) - largest_reel))

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))  # a write beyond it fails as on a full disk
        try:
            make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
        except FilmError as error:
            told.write_text(str(error))

    assert in_a_process_of_its_own(work) == 0
    assert f"{out}: the film cannot be written: File too large" in told.read_text()
    assert contents(out) == {"film.mp4": OLD}
    assert [file.name for file in out.iterdir()] == ["film.mp4"]


NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", ["film.json", "film.en.srt", "film.en.vtt", "film.sha256"])
def test_without_room_for_a_text_there_is_no_film_and_the_folder_is_named(
    name: str,
    undisturbed: Undisturbed,
    kept_segments: SegmentCache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, write = an_older_film(tmp_path / "out"), Path.write_text

    def full(path: Path, text: str, *others: str) -> int:
        if path.name == name:
            write(path, text[:10], *others)
            raise NO_ROOM
        return write(path, text, *others)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(FilmError, match="No space left") as caught:
        make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert caught.value.message.startswith(f"{out}: ")
    assert [file.name for file in out.iterdir()] == ["film.mp4"]
    assert (out / "film.mp4").read_bytes() == OLD


def test_without_room_in_the_cache_the_film_is_made_and_nothing_half_kept(
    undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, cache = Path.write_bytes, SegmentCache(tmp_path / "segments")

    def full(path: Path, content: bytes) -> int:
        if cache.folder in path.parents:
            write(path, content[:10])
            raise NO_ROOM
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    make_film(
        undisturbed.plan, tmp_path / "out", RecordedProgress(), cache, undisturbed.open_workers, MADE_OF
    )
    assert contents(tmp_path / "out") == undisturbed.files
    assert list(cache.folder.iterdir()) == []


def test_a_folder_in_the_place_of_the_film_is_an_error_that_names_the_folder(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "out" / "film.mp4" / "in-the-way"
    in_the_way.mkdir(parents=True)
    (tmp_path / "out" / "film.json").write_bytes(OLD)
    with pytest.raises(FilmError, match="cannot be written") as caught:
        make_film(undisturbed.plan, tmp_path / "out", RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert caught.value.message.startswith(f"{tmp_path / 'out'}: ")
    assert "film.mp4 is a folder" in caught.value.message
    assert in_the_way.is_dir()
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"film.mp4", "film.json"}
    assert (tmp_path / "out" / "film.json").read_bytes() == OLD
    assert not list((tmp_path / "out").glob(".*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_is_an_error_and_keeps_its_film(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out = an_older_film(tmp_path / "out")
    out.chmod(0o500)
    with pytest.raises(FilmError, match="Permission denied"):
        make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert contents(out) == {"film.mp4": OLD}


def test_a_disk_that_may_only_be_read_is_an_error_and_keeps_its_film(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the system answers is put in its mouth here, because root may write everywhere.
    def refused(path: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    out = an_older_film(tmp_path / "out")
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(FilmError, match="Read-only file system") as caught:
        make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert caught.value.message.startswith(f"{out}: ")
    assert contents(out) == {"film.mp4": OLD}


def test_captions_in_the_language_of_the_film_before_do_not_stay_beside_this_one(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    mine = (out / "film.en.srt").read_text("utf-8") + "\nof my own"
    (out / "film.en.srt").write_text(mine, "utf-8")
    (out / "film.fr.vtt").write_text("somebody's own")
    chinese = replace(undisturbed.plan.production, language="zh")
    plan = replace(undisturbed.plan, production=chinese)
    make_film(
        plan,
        out,
        RecordedProgress(),
        kept_segments,
        open_workers=undisturbed.open_workers,
        fingerprint=MADE_OF,
    )
    assert {file.name for file in out.iterdir()} == {
        *("film.mp4", "film.json", "film.sha256", "film.zh.srt", "film.zh.vtt"),
        *("film.en.srt", "film.fr.vtt"),
    }
    assert (out / "film.en.srt").read_text("utf-8") == mine
