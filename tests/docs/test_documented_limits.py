"""The documented finding codes and thresholds are those of the checker."""

from __future__ import annotations

import ast
import re
from dataclasses import fields

import pytest
from pages import ROOT, page

from softmax_explained.core.lesson import lesson, picture, svg, validation
from softmax_explained.core.numerics import loss_comparison
from softmax_explained.studio.check import thresholds

CHECK = ROOT / "src" / "softmax_explained" / "studio" / "check"
ROWS = {row[0].strip("`"): " ".join(row[1:]) for row in page("docs/checks.md").rows if row[0].isupper()}


def codes_in_the_source() -> set[str]:
    trees = [ast.parse(file.read_text("utf-8")) for file in CHECK.rglob("*.py")]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[A-Z]{4,10}", text)}


def test_every_code_is_documented_and_no_other() -> None:
    assert set(ROWS) == codes_in_the_source()


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("OVERLAP", (thresholds.OVERLAP, thresholds.CROSSING)),
        ("OUTSIDE", (thresholds.OUTSIDE,)),
        ("SMALL", (thresholds.EM, thresholds.INDEX)),
        ("CONTRAST", (thresholds.CONTRAST_TEXT, thresholds.CONTRAST_LARGE)),
        ("CROWDED", (thresholds.NEW_THINGS, thresholds.NEW_THING_EVERY)),
        ("HOLD", (*thresholds.HOLDS.values(), thresholds.FORMULA_STAYS, thresholds.FORMULA_STAYS_PER_SYMBOL)),
        ("FROZEN", (thresholds.FROZEN,)),
        ("PACE", (*thresholds.WORDS_PER_MINUTE, *thresholds.SIGNS_PER_MINUTE)),
        ("ROLES", (thresholds.ROLE_DISTANCE,)),
        ("EMPTY", (thresholds.EMPTY,)),
        ("DOUBLED", (thresholds.DOUBLED,)),
        ("RUSHED", (thresholds.LINE_STAYS, thresholds.FORMULA_STAYS, thresholds.FORMULA_STAYS_PER_SYMBOL)),
        ("UNSPOKEN", (thresholds.MARK_NEAR,)),
        ("IDLE", (thresholds.IDLE,)),
        ("LOPSIDED", (100 * thresholds.CENTRED,)),
        ("THIN", (100 * thresholds.FULL,)),
        ("ADRIFT", (thresholds.ADRIFT,)),
        ("FLASH", (thresholds.FLASHES, round(100 * thresholds.FLASH_AREA))),
    ],
)
def test_the_documented_thresholds_are_those_of_the_checker(code: str, values: tuple[float, ...]) -> None:
    row = re.sub(r"\d+:1|ΔE2000", lambda found: found[0].replace("2000", "").replace(":1", ""), ROWS[code])
    documented = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", row)]
    assert [value for value in values if value not in documented] == []


def test_every_key_of_a_lesson_file_is_documented_and_no_other() -> None:
    first = [row[0].strip("`") for row in page("docs/lesson.md").rows]
    keys = first[first.index("key") + 1 : first.index("lesson")]  # the next table is of the shipped lessons
    assert len(keys) == len(set(keys))
    built = {field.name for field in fields(lesson.Lesson)} - {"source"}  # which is where the file is
    assert set(keys) == built | {"logits"}


def test_the_documented_limits_of_a_lesson_are_those_of_the_loader() -> None:
    rows = {row[0].strip("`"): row[-1] for row in page("docs/lesson.md").rows}
    assert f"{lesson.FEWEST_CLASSES} to {lesson.MOST_CLASSES} different names" in rows["classes"]
    assert f"{lesson.FEWEST_INPUTS} to {lesson.MOST_INPUTS} numbers" in rows["inputs"]
    assert f"{validation.LIMIT:,.0f}" in page("docs/lesson.md").text
    assert f"at most {validation.LONGEST_NAME} characters" in rows["classes"]
    assert f"at most {validation.LONGEST_TEXT} characters" in rows["title"]
    assert f"at most {picture.LARGEST_SIDE:,} pixels a side" in rows["picture"]
    assert f"at most {picture.LARGEST // 1_000_000} MB" in rows["picture"]
    assert f"at most {svg.MOST_ELEMENTS:,} elements" in page("docs/lesson.md").text


def test_the_documented_race_is_that_of_the_core() -> None:
    text = " ".join(page("docs/lesson.md").text.split())
    assert f"{loss_comparison.DROP:g} below its best rival" in text
    assert f"or at {loss_comparison.LEARNING_RATE:g} if cross-entropy" in text
    assert f"more than {loss_comparison.SOON} steps" in text
