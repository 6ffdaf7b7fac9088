"""A ProRes file over the background is the opaque film."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import tiny_film
from mp4 import boxes
from numpy.typing import NDArray

from softmax_explained.errors import FilmError, UsageError
from softmax_explained.studio.output.make_prores import make_prores
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.encoder import SegmentEncoder
from softmax_explained.studio.video.prores import draw_prores
from softmax_explained.studio.video.segment import draw

GROUND = np.array([14.0, 17.0, 22.0])


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(tiny_film.PRODUCTION)


@pytest.fixture(scope="module")
def files(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    wanted = ["ending", "opening.second", "ending"]
    return {file.name: file for file in make_prores(plan, wanted, tmp_path_factory.mktemp("made") / "out")}


@pytest.fixture(scope="module")
def opaque(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[NDArray[np.uint8]]]:
    """The frames of the film by beat, as they are painted, before anything is encoded."""
    painted, write = dict[str, list[NDArray[np.uint8]]](), SegmentEncoder.write
    folder = tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patch:
        for chapter in (tiny_film.Opening, tiny_film.Ending):
            for beat in chapter.beats():
                frames = painted[f"{chapter.name}.{beat}"] = []

                def noted(self, pixels, repeat=1, changed_rows=None, frames=frames) -> None:
                    frames.extend([pixels[..., :3].copy()] * repeat)
                    write(self, pixels, repeat, changed_rows)

                patch.setattr(SegmentEncoder, "write", noted)
                draw(tiny_film.PRODUCTION, chapter, folder, take=[beat])
    return painted


def frames_of(file: Path) -> list[NDArray[np.float64]]:
    """(height, width, 4) of every frame, from 0 to 255."""
    with av.open(str(file)) as film:
        return [
            frame.reformat(
                format="rgba64le",
                src_colorspace="ITU709",
                src_color_range="MPEG",
                dst_color_range="JPEG",
                threads=1,
            ).to_ndarray()
            / 257
            for frame in film.decode(video=0)
        ]


def test_there_is_a_file_for_every_chapter_and_beat(files: dict[str, Path]) -> None:
    assert [*files] == ["ending.mov", "opening.second.mov"]
    assert {file.name for file in files["ending.mov"].parent.iterdir()} == set(files)


@pytest.mark.parametrize(("name", "beat"), [("ending", "ending.last"), ("opening.second", "opening.second")])
def test_over_the_background_it_is_the_film(
    name: str, beat: str, files: dict[str, Path], opaque: dict[str, list[NDArray[np.uint8]]]
) -> None:
    found = frames_of(files[f"{name}.mov"])
    assert len(found) == len(opaque[beat]) > 15
    worst = list[float]()
    far, all_of_them = 0, 0
    for frame, expected in zip(found, opaque[beat], strict=True):
        opacity = frame[..., 3:] / 255
        difference = np.abs(frame[..., :3] * opacity + GROUND * (1 - opacity) - expected)
        worst.append(float(difference.max()))
        far += int((difference > 2).sum())
        all_of_them += difference.size
    assert far <= all_of_them / 10_000  # the codec is not quite without loss where a pixel is part of a line
    assert max(worst) <= 4


def test_the_background_is_transparent_and_a_fade_passes_through_all_opacities(
    files: dict[str, Path],
) -> None:
    found = frames_of(files["ending.mov"])
    assert all(frame[0, 0, 3] == 0 for frame in found)
    peaks = [frame[120:360, 300:560, 3].max() for frame in found]  # where the square appears
    assert peaks[0] == 0
    assert max(peaks) > 250
    assert any(30 < peak < 220 for peak in peaks)


def test_it_is_prores_4444_as_editing_programs_read_it(files: dict[str, Path]) -> None:
    with av.open(str(files["ending.mov"])) as film:
        (stream,) = film.streams
        context = stream.codec_context
        assert (context.name, stream.profile, context.codec_tag) == ("prores", "4444", "ap4h")
        assert (stream.width, stream.height, stream.average_rate) == (854, 480, 15)
        assert context.pix_fmt.startswith("yuva444p")
        frame = next(film.decode(stream))
        assert (frame.colorspace, frame.color_range, frame.color_primaries, frame.color_trc) == (1, 1, 1, 1)
        film.seek(0)
        assert all(packet.is_keyframe for packet in film.demux(stream) if packet.pts is not None)
    found = boxes(files["ending.mov"])
    assert found.index("moov") < found.index("mdat")
    assert b"nclc" in files["ending.mov"].read_bytes()[:20_000]  # the colours, for programs that ask the file


def test_a_file_drawn_twice_is_the_same_to_the_last_bit(files: dict[str, Path], tmp_path: Path) -> None:
    again = draw_prores(tiny_film.PRODUCTION, tiny_film.Ending, tmp_path)
    assert again.read_bytes() == files["ending.mov"].read_bytes()


def test_without_a_name_all_chapters_are_drawn(plan: Plan, tmp_path: Path) -> None:
    told = list[tuple[str, float]]()
    files = make_prores(plan, (), tmp_path, lambda chapter, seconds: told.append((chapter, seconds)))
    assert [file.name for file in files] == ["opening.mov", "ending.mov"]
    assert {chapter for chapter, _ in told} == {"opening", "ending"}


@pytest.mark.parametrize(
    ("name", "told", "hint"),
    [
        ("ending.lost", "chapter ending has no beat 'lost'", "did you mean last?"),
        ("ending.", "chapter ending has no beat ''", "last"),
        ("end.last", "no chapter 'end'", "opening, ending"),
    ],
)
def test_what_is_not_in_the_film_is_an_error(
    name: str, told: str, hint: str, plan: Plan, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        make_prores(plan, [name], tmp_path / "out")
    assert hint in caught.value.hint
    assert not (tmp_path / "out").exists()


def test_if_one_fails_none_is_left(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="chapter broken could not be drawn"):
        make_prores(make_plan(tiny_film.faulty("ending", "broken")), (), tmp_path / "out")
    assert not (tmp_path / "out").exists()
