"""The picture of an example: what is taken, what is refused, and that Manim draws what was taken."""

from __future__ import annotations

import io
import pickle
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lessons import film_lesson
from PIL import Image

from softmax_explained.core import load_lesson
from softmax_explained.core.lesson.loader import read_lesson, shipped_lesson
from softmax_explained.core.lesson.picture import LARGEST, LARGEST_SIDE, Picture
from softmax_explained.core.lesson.svg import DEEPEST, MOST_ELEMENTS, MOST_NUMBERS
from softmax_explained.errors import LessonError

RECT = '<rect width="4" height="2"/>'
WITH_PICTURES = {"cat-dog-fox": "dog.svg", "confidently-wrong": "husky.svg"}


def svg(inside: str = RECT, attributes: str = "", before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def png(width: int = 40, height: int = 30, mode: str = "RGBA") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height), 200 if mode in "L1P" else (200, 100, 50, 255)[: len(mode)]).save(
        file, "PNG"
    )
    return file.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(ValueError) as error:
        Picture(content)
    assert str(error.value).isprintable()
    return str(error.value)


@pytest.mark.parametrize(
    ("inside", "size"),
    [
        (RECT, (4, 2)),
        ('<circle cx="5" cy="5" r="3"/>', (6, 6)),
        ('<g transform="scale(2)"><ellipse rx="3" ry="1"/></g>', (12, 4)),
        ('<path d="M1 1h10v5H1zm2-3 4 0"/>', (10, 8)),
        ('<path d="M0 0 C0 8 8 8 8 0z"/>', (8, 6)),
        ('<polygon points="0,0 3,0 3,4"/><polyline points="0 0 1 1"/>', (3, 4)),
        ('<defs><rect width="99" height="99"/></defs>' + RECT, (4, 2)),
        ("<style>.a { fill: #888 }</style>" + RECT, (4, 2)),
        (
            '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:resource="http://x.org/"/>'
            f"</metadata>{RECT}",
            (4, 2),
        ),
        (
            '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" href="x"/>'
            '<rect xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:href="x" width="4" height="2"/>',
            (4, 2),
        ),
    ],
)
def test_a_drawing_of_plain_shapes_is_measured(inside: str, size: tuple[float, float]) -> None:
    picture = Picture(svg(inside))
    assert picture.format == "svg"
    assert picture.size == pytest.approx(size)


