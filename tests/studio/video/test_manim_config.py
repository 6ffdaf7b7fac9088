"""What a film might take from outside changes no frame: the bytes of a film made without it are the judge."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiny_film
from undisturbed import BEATS, Undisturbed, contents

from first_fast import first_fast

SCRIPT = Path(tiny_film.__file__).with_name("make_tiny_film.py")

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
    first_fast([(SETTINGS, "no section = 1\n[[["), ("[CLI]\nrenderer = opengl", "[CLI]\nformat = gif")]),
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
    done = subprocess.run(
        [sys.executable, SCRIPT],
        cwd=work,
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert contents(work / "out") == undisturbed.files
    assert len(list((work / "cache").iterdir())) == len(BEATS)
    assert sorted(each.name for each in work.iterdir()) == ["cache", "manim.cfg", "out"]


@pytest.mark.parametrize("module", ["softmax_explained.cli.render", "softmax_explained.studio.workers.task"])
def test_the_command_and_its_workers_load_manim_without_a_damaged_file(module: str, tmp_path: Path) -> None:
    (tmp_path / "manim.cfg").write_text("no section = 1")
    command = [sys.executable, "-c", f"import {module}, manim; print(manim.config.frame_height)"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "8.0\n"), done.stderr
