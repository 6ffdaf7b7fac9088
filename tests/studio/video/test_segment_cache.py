"""Nothing is drawn twice, and a cache can be lost, damaged or full without any harm."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import tiny_film
from manim import Circle, FadeIn
from pydantic import TypeAdapter
from tiny_film import RecordedProgress

import softmax_explained
from softmax_explained.core import Lesson
from softmax_explained.errors import FilmError
from softmax_explained.stage import Chapter, beat
from softmax_explained.stage.narration.words_file import WordsFile
from softmax_explained.studio.cache.beat_code import BeatCode, beat_code
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes, installed
from softmax_explained.studio.cache.import_graph import code_behind, hashes, remember, source_of
from softmax_explained.studio.cache.store import ABANDONED, Store
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning import fingerprints
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.task import DrawnTake, Task, draw_take


def silent(words: dict[str, object] = tiny_film.WORDS, **settings: object) -> Plan:
    return make_plan(replace(tiny_film.PRODUCTION, words=WordsFile("en", "tiny film", words), **settings))


def with_sentence(sentence: str) -> dict[str, object]:
    last = tiny_film.WORDS["ending"]["last"] | {"say": sentence}
    return tiny_film.WORDS | {"ending": tiny_film.WORDS["ending"] | {"last": last}}


def made_of(plan: Plan, number: int = 1) -> Fingerprint:
    """Of the first beat of a chapter, the last chapter if not given."""
    return beat_fingerprint(plan.production, plan.chapters[number], 0)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[SegmentCache, Path]:
    folder = tmp_path_factory.mktemp("kept")
    cache = SegmentCache(folder / "segments")
    make_film(silent(), folder / "out", RecordedProgress(), cache)
    return cache, folder / "out" / "film.mp4"


@pytest.fixture
def cache(kept: tuple[SegmentCache, Path], tmp_path: Path) -> SegmentCache:
    """A copy of a cache with both chapters, to be damaged at will."""
    return SegmentCache(Path(shutil.copytree(kept[0].folder, tmp_path / "segments")))


def reused(progress: RecordedProgress) -> list[str]:
    return [name.removeprefix("reused ") for name, _ in progress.seen if name.startswith("reused ")]


def test_a_film_made_again_is_the_same_and_nothing_of_it_is_drawn(
    kept: tuple[SegmentCache, Path], tmp_path: Path
) -> None:
    progress = RecordedProgress()
    make_film(silent(), tmp_path, progress, kept[0])
    assert reused(progress) == ["opening", "ending"]
    assert progress.reasons == {}
    assert (tmp_path / "film.mp4").read_bytes() == kept[1].read_bytes()


def test_other_words_that_take_as_long_change_no_picture_but_the_captions(
    cache: SegmentCache, tmp_path: Path
) -> None:
    progress = RecordedProgress()
    make_film(silent(with_sentence("Now a {square|square} arrives.")), tmp_path, progress, cache)
    assert reused(progress) == ["opening", "ending"]
    assert (
        json.loads((tmp_path / "film.json").read_text())["beats"][-1]["narration"] == "Now a square arrives."
    )
    assert "Now a square arrives." in (tmp_path / "film.en.srt").read_text()


def test_words_that_take_longer_draw_their_chapter_and_no_other(cache: SegmentCache, tmp_path: Path) -> None:
    progress = RecordedProgress()
    make_film(silent(with_sentence("Here at last a {square|square} appears.")), tmp_path, progress, cache)
    assert reused(progress) == ["opening"]
    assert progress.reasons == {"ending": ["times of the words"]}


class Here:
    """Draws takes in this process, and notes their beats, and which of them were painted."""

    lost_worker_errors: tuple[type[BaseException], ...] = ()

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.painted = set[str]()

    @contextmanager
    def open(self, scratch: Path) -> Iterator[Here]:
        yield self

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        self.drawn += [f"{task.take.chapter.name}.{beat}" for beat in task.take.beats]
        take, future = draw_take(task), Future[DrawnTake]()
        self.painted |= {beat.record.id for beat in take.beats if beat.video is not None}
        future.set_result(take)
        return future

    def progress(self) -> Iterator[tuple[str, int]]:
        return iter(())


def with_longer(*beats: str, words: Mapping[str, Any] = tiny_film.WORDS) -> dict[str, Any]:
    """The words of the tiny film, with more to say in some beats."""
    changed = {name: dict(table) for name, table in words.items()}
    for chapter, name in (each.split(".") for each in beats):
        said = changed[chapter][name]["say"]
        changed[chapter][name] = changed[chapter][name] | {"say": f"Well, at long last and {said}"}
    return changed


@pytest.mark.parametrize("beats", [["opening.first"], ["opening.second"], ["opening.first", "ending.last"]])
def test_a_sentence_that_takes_longer_draws_its_beat_and_no_other(
    beats: list[str], cache: SegmentCache, tmp_path: Path
) -> None:
    plan, here, afresh = silent(with_longer(*beats)), Here(), Here()
    film, *_ = make_film(plan, tmp_path / "out", RecordedProgress(), cache, open_workers=here.open)
    assert here.drawn == beats
    nothing = SegmentCache(tmp_path / "nothing")
    other, *_ = make_film(plan, tmp_path / "afresh", RecordedProgress(), nothing, open_workers=afresh.open)
    assert len(afresh.drawn) == 3
    assert film.read_bytes() == other.read_bytes()


def edited(part: str, module: str, chapter: str) -> BeatCode:
    """The code of a chapter with a change in what its beats have in common, or in one of them."""
    code = beat_code(source_of(module), chapter)
    if part == "common":
        return replace(code, common="edited")
    return replace(code, beats={name: "edited" if name == part else code.beats[name] for name in code.beats})


@beat
def with_a_blue_circle(self: Chapter) -> None:
    """The circle is blue on its way, and white when it stands."""
    circle = Circle(color="#0000ff")
    self.on("round", FadeIn(circle), sound="cancel")
    circle.set_color("#ffffff")


@beat
def with_a_circle_that_stays_blue(self: Chapter) -> None:
    """The circle is blue."""
    self.on("round", FadeIn(Circle(color="#0000ff")), sound="cancel")


@beat
def with_a_white_circle(self: Chapter) -> None:
    """The circle is white."""
    self.on("round", FadeIn(Circle(color="#ffffff")), sound="cancel")


@beat
def with_a_sound(self: Chapter) -> None:
    """The circle is white, and makes another sound."""
    self.on("round", FadeIn(Circle(color="#ffffff")), sound="count")


def made_after_an_edit(
    method: Callable[[Chapter], None], part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Here, RecordedProgress]:
    """Make a film with another first beat, given the part of the code that is said to have changed.

    It is the film that is made from nothing, and nothing of it is drawn when it is made once more.
    """
    cache, nothing = SegmentCache(tmp_path / "segments"), SegmentCache(tmp_path / "nothing")
    here, afresh, again, progress = Here(), Here(), Here(), RecordedProgress()
    monkeypatch.setattr(tiny_film.Opening, "first", with_a_white_circle)
    make_film(silent(), tmp_path / "before", RecordedProgress(), cache, open_workers=Here().open)
    monkeypatch.setattr(tiny_film.Opening, "first", method)
    monkeypatch.setattr(fingerprints, "_code_of_beats", partial(edited, part))
    film, ledger, *_ = make_film(silent(), tmp_path / "out", progress, cache, open_workers=here.open)
    other = make_film(silent(), tmp_path / "afresh", RecordedProgress(), nothing, open_workers=afresh.open)
    assert len(afresh.painted) == 3
    assert film.read_bytes() == other[0].read_bytes()
    assert ledger.read_bytes() == other[1].read_bytes()
    make_film(silent(), tmp_path / "again", RecordedProgress(), cache, open_workers=again.open)
    assert again.drawn == []
    return here, progress


KINDS_OF_EDITS = ["in the beat", "until after the beat", "not at all", "only to be heard"]


@pytest.mark.parametrize(
    ("method", "redrawn"),
    [
        (with_a_blue_circle, {"opening.first"}),
        (with_a_circle_that_stays_blue, {"opening.first", "opening.second"}),
        (with_a_white_circle, set[str]()),
        (with_a_sound, set[str]()),
    ],
    ids=KINDS_OF_EDITS,
)
def test_a_changed_scene_draws_the_beats_whose_pictures_have_changed(
    method: Callable[[Chapter], None], redrawn: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, progress = made_after_an_edit(method, "common", tmp_path, monkeypatch)
    assert here.painted == redrawn
    assert progress.beats == {"opening": sorted(redrawn), "ending": []}


@pytest.mark.parametrize(
    ("method", "later"),
    [
        (with_a_blue_circle, []),
        (with_a_circle_that_stays_blue, ["opening.second"]),
        (with_a_white_circle, []),
        (with_a_sound, []),
    ],
    ids=KINDS_OF_EDITS,
)
def test_a_changed_beat_is_drawn_and_those_after_it_only_if_they_begin_otherwise(
    method: Callable[[Chapter], None], later: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, progress = made_after_an_edit(method, "first", tmp_path, monkeypatch)
    assert here.drawn[0] == "opening.first"
    assert {*here.drawn[1:]} == {*later}  # those that begin alike are not even played
    assert here.painted == {"opening.first", *later}
    assert progress.reasons == {
        "opening": [f"code {tiny_film.__name__}.py{part}" for part in (" (beats before)", " (the beat)")]
    }


def test_a_beat_does_not_depend_on_the_code_of_those_after_it(
    cache: SegmentCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Here()
    monkeypatch.setattr(fingerprints, "_code_of_beats", partial(edited, "second"))
    make_film(silent(), tmp_path, RecordedProgress(), cache, open_workers=here.open)
    assert here.drawn == ["opening.second"]


def test_pictures_that_would_be_encoded_differently_are_drawn_again(
    cache: SegmentCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache.other_versions(made_of(silent())) != ()
    of = "softmax_explained.studio.cache.fingerprint.installed"
    monkeypatch.setattr(of, lambda tool: "0.0" if tool == "av" else installed(tool))
    assert cache.other_versions(made_of(silent())) == ()


def test_a_beat_after_one_that_is_shorter_than_its_title_is_drawn_with_it(tmp_path: Path) -> None:
    first = tiny_film.WORDS["opening"]["first"] | {"say": "A {round|circle}."}
    short = tiny_film.WORDS | {"opening": tiny_film.WORDS["opening"] | {"first": first}}
    longer = first | {"say": "A little {round|circle}."}
    other = short | {"opening": short["opening"] | {"first": longer}}
    cache, here = SegmentCache(tmp_path / "segments"), Here()
    for words in (short, other):
        here.drawn.clear()
        make_film(silent(words), tmp_path / "out", RecordedProgress(), cache, open_workers=here.open)
    assert here.drawn == ["opening.first", "opening.second"]


CHANGES: dict[str, tuple[Callable[[], Plan], list[str]]] = {
    "another lesson": (
        lambda: silent(lesson=Lesson.from_logits([1, 2], classes=["no", "yes"], targets=[0, 1])),
        ["lesson"],
    ),
    "another quality": (lambda: silent(quality="medium"), ["quality", "times of the words"]),
    "another frame": (lambda: silent(frame="square"), ["frame"]),
    "a frame with burned captions": (lambda: silent(frame="tall"), ["captions", "frame"]),
    "burned captions": (lambda: silent(captions="burn"), ["captions"]),
    "a lane for captions": (lambda: silent(captions="lane"), ["captions"]),
    "another title": (
        lambda: silent(tiny_film.WORDS | {"ending": tiny_film.WORDS["ending"] | {"title": "The end"}}),
        ["words in the picture"],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_different_is_told_by_name(change: str, cache: SegmentCache, tmp_path: Path) -> None:
    make, wanted = CHANGES[change]
    plan = make()
    assert cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path) is None
    assert cache.explain_misses({"ending.last": made_of(plan)}) == wanted


def test_a_change_in_a_picture_is_a_change_of_the_chapters_that_show_it_and_of_no_other() -> None:
    shows, does_not = (
        code_behind(f"softmax_explained.scenes.{name}.scene") for name in ("softmax", "neuron")
    )
    picture = "softmax_explained.stage.charts.segment_tags"
    assert picture in shows
    assert picture not in does_not
    assert {"softmax_explained.stage.scene.chapter", "softmax_explained.core.solution"} <= {*shows, *does_not}


def test_other_tools_draw_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made_of(silent())
    of = "softmax_explained.studio.cache.fingerprint.installed"
    monkeypatch.setattr(of, lambda tool: "0.0" if tool == "manim" else "1")
    assert "package manim" in changes(before, made_of(silent()))


def test_what_nobody_sees_of_a_lesson_makes_no_difference() -> None:
    plain = silent()
    lesson = replace(plain.production.lesson, title="Another title", names={"zh": ["一", "二", "三"]})
    assert changes(made_of(plain), made_of(silent(lesson=lesson))) == []
    other = replace(plain.production.lesson, names={"en": ["one", "two", "three"]})
    assert changes(made_of(plain), made_of(silent(lesson=other))) == ["lesson"]


def test_what_a_process_has_loaded_stays_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(softmax_explained, "__path__", [*softmax_explained.__path__, str(tmp_path)])
    loaded, other = tmp_path / "tried_and_loaded.py", tmp_path / "tried_later.py"
    for file in (loaded, other):
        file.write_text("edited = False", "utf-8")
    names = [f"softmax_explained.{file.stem}" for file in (loaded, other)]
    importlib.import_module(names[0])
    remember(tiny_film.FILM.module)
    for file in (loaded, other):
        file.write_text("edited = True", "utf-8")
    as_loaded, as_edited = (sha256(text).hexdigest() for text in (b"edited = False", b"edited = True"))
    now = hashes(*names)
    assert as_loaded.startswith(now[names[0]]) and as_edited.startswith(now[names[1]])
    monkeypatch.delitem(sys.modules, names[0])


def test_the_place_a_lesson_comes_from_makes_no_difference() -> None:
    here = silent()
    there = silent(lesson=replace(here.production.lesson, source="elsewhere.toml"))
    assert changes(made_of(here), made_of(there)) == []


def truncated(entry: Path) -> None:
    segment = entry / "segment.mp4"
    segment.write_bytes(segment.read_bytes()[:-100])


def one_bit_wrong(entry: Path) -> None:
    content = bytearray((entry / "segment.mp4").read_bytes())
    content[len(content) // 2] ^= 1
    (entry / "segment.mp4").write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a truncated picture": truncated,
    "one bit wrong": one_bit_wrong,
    "no picture": lambda entry: (entry / "segment.mp4").unlink(),
    "no record": lambda entry: (entry / "record.json").unlink(),
    "half a record": lambda entry: (entry / "record.json").write_text('{"sha256": "'),
    "a record of something else": lambda entry: (entry / "record.json").write_text("[1, 2]"),
    "nothing": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_counts_as_none(damage: str, cache: SegmentCache, tmp_path: Path) -> None:
    plan = silent()
    intact = cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path)
    assert intact is not None
    intact.path.unlink()
    for entry in list(cache.folder.iterdir()):
        DAMAGE[damage](entry)
    assert cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path) is None
    assert not (tmp_path / "ending.last.mp4").exists()


BEAT = {
    **{"id": "ending.last", "chapter": "ending", "title": "Three", "narration": "Here."},
    **{"start": 0.0, "speech_start": 0.4, "speech_end": 1.0, "end": 2.0},
}
COMPLETE = {"beat": BEAT, "fingerprint": {}, "frames": 1, "frame_rate": 15}
STRANGERS: dict[str, dict[str, object]] = {
    "another kind": {"reel": "ending"},
    "no beat": {key: value for key, value in COMPLETE.items() if key != "beat"},
    "no fingerprint": COMPLETE | {"fingerprint": None},
    "a list for a fingerprint": COMPLETE | {"fingerprint": []},
    "a number for a beat": COMPLETE | {"beat": 1},
    "half a beat": COMPLETE | {"beat": {"id": "ending.last"}},
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_record_of_another_format_counts_as_none(
    stranger: str, cache: SegmentCache, tmp_path: Path
) -> None:
    plan = silent()
    for entry in cache.folder.iterdir():
        sums = {"sha256": sha256((entry / "segment.mp4").read_bytes()).hexdigest()}
        record = STRANGERS[stranger] | sums
        (entry / "record.json").write_text(json.dumps(record | {"digest": digest(record)}), "utf-8")
    assert cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path) is None
    assert cache.explain_misses({"ending.last": made_of(plan)}) == []


def test_an_entry_that_is_a_pipe_is_not_waited_for(cache: SegmentCache, tmp_path: Path) -> None:
    plan = silent()
    for entry in cache.folder.iterdir():
        (entry / "segment.mp4").unlink()
        os.mkfifo(entry / "segment.mp4")
    assert cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path) is None


@pytest.mark.slow
def test_a_film_is_made_from_a_damaged_cache_and_mends_it(
    cache: SegmentCache, kept: tuple[SegmentCache, Path], tmp_path: Path
) -> None:
    for entry in cache.folder.iterdir():
        truncated(entry)
    make_film(silent(), tmp_path / "out", RecordedProgress(), cache)
    assert (tmp_path / "out" / "film.mp4").read_bytes() == kept[1].read_bytes()
    progress = RecordedProgress()
    make_film(silent(), tmp_path / "out", progress, cache)
    assert reused(progress) == ["opening", "ending"]


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    plan = silent()
    files = make_film(
        plan, tmp_path / "out", RecordedProgress(), SegmentCache(tmp_path / "in-the-way" / "segments")
    )
    assert {file.name for file in files} >= {"film.mp4", "film.json"}
    assert all(file.exists() for file in files)


def test_what_was_not_used_for_longest_goes_first(cache: SegmentCache, tmp_path: Path) -> None:
    plan = silent()
    segment = cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path)
    assert segment is not None
    for number, entry in enumerate(sorted(cache.folder.iterdir())):
        os.utime(entry, (number, number))
    oldest = min(cache.folder.iterdir(), key=lambda entry: entry.stat().st_mtime)
    size = sum(file.stat().st_size for file in cache.folder.glob("*/*"))
    small = SegmentCache(cache.folder, largest=size)
    small.store({"another": "segment"}, segment)
    assert not oldest.exists()
    assert sum(file.stat().st_size for file in cache.folder.glob("*/*")) <= size


def test_what_a_killed_process_left_is_swept_away_when_it_is_old(cache: SegmentCache, tmp_path: Path) -> None:
    plan = silent()
    segment = cache.load(made_of(plan), plan.chapters[1].beats[0], tmp_path)
    assert segment is not None
    old, young = cache.folder / ".tmp-old", cache.folder / ".tmp-young"
    for aside in (old, young):
        aside.mkdir()
    before = old.stat().st_mtime - ABANDONED - 1
    os.utime(old, (before, before))
    cache.store({"another": "segment"}, segment)
    assert young.exists()
    assert not old.exists()


def test_chapters_that_were_finished_are_kept_when_another_fails(tmp_path: Path) -> None:
    plan = make_plan(tiny_film.faulty("ending", "broken"))
    cache = SegmentCache(tmp_path / "segments")
    with pytest.raises(FilmError, match="broken"):
        make_film(plan, tmp_path / "out", RecordedProgress(), cache)
    assert cache.load(made_of(plan, 0), plan.chapters[0].beats[0], tmp_path)


def test_what_is_no_entry_does_not_keep_others_from_being_trimmed(tmp_path: Path) -> None:
    store = Store(tmp_path, "data", TypeAdapter(dict[str, object]), largest=1000)
    for number in range(3):
        store.put(f"before-{number}", {}, b"x" * 250)
    (tmp_path / "stray").write_text("somebody's own")
    for number in range(9):
        store.put(f"after-{number}", {}, b"x" * 250)
    kept = [entry.name for entry in tmp_path.iterdir() if entry.is_dir()]
    assert len(kept) == 2
    assert "after-8" in kept
    assert (tmp_path / "stray").exists()