HOSTILE = {
    "script": (svg("<script>alert(1)</script>"), "a <script>"),
    "script of another namespace": (
        svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'),
        "a <script>",
    ),
    "link": (svg(f'<a href="https://example.org">{RECT}</a>'), "a <a>"),
    "handler": (svg('<rect width="4" height="2" onclick="x()"/>'), "an event handler"),
    "handler in capitals": (svg(RECT, 'OnLoad="x()"'), "an event handler"),
    "image": (svg('<image href="file:///etc/passwd"/>'), "a <image>"),
    "use": (svg(f'<defs><g id="a">{RECT}</g></defs><use href="#a"/>'), "a <use>"),
    "link of a shape": (
        svg(
            '<rect xmlns:x="http://www.w3.org/1999/xlink" x:href="http://example.org" width="1" height="1"/>'
        ),
        "a link",
    ),
    "base": (svg(RECT, 'xml:base="http://example.org/"'), "a link"),
    "foreign object": (svg("<foreignObject><p/></foreignObject>"), "a <foreignObject>"),
    "gradient": (svg('<linearGradient id="g"/>'), "a <linearGradient>"),
    "paint elsewhere": (svg('<rect width="4" height="2" fill="url(http://example.org/)"/>'), "refers to"),
    "paint in a style": (svg('<rect width="4" height="2" style="fill: URL ( #a )"/>'), "refers to"),
    "escaped": (svg(r'<rect width="4" height="2" style="fill: \75rl(#a)"/>'), "refers to"),
    "escaped twice": (svg('<rect width="4" height="2" style="fill: &#x75;rl(#a)"/>'), "refers to"),
    "import": (svg(f"<style>@import 'http://example.org/';</style>{RECT}"), "in its <style>"),
    "import in parts": (svg(f"<style>@im<![CDATA[port 'x']]></style>{RECT}"), "in its <style>"),
    "font": (svg(f"<style>@font-face {{}}</style>{RECT}"), "in its <style>"),
    "text": (svg("<text>cat</text>"), "a <text>"),
    "animation": (svg('<animate attributeName="x"/>'), "a <animate>"),
    "style sheet": (svg(before='<?xml-stylesheet href="a.css"?>'), "a processing instruction"),
    "doctype": (svg(before='<!DOCTYPE svg SYSTEM "http://example.org/svg.dtd">'), "a DOCTYPE"),
    "entity": (svg("&b;", before='<!DOCTYPE svg [<!ENTITY b "bb">]>'), "a DOCTYPE"),
    "billion laughs": (
        svg("&c;", before='<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'),
        "a DOCTYPE",
    ),
    "unknown entity": (svg("&b;"), "undefined entity, line 1"),
    "external entity": (
        svg("&b;", before='<!DOCTYPE svg [<!ENTITY b SYSTEM "file:///etc/passwd">]>'),
        "a DOCTYPE",
    ),
    "too many elements": (svg(RECT * MOST_ELEMENTS), f"more than {MOST_ELEMENTS:,} elements"),
    "too deep": (svg("<g>" * DEEPEST + RECT + "</g>" * DEEPEST), f"more than {DEEPEST} deep"),
    "too long an outline": (
        svg(f'<path d="M0 0{" 1" * MOST_NUMBERS}"/>'),
        f"more than {MOST_NUMBERS:,} numbers",
    ),
    "too long outlines": (
        svg(f'<path d="M0 0{" 1 2" * (MOST_NUMBERS // 3)}"/>' * 2),
        f"more than {MOST_NUMBERS:,} numbers",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_run_load_or_grow_is_refused(name: str) -> None:
    content, found = HOSTILE[name]
    assert found in refusal(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "it is empty"),
        (b"  \n", "it is empty"),
        (b"GIF89a", "broken or no SVG"),
        (svg()[:-8], "broken or no SVG"),
        (svg(before='<?xml version="1.0" encoding="nonsense"?>'), "no SVG"),
        (b"<html/>", "it begins with <html>"),
        (b"<svg/>", "it begins with <svg> instead of"),
        (svg(""), "it shows nothing"),
        (svg('<g display="none"><rect width="1" height="1"/></g>'), "it shows nothing"),
        (svg('<path d="M0 0 L foo"/>'), "an outline cannot be read, the attribute d"),
        (svg('<path d="0 0 L 1 1"/>'), "an outline cannot be read"),
        (svg('<polygon points="a,b"/>'), "an outline cannot be read, the attribute points"),
        (svg('<circle r="1e400"/>'), "no finite size"),
        (svg('<rect width="4" height="2em"/>'), "a length is no number of pixels, the attribute height"),
        (svg('<circle r="50%"/>'), "a length is no number of pixels"),
        (svg('<path d="M0 0H100"/>'), "too slim to be seen"),
        (svg('<rect width="9" height="1"/>'), "too slim"),
        (svg(f"<!--{'x' * LARGEST}-->"), "larger than 2 MB"),
    ],
)
def test_a_broken_drawing_says_what_is_wrong(content: bytes, found: str) -> None:
    assert found in refusal(content)


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: svg(text.encode("utf-8", "replace").decode()))
)
def test_whatever_a_file_holds_it_is_a_picture_or_a_printable_refusal(content: bytes) -> None:
    try:
        picture = Picture(content)
    except ValueError as error:
        assert str(error).isprintable()
    else:
        assert min(picture.size) > 0


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 1000), st.binary(min_size=1, max_size=3), st.booleans())
def test_a_damaged_image_is_an_image_or_a_printable_refusal(place: int, damage: bytes, cut: bool) -> None:
    whole = png()
    content = whole[: place % len(whole)] if cut else whole[:place] + damage + whole[place + len(damage) :]
    try:
        picture = Picture(content)
    except ValueError as error:
        assert str(error).isprintable()
    else:
        assert picture.format == "png"
        assert picture.pixels.shape == (*map(int, picture.size[::-1]), 4)


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "1"])
def test_an_image_is_decoded_to_pixels(mode: str) -> None:
    picture = Picture(png(40, 30, mode))
    assert (picture.format, picture.size) == ("png", (40, 30))
    assert picture.pixels.shape == (30, 40, 4)
    assert picture.pixels.dtype == np.uint8
    assert (picture.pixels[..., 3] == 255).all()


def test_a_drawing_has_no_pixels() -> None:
    with pytest.raises(ValueError, match="no pixels"):
        Picture(svg()).pixels  # noqa: B018  # what is asked for is the error


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png()[:60], "cut short"),
        (png()[:12], "cut short"),
        (png().replace(b"IDAT", b"XDAT"), "broken"),
        (png(400, 40), "too slim"),
        (png(LARGEST_SIDE + 1, 1000, "1"), f"{LARGEST_SIDE + 1} by 1000 pixels"),
        (  # a header that promises 4 × 10¹⁸ pixels
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0))
            + chunk(b"IEND", b""),
            "pixels a side",
        ),
        (b"\x89PNG\r\n\x1a\n", "broken, cut short or no PNG"),
    ],
)
def test_a_broken_image_says_what_is_wrong(content: bytes, found: str) -> None:
    assert found in refusal(content)


