"""What Manim reads from outside changes no frame: the bytes of a film made without it are the judge."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiny_film
from undisturbed import CHAPTERS, Undisturbed, contents

MAKE = """
import softmax_explained.studio

from pathlib import Path
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, silent_plan
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.video.segment_cache import SegmentCache

if __name__ == "__main__":
    cache = SegmentCache(Path("cache"))
    make_film(silent_plan(), Path("out"), RecordedProgress(), cache, fingerprint=MADE_OF)
"""

SETTINGS = """[CLI]
from_animation_number = 1
upto_animation_number = 1
background_opacity = 0.5
background_color = RED
frame_rate = 3
save_sections = True
log_to_file = True
media_dir = elsewhere
plugins = a_plugin
"""


@pytest.mark.parametrize(
    ("of_the_folder", "of_the_user"),
    [(SETTINGS, "no section = 1\n[[["), ("[CLI]\nrenderer = opengl", "[CLI]\nformat = gif")],
    ids=["settings and a damaged file", "another renderer and format"],
)
def test_a_configuration_file_of_manim_changes_no_frame(
    of_the_folder: str, of_the_user: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    (home / ".config" / "manim").mkdir(parents=True)
    (home / ".config" / "manim" / "manim.cfg").write_text(of_the_user)
    work.mkdir()
    (work / "manim.cfg").write_text(of_the_folder)
    (work / "make.py").write_text(MAKE)
    tests = str(Path(tiny_film.__file__).parent)
    done = subprocess.run(
        [sys.executable, "make.py"],
        cwd=work,
        env=os.environ | {"HOME": str(home), "PYTHONPATH": tests},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert contents(work / "out") == undisturbed.files
    assert len(list((work / "cache").iterdir())) == len(CHAPTERS)
    assert sorted(each.name for each in work.iterdir()) == ["cache", "make.py", "manim.cfg", "out"]


@pytest.mark.parametrize("module", ["softmax_explained.cli.app", "softmax_explained.studio.workers.task"])
def test_the_command_and_its_workers_load_manim_without_a_damaged_file(module: str, tmp_path: Path) -> None:
    (tmp_path / "manim.cfg").write_text("no section = 1")
    command = [sys.executable, "-c", f"import {module}, manim; print(manim.config.frame_height)"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "8.0\n"), done.stderr
