"""Nothing is lost: killed at any moment, without room or permission. The bytes of the film are the judge."""

import errno
import os
import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_film
from hypothesis import given, settings
from hypothesis import strategies as st
from killed import OLD, an_older_film, in_a_process_of_its_own
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, Undisturbed, contents, often

from softmax_explained.errors import FilmError
from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.output.manifest import file_names
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.video import mux as film
from softmax_explained.studio.video.segment_cache import SegmentCache


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


TEXTS = [name for name in file_names("en") if name not in ("film.mp4", "poster.png")]
NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", [*TEXTS, "film.sha256"])
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


def test_files_in_the_language_of_the_film_before_do_not_stay_beside_this_one(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    others = make_plan(replace(tiny_film.PRODUCTION, words=WordsFile("fr", "tiny film", tiny_film.WORDS)))
    for plan in (others, undisturbed.plan):
        make_film(plan, out, RecordedProgress(), kept_segments, undisturbed.open_workers, MADE_OF)
        expected = {f"film.{tag}.{kind}" for tag in plan.production.languages for kind in ("srt", "vtt")}
        spoken = "descriptions.vtt", "transcript.html", "transcript.md"
        expected |= {f"film.{plan.production.tag}.{kind}" for kind in spoken}
        assert {file.name for file in out.glob("film.??.*")} == expected
        if plan is others:
            assert {"film.en.srt", "film.en.vtt", "film.fr.srt", "film.fr.vtt"} < expected


def test_edited_captions_stay_in_whatever_language_they_are(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    others = make_plan(replace(tiny_film.PRODUCTION, words=WordsFile("fr", "tiny film", tiny_film.WORDS)))
    make_film(others, out, RecordedProgress(), kept_segments, undisturbed.open_workers, MADE_OF)
    mine = (out / "film.fr.srt").read_text("utf-8") + "\nof my own"
    (out / "film.fr.srt").write_text(mine, "utf-8")
    (out / "film.de.vtt").write_text("somebody's own")
    make_film(undisturbed.plan, out, RecordedProgress(), kept_segments, fingerprint=MADE_OF)
    assert {file.name for file in out.glob("film.??.*")} == {
        *("film.en.srt", "film.en.vtt", "film.en.descriptions.vtt", "film.fr.srt", "film.de.vtt"),
        *("film.en.transcript.html", "film.en.transcript.md"),
    }
    assert (out / "film.fr.srt").read_text("utf-8") == mine
