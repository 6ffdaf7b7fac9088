"""What is kept may be damaged anywhere, and two may use it at once: the same film comes out."""

import shutil
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_film import RecordedProgress
from undisturbed import CHAPTERS, MADE_OF, Undisturbed, contents, often, reused

from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.speech.speech_cache import SpeechCache
from softmax_explained.studio.video.segment_cache import SegmentCache

fork = get_context("fork")


def damage(file: Path, place: float, bit: int | None) -> None:
    """Cut a file at a place, or turn over one bit there."""
    content = bytearray(file.read_bytes())
    at = int(place * (len(content) - 1))
    if bit is None:
        del content[at:]
    else:
        content[at] ^= 1 << bit
    file.write_bytes(content)


places = st.floats(0, 1)
bits = st.none() | st.integers(0, 7)


@given(name=st.sampled_from(["segment.mp4", "record.json"]), entry=st.integers(0, 1), place=places, bit=bits)
@settings(often, max_examples=40)
def test_whatever_is_damaged_among_the_segments_the_same_film_comes_out(
    name: str, entry: int, place: float, bit: int | None, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    cache = SegmentCache(Path(shutil.copytree(undisturbed.cache, tmp_path / "segments")))
    damage(sorted(cache.folder.iterdir())[entry] / name, place, bit)
    for times_before in (0, 1):
        progress = RecordedProgress()
        make_film(undisturbed.plan, tmp_path / "out", progress, cache, undisturbed.open_workers, MADE_OF)
        assert contents(tmp_path / "out") == undisturbed.files
        assert len(reused(progress)) == 1 + times_before  # what was damaged is made again, once


@given(name=st.sampled_from(["samples.s16le", "record.json"]), place=places, bit=bits)
@settings(often, max_examples=100)
def test_whatever_is_damaged_in_a_speech_it_is_not_taken_for_one(
    name: str, place: float, bit: int | None, tmp_path: Path
) -> None:
    cache = SpeechCache(tmp_path / "speech")
    audio = (9000 * np.sin(np.arange(2400) / 20)).astype(np.int16)
    cache.store("key", audio, ((0.0, 0.04), (0.05, 0.1)))
    kept = cache.load("key")
    assert kept is not None
    np.testing.assert_array_equal(kept[0], audio)
    damage(tmp_path / "speech" / "key" / name, place, bit)
    assert cache.load("key") is None


def test_two_who_make_the_same_film_in_the_same_folder_both_finish_it(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    out, rounds, start = tmp_path / "out", 10, fork.Barrier(2)

    def work(start: Barrier) -> None:
        for number in range(rounds):
            start.wait(60)
            cache = SegmentCache(tmp_path / f"segments {number}")
            make_film(undisturbed.plan, out, RecordedProgress(), cache, undisturbed.open_workers, MADE_OF)

    both = [fork.Process(target=work, args=(start,)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    assert contents(out) == undisturbed.files
    assert not list(out.glob(".*"))
    for number in range(rounds):
        progress = RecordedProgress()
        make_film(
            undisturbed.plan,
            out,
            progress,
            SegmentCache(tmp_path / f"segments {number}"),
            fingerprint=MADE_OF,
        )
        assert reused(progress) == CHAPTERS
