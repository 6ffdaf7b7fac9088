"""The film plays in a browser from its first frame to its last."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

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
