"""`render` refuses what it cannot do before it draws, and makes a film that is what it says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
import srt

from softmax_explained.cli.arguments import check_folder
from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.output.manifest import Manifest, file_names
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from tolerances import ON_ITS_WORD


def render(*arguments: str, cwd: Path, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "softmax_explained", "render", *arguments]
    environment = os.environ | ({"XDG_CACHE_HOME": str(cache)} if cache else {})
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=1800, env=environment)


def test_without_a_name_it_takes_the_whole_film() -> None:
    assert Production(FILM).shown == FILM.chapters


def test_chapters_come_in_the_order_of_the_film_and_once() -> None:
    assert Production(FILM, chapters=("loss", "neuron", "loss")).shown == ("neuron", "loss")


@pytest.mark.parametrize(
    ("typed", "meant"), [("sofmax", "softmax"), ("softmax_slop", "softmax_slope"), ("Loss", "loss")]
)
def test_a_chapter_that_is_not_there_brings_the_one_that_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"no chapter '{typed}'") as caught:
        Production(FILM, chapters=(typed,))
    assert f"did you mean {meant}?" in caught.value.hint
    assert all(name in caught.value.hint for name in FILM.chapters)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope"], "no chapter 'nope'"),
        (["--lesson", "missing.toml"], "missing.toml"),
        (["--lesson", "broken.toml"], "broken.toml"),
        (["--quality", "best"], "draft, medium, high"),
        (["--described", "--voice", "none"], "needs a voice that speaks"),
        (["--voice", "heart", "--recordings", "x"], "recordings are heard instead of a voice"),
        (["--recordings", "no such folder"], "name a folder with a recording of every beat"),
        (["--voice", "emma"], "heart, am_michael, xiaoxiao, yunxi, none"),
        (["--out", "a-file"], "is a file"),
        (["--out", "a-file/below"], "is a file"),
        (["--out", "nowhere"], "nowhere is a link to a folder that is missing"),
        (["--out", "nowhere/below"], "nowhere is a link to a folder that is missing"),
        (["--out", "a" * 300], "File name too long"),
        (["--stems", "a-file"], "--stems a-file: a-file is a file"),
        (["--format", "gif"], "formats: mp4, prores"),
        (["collapse.put_together"], "collapse.put_together: a film is made of whole chapters"),
        (["collapse.nothing", "--format", "prores", "--voice", "none"], "collapse has no beat 'nothing'"),
        (["colapse.put_together", "--format", "prores"], "did you mean collapse?"),
        (["--format", "prores", "--stems", "s", "--jobs", "2"], "does not go with --stems, --jobs"),
        (["--jobs", "3000000000"], "less than or equal to 1024"),
        (["--lang", "a" * 300], "no words for language"),
        (["--lang", f"{'a' * 300}.toml"], "is not a language tag"),
        (["--lesson", "deep.toml"], "line 1 has a key of more than 32 parts"),
    ],
)
def test_what_cannot_be_done_is_refused_with_exit_code_2(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    (tmp_path / "broken.toml").write_text("classes = [")
    (tmp_path / "deep.toml").write_text("classes." + "a." * 1000 + "a = 1")
    (tmp_path / "nowhere").symlink_to("missing")
    before = sorted(tmp_path.iterdir())
    done = render(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 2000
    assert done.stdout == ""
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_the_system_forbids_is_refused_before_anything_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the system answers is put in its mouth here, because root may write everywhere.
    monkeypatch.setattr(os, "access", lambda folder, mode: Path(folder) != tmp_path)
    with pytest.raises(UsageError, match="cannot be written"):
        check_folder(tmp_path / "out" / "films")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a" * 300, "/proc/1/root/nobody/may/enter/" + "b" * 256])
def test_a_folder_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="--out"):
        check_folder(Path(name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = render("--out", str(tmp_path / "out"), cwd=Path.cwd())
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells whether a file was written or replaced."""
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_a_finished_film_is_not_touched_and_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    out, names = tmp_path / "out", file_names("en", "zh")
    out.mkdir()
    for name in names:
        (out / name).write_text(f"the finished {name}")
    made_of = film_fingerprint(Production(FILM, chapters=("loss",), quality="draft"))
    (out / "film.sha256").write_text(Manifest.of(made_of, out, names).text(), "utf-8")
    before = stamps(out)
    command = """
import sys
from softmax_explained.cli.app import app
app(["render", "loss", "--quality", "draft", "--explain-cache"], standalone_mode=False)
assert {"manim", "hibari", "sympy", "av"}.isdisjoint(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [f"out/{name}" for name in names]
    assert done.stderr.splitlines()[0] == "loss: reused"
    assert stamps(out) == before


@pytest.mark.slow
def test_a_draft_of_the_whole_film_is_what_it_says(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")  # an empty one, so that every chapter is spoken and drawn
    done = render("--quality", "draft", cwd=tmp_path, cache=cache)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    files = file_names("en", "zh")
    assert done.stdout.split() == [f"out/{name}" for name in files]
    assert {file.name for file in out.iterdir()} == {*files, "film.sha256"}
    assert list(tmp_path.iterdir()) == [out]
    ledger = json.loads((out / "film.json").read_text("utf-8"))
    assert [chapter["name"] for chapter in ledger["chapters"]] == list(FILM.chapters)
    with av.open(str(out / "film.mp4")) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert picture.frames == round(ledger["duration"] * 15)
        assert float(sound.duration * sound.time_base) == pytest.approx(ledger["duration"], abs=0.05)
        assert len(film.chapters()) == len(FILM.chapters)
    moves = [move for beat in ledger["beats"] for move in beat["moves"]]
    assert moves
    assert max(abs(move["start"] - move["word"]) for move in moves) <= ON_ITS_WORD
    words = sum(len(beat["narration"].split()) for beat in ledger["beats"])
    spoken = sum(beat["speech_end"] - beat["speech_start"] for beat in ledger["beats"])
    assert 140 <= 60 * words / spoken <= 165
    captions = list(srt.parse((out / "film.en.srt").read_text("utf-8")))
    said = " ".join(beat["narration"] for beat in ledger["beats"])
    assert " ".join(entry.content.replace("\n", " ") for entry in captions) == said

    film, touched = (out / "film.mp4").read_bytes(), stamps(out)
    again = render("--quality", "draft", "--explain-cache", cwd=tmp_path, cache=cache)
    assert again.stderr.count(": reused") == len(FILM.chapters)
    assert again.stdout == done.stdout
    assert stamps(out) == touched

    (out / "film.mp4").write_bytes(film[:-1])
    again = render("--quality", "draft", "--explain-cache", cwd=tmp_path, cache=cache)
    assert again.stderr.count(": reused") == len(FILM.chapters)
    assert (out / "film.mp4").read_bytes() == film


SCARCE = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (2**30, 2**30))  # reserved by a process, used or not
os.execv(sys.executable, [sys.executable, "-m", "softmax_explained", *sys.argv[1:]])
"""


@pytest.mark.slow
def test_a_film_is_the_same_when_every_core_is_busy_and_memory_is_scarce(tmp_path: Path) -> None:
    options = "opening", "--quality", "draft", "--voice", "none", "--jobs", "2"
    assert render(*options, "--out", "idle", cwd=tmp_path, cache=tmp_path / "idle-cache").returncode == 0
    others = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        done = subprocess.run(
            [sys.executable, "-c", SCARCE, "render", *options, "--out", "busy"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=600,
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "busy-cache")},
        )
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert done.returncode == 0, done.stderr
    idle, busy = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("idle", "busy")
    )
    assert busy == idle
    assert set(idle) == {*file_names("en", "zh"), "film.sha256"}
