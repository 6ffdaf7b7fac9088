"""The ledger holds what was shown, in film time, in the same order and digits every time."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from softmax_explained.stage.narration.timing import Pause
from softmax_explained.stage.scene.record import BeatRecord, MarkedMove, ShownFormula, ShownNumber
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.video.segment import Segment


def record(name: str, start: float) -> BeatRecord:
    return BeatRecord(
        id=name,
        chapter=name.partition(".")[0],
        title="A title",
        start=start,
        speech_start=start + 0.35,
        speech_end=start + 2,
        end=start + 3,
        narration="What is said.",
        moves=(MarkedMove("late", start + 1.5, start + 1.51), MarkedMove("early", start + 0.5, start + 0.5)),
        numbers=(ShownNumber("a[1]", "0.242", 0.2424329771), ShownNumber("e[0]", "1.97 × 10⁴³⁴", 1.97, 434)),
        formulas=(ShownFormula("a_i", "aᵢ"),),
        words=("dog",),
        pauses=(Pause("early", start + 1.0, start + 1.5),),
    )


@pytest.fixture
def ledger(tiny_plan: Plan) -> Ledger:
    segments = (
        Segment(
            "opening", Path("opening.mp4"), 90, 15, (record("opening.first", 0), record("opening.second", 3))
        ),
        Segment("ending", Path("ending.mp4"), 45, 15, (record("ending.last", 0),)),
    )
    return Ledger.of(tiny_plan, segments)


def test_times_of_a_segment_become_times_of_the_film(ledger: Ledger) -> None:
    last = ledger.beats[-1]
    assert (last.start, last.speech_start, last.speech_end, last.end) == (6, 6.35, 8, 9)
    assert [(chapter.start, chapter.end) for chapter in ledger.chapters] == [(0, 6), (6, 9)]
    assert ledger.duration == 9


def test_moves_stand_in_the_order_of_their_time(ledger: Ledger) -> None:
    early, late = json.loads(ledger.json_text())["beats"][-1]["moves"]
    assert (early["mark"], late["mark"], late["start"]) == ("early", "late", 7.51)


def test_pauses_of_the_speech_are_in_it_in_times_of_the_film(ledger: Ledger) -> None:
    assert json.loads(ledger.json_text())["beats"][-1]["pauses"] == [
        {"mark": "early", "start": 7.0, "end": 7.5}
    ]


def test_numbers_keep_their_exact_value(ledger: Ledger) -> None:
    shown = json.loads(ledger.json_text())["beats"][0]["numbers"]
    assert shown[0] == {"key": "a[1]", "text": "0.242", "value": 0.2424329771, "exponent": 0}
    assert shown[1]["exponent"] == 434


def test_the_voice_is_in_it(ledger: Ledger) -> None:
    assert ledger.production["voice"] == "heart"


def test_it_reads_back_as_it_was_written(ledger: Ledger) -> None:
    text = ledger.json_text()
    assert Ledger.parse(text).json_text() == text


def test_a_stranger_in_the_file_is_refused(ledger: Ledger) -> None:
    strange = json.loads(ledger.json_text()) | {"extra": 1}
    with pytest.raises(ValidationError, match="extra"):
        Ledger.parse(json.dumps(strange))


def test_a_ledger_of_before_there_was_mathml_is_read(ledger: Ledger) -> None:
    content = json.loads(ledger.json_text())
    for beat in content["beats"]:
        for formula in beat["formulas"]:
            del formula["mathml"], formula["spoken"]
    (formula,) = Ledger.parse(json.dumps(content)).beats[0].formulas
    assert (formula.mathml, formula.spoken) == ("", "")
