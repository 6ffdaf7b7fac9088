"""The film plays in a browser from its first frame to its last."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
import srt
import tiny_film
from undisturbed import Undisturbed

from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

PAGE = """<!doctype html>
<video muted src="film.mp4"><track kind="captions" default src="film.en.vtt"></video>
<script>
  const video = document.querySelector("video"), cues = [];
  const tell = (what) => fetch("/told", {method: "POST", body: JSON.stringify(what)});
  video.onerror = () => tell({error: video.error.message || "error " + video.error.code});
  video.textTracks[0].oncuechange = (event) => {
    for (const cue of event.target.activeCues) cues.push(cue.text);
  };
  video.onended = () => {
    const seen = video.getVideoPlaybackQuality();
    tell({
      seconds: video.currentTime, width: video.videoWidth, height: video.videoHeight, cues,
      frames: seen.totalVideoFrames, damaged: seen.corruptedVideoFrames,
    });
  };
  video.play().catch((error) => tell({error: String(error)}));
</script>
"""

TRACKS = """<!doctype html>
<meta charset="utf-8">
<video muted>
  <track kind="captions" srclang="en" label="English" src="film.en.vtt">
  <track kind="captions" srclang="zh" label="中文" src="film.zh.vtt">
</video>
<script>
  const video = document.querySelector("video"), tracks = [...video.textTracks];
  const tell = (what) => fetch("/told", {method: "POST", body: JSON.stringify(what)});
  const loaded = (track) => new Promise((done) => {
    const element = document.querySelector(`track[srclang=${track.language}]`);
    element.onload = () => done();
    element.onerror = () => tell({error: "no captions in " + track.language});
    track.mode = "hidden";  // a browser reads no track that is disabled
  });
  const sought = (seconds) => new Promise((done) => {
    video.onseeked = () => setTimeout(done, 200);
    video.currentTime = seconds;
  });
  const texts = (cues) => cues && [...cues].map((cue) => cue.text);
  async function look() {
    await Promise.all(tracks.map(loaded));
    const cues = {}, shown = [];
    for (const track of tracks)
      cues[track.language] = [...track.cues].map((cue) => [cue.startTime, cue.endTime, cue.text]);
    for (const chosen of ["en", "zh", "en"]) {
      for (const track of tracks) track.mode = track.language === chosen ? "showing" : "disabled";
      await sought(1 + shown.length / 10);
      shown.push(Object.fromEntries(tracks.map((track) => [track.language, texts(track.activeCues)])));
    }
    for (const track of tracks) track.mode = "showing";
    await sought(1.5);
    shown.push(Object.fromEntries(tracks.map((track) => [track.language, texts(track.activeCues)])));
    tell({cues, shown, labels: tracks.map((track) => track.label)});
  }
  video.onerror = () => tell({error: video.error.message || "error " + video.error.code});
  video.onloadeddata = () => look().catch((error) => tell({error: String(error)}));
  fetch("film.mp4").then((answer) => answer.blob()).then((film) => {
    video.src = URL.createObjectURL(film);  // the server of this test has no ranges to seek in
  });
</script>
"""


class Teller(SimpleHTTPRequestHandler):
    """Serves a folder, and takes what its page has to tell."""

    def __init__(self, told: Queue[dict], *args: object, **kwargs: object) -> None:
        self._told = told
        super().__init__(*args, **kwargs)

    def do_POST(self) -> None:
        self._told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def folder(tiny_files: dict[str, Path], tmp_path: Path) -> Path:
    for file in tiny_files.values():
        shutil.copy(file, tmp_path)
    (tmp_path / "page.html").write_text(PAGE)
    return tmp_path


@pytest.fixture
def told(folder: Path) -> Iterator[dict]:
    """What the page tells when the film has ended."""
    with visit(folder) as answer:
        yield answer


@contextmanager
def visit(folder: Path) -> Iterator[dict]:
    """What ``page.html`` of a folder tells a browser that opens it."""
    answers: Queue[dict] = Queue()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Teller, answers, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--autoplay-policy=no-user-gesture-required",
        ]
        page = f"http://127.0.0.1:{server.server_port}/page.html"
        with subprocess.Popen(
            [str(BROWSER), *options, f"--user-data-dir={folder / 'profile'}", page],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as browser:
            try:
                yield answers.get(timeout=90)
            finally:
                browser.terminate()
        server.shutdown()


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine")
def test_a_browser_plays_it_to_the_end_without_a_damaged_frame(told: dict, folder: Path) -> None:
    ledger = json.loads((folder / "film.json").read_text("utf-8"))
    assert "error" not in told
    assert told["seconds"] == pytest.approx(ledger["duration"], abs=0.1)
    assert (told["width"], told["height"]) == (854, 480)
    assert told["frames"] >= 0.9 * ledger["duration"] * 15  # a browser may drop some on a busy machine
    assert told["damaged"] == 0
    assert " ".join(cue.replace("\n", " ") for cue in told["cues"]) == " ".join(
        beat["narration"] for beat in ledger["beats"]
    )


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine")
def test_a_browser_shows_the_captions_in_the_language_that_is_chosen(
    undisturbed: Undisturbed, kept_segments: SegmentCache, tmp_path: Path
) -> None:
    out, plan = tmp_path / "out", make_plan(tiny_film.bilingual(tmp_path / "words"))
    make_film(plan, out, tiny_film.RecordedProgress(), kept_segments)
    (out / "page.html").write_text(TRACKS, "utf-8")
    with visit(out) as told:
        assert "error" not in told
    assert told["labels"] == ["English", "中文"]
    for language, cues in told["cues"].items():
        entries = list(srt.parse((out / f"film.{language}.srt").read_text("utf-8")))
        assert [text for _, _, text in cues] == [entry.content for entry in entries]
        for (start, end, _), entry in zip(cues, entries, strict=True):
            assert start == pytest.approx(entry.start.total_seconds(), abs=0.001)
            assert end == pytest.approx(entry.end.total_seconds(), abs=0.001)
    english, chinese = ["Here a circle appears."], ["这里出现一个圆。"]
    assert told["shown"] == [
        {"en": english, "zh": None},  # a track that is disabled has no cues
        {"en": None, "zh": chinese},
        {"en": english, "zh": None},
        {"en": english, "zh": chinese},
    ]