# In a lesson ----------------------------------------------------------------------------------------------


def test_a_lesson_file_names_the_picture_beside_it(tmp_path: Path) -> None:
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets" / "dog.svg").write_bytes(svg())
    lesson = tmp_path / "pets.toml"
    lesson.write_text('classes = ["a", "b"]\ntargets = 0\nlogits = [1, 2]\npicture = "pets/dog.svg"\n')
    picture = load_lesson(lesson).picture
    assert picture == Picture(svg())
    (tmp_path / "pets" / "dog.svg").unlink()
    assert picture is not None
    assert picture.content == svg()  # the lesson has the bytes, not the path


@pytest.mark.parametrize(
    "name", ["../dog.svg", "/dog.svg", "..\\\\dog.svg", "C:dog.svg", "pets/../../dog.svg"]
)
def test_a_lesson_file_names_no_picture_elsewhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "dog.svg").write_bytes(svg())
    (tmp_path / "pets").mkdir()
    lesson = tmp_path / "pets" / "pets.toml"
    lesson.write_text(f'classes = ["a", "b"]\ntargets = 0\nlogits = [1, 2]\npicture = "{name}"\n')
    with pytest.raises(LessonError, match="in the folder of the lesson or below"):
        load_lesson(lesson)


@pytest.mark.parametrize(
    ("content", "found"),
    [(None, "no such file"), (b"x", "broken"), (b"x" * (LARGEST + 1), "larger than 2 MB")],
)
def test_a_picture_that_is_none_is_named_with_its_lesson(
    tmp_path: Path, content: bytes | None, found: str
) -> None:
    if content is not None:
        (tmp_path / "dog.svg").write_bytes(content)
    lesson = tmp_path / "pets.toml"
    lesson.write_text('classes = ["a", "b"]\ntargets = 0\nlogits = [1, 2]\npicture = "dog.svg"\n')
    with pytest.raises(LessonError, match=found) as error:
        load_lesson(lesson)
    assert (error.value.where, error.value.key) == (str(lesson), "picture")
    assert "plain shapes" in error.value.allowed


def test_bytes_without_a_folder_have_no_picture_beside_them() -> None:
    content = b'classes = ["a", "b"]\ntargets = 0\nlogits = [1, 2]\npicture = "nowhere.svg"\n'
    with pytest.raises(LessonError, match="no such file"):
        read_lesson(content, "pets.toml")


@pytest.mark.parametrize("content", [svg(), png()])
def test_a_lesson_travels_with_its_picture(content: bytes) -> None:
    lesson = film_lesson(picture=Picture(content))
    copy = pickle.loads(pickle.dumps(lesson))
    assert copy == lesson
    assert copy.picture is not None
    assert copy.picture.content == content
    assert film_lesson(picture=lesson.data()["picture"]) == lesson
    assert film_lesson() != lesson
    assert "picture" not in film_lesson().data()


# What Manim makes of it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_a_drawing_of_ours_is_drawn_by_manim_as_it_is_measured(name: str, tmp_path: Path) -> None:
    from manim import SVGMobject

    picture = shipped_lesson(name).picture
    assert picture is not None
    file = tmp_path / "drawing.svg"
    file.write_bytes(picture.content)
    drawn = SVGMobject(file, height=4)
    text = picture.content.decode()
    assert len(drawn) == sum(text.count(f"<{tag} ") for tag in ("path", "circle", "ellipse"))
    assert all(part.has_points() and part.get_fill_opacity() == 1 for part in drawn)
    assert drawn.width / drawn.height == pytest.approx(
        picture.size[0] / picture.size[1], rel=0.05
    )  # Manim adds control points


def relative_luminance(colour: str) -> float:
    """WCAG 2.2."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_the_outer_shapes_of_our_drawings_are_seen_on_the_dark_background(name: str) -> None:
    from svgelements import SVG, Shape

    picture = shipped_lesson(name).picture
    assert picture is not None
    shapes = [each for each in SVG.parse(io.BytesIO(picture.content)).elements() if isinstance(each, Shape)]
    largest = sorted(shapes, key=lambda each: -np.prod(np.subtract(each.bbox()[2:], each.bbox()[:2])))[:3]
    for shape in largest:
        assert (relative_luminance(shape.fill.hexrgb) + 0.05) / (relative_luminance("#0E1116") + 0.05) > 2.5
