"""Each chapter renders by itself with Manim's own command, with nothing of the studio."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import pytest

from softmax_explained.scenes.film import FILM

SCENES = Path(__file__).parents[2] / "scenes"


@pytest.mark.slow
@pytest.mark.parametrize("name", FILM.chapters)
def test_manim_renders_a_chapter_from_its_file(name: str, tmp_path: Path) -> None:
    scene = FILM.chapter(name)
    command = [sys.executable, "-m", "manim", "render", "-ql", "--media_dir", str(tmp_path)]
    subprocess.run(
        [*command, "--progress_bar", "none", str(SCENES / name / "scene.py"), scene.__name__],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    (file,) = tmp_path.rglob(f"{scene.__name__}.mp4")
    with av.open(str(file)) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, round(float(stream.average_rate))) == (854, 480, 15)
        seconds = float(stream.duration * stream.time_base)
    assert seconds > 6 * len(scene.beats())
    assert not list(tmp_path.rglob("*.wav"))
