"""A spoken sentence beside its caption, and the silences in it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from softmax_explained.errors import WordsError
from softmax_explained.stage.narration.narration import Narration, narration_of, plain, timing_beside
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming

QUANTITIES = {"p": ("0.659", "number"), "cls[t]": ("狗", "word")}
ASKED = "How {ask|much} is it all? {one|One}, exactly. Then {rest|rest}."


def parse(text: str) -> Sentence:
    return Sentence.parse(text, QUANTITIES.__getitem__)


def narration(caption: str, voice: str | None = None, **silences: Any) -> Narration:
    return narration_of(parse(caption), parse(voice) if voice else None, silences, "made.up")


def by_the_second(said: Narration) -> BeatTiming:
    """Every token of the voice takes a second, and there is no break between tokens."""
    count = len(said.voice.tokens)
    return said.timing([(float(n), n + 1.0) for n in range(count)], float(count))


def test_without_silences_everything_is_said_when_the_voice_says_it() -> None:
    timing = by_the_second(plain(parse(ASKED)))
    assert timing.marks == {"ask": 1, "one": 5, "rest": 8}
    assert (timing.speech, timing.pauses) == (9, ())


def test_a_pause_falls_at_the_end_of_the_sentence_of_its_mark() -> None:
    timing = by_the_second(narration(ASKED, pauses={"ask": 1.5}))
    assert timing.marks == {"ask": 1, "one": 6.5, "rest": 9.5}
    assert timing.speech == 10.5
    (pause,) = timing.pauses
    assert (pause.mark, pause.start, pause.end) == ("ask", 5, 6.5)
    assert [word.start for word in timing.words] == [0, 1, 2, 3, 4, 6.5, 7.5, 8.5, 9.5]


def test_a_wait_falls_at_the_first_punctuation() -> None:
    timing = by_the_second(narration(ASKED, waits={"one": 0.4}))
    assert timing.marks == {"ask": 1, "one": 5, "rest": 8.4}
    assert timing.words[6].start == pytest.approx(6.4)  # "exactly", after the comma


def test_a_pause_and_a_wait_at_one_place_add_up() -> None:
    timing = by_the_second(narration("It {ask|is}? Yes.", pauses={"ask": 1.0}, waits={"ask": 0.5}))
    assert timing.words[2].start == 3.5


def test_a_silence_after_the_last_word_lengthens_the_speech() -> None:
    timing = by_the_second(narration("It {is|is}", waits={"is": 2}))
    assert (timing.speech, timing.words[-1].end) == (4, 2)
    assert [(pause.start, pause.end) for pause in timing.pauses] == [(2, 4)]


def test_no_silence_is_no_pause() -> None:
    assert by_the_second(narration(ASKED, pauses={"ask": 0})).pauses == ()


def test_a_mark_starts_its_move_when_the_voice_says_it() -> None:
    said = narration("把 {raise|e} 的 {top|z_i} 次方", "取它的{raise|指数}，{top|次方}里是得分")
    timing = by_the_second(said)
    assert timing.marks == {"raise": 3, "top": 5}
    for mark, index in said.caption.marks.items():
        assert timing.words[index].start == timing.marks[mark]


def test_the_caption_keeps_its_words_in_order_within_the_speech() -> None:
    said = narration("把 {raise|e} 的 {top|z_i} 次方", "取它的{raise|指数}，{top|次方}里是得分")
    words = by_the_second(said).words
    assert [word.text for word in words] == [token.text for token in said.caption.tokens]
    for before, after in pairwise(words):
        assert before.start < before.end <= after.start + 1e-9
    assert words[0].start == 0
    assert words[-1].end == pytest.approx(11)


def test_a_caption_with_as_many_sentences_has_each_of_them_at_its_time() -> None:
    said = narration("{go|先} a_i。再 a_j？", "{go|先}说第一个概率。再说第二个？", pauses={"go": 2})
    first, _, then, last = by_the_second(said).words
    assert (first.start, then.start, last.end) == (0, 9, 14)


def test_a_caption_may_begin_before_its_voice_has_a_word_for_it() -> None:
    words = by_the_second(narration("softmax {go|先}走", "{go|先}走")).words
    assert [(word.start, word.end) for word in words] == [(0, 0), (0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("silences", "complaint"),
    [
        ({"pauses": {"asks": 1.5}}, "made.up.pauses: no mark 'asks'"),
        ({"waits": {"one": 3.01}}, "made.up.waits: one = 3.01"),
        ({"waits": {"one": -0.1}}, "made.up.waits: one = -0.1"),
        ({"waits": {"one": "long"}}, "made.up.waits: one = 'long'"),
        ({"waits": {"one": True}}, "made.up.waits: one = True"),
        ({"waits": {"one": float("nan")}}, "made.up.waits: one = nan"),
        ({"pauses": 1.5}, "made.up.pauses is not a table"),
    ],
)
def test_a_slip_in_a_silence_is_named(silences: dict[str, Any], complaint: str) -> None:
    with pytest.raises(WordsError) as slip:
        narration(ASKED, **silences)
    assert complaint in str(slip.value)


@pytest.mark.parametrize("voice", ["How much {one|one}", "{one|One} {ask|much} {rest|rest}", "none"])
def test_a_voice_with_other_marks_is_named(voice: str) -> None:
    with pytest.raises(WordsError, match=r"made\.up: the voice has the marks .* ask, one, rest"):
        narration(ASKED, voice)


def beside(caption: str, spoken: str, silences: dict[str, Any] | None = None) -> dict[str, float]:
    """When the words of a sentence begin, while another with a second for every word is spoken."""
    said = Sentence.parse(spoken, {}.__getitem__)
    narration, count = narration_of(said, None, silences or {}, ""), len(said.tokens)
    timing = narration.timing([(float(n), n + 1.0) for n in range(count)], float(count))
    read = timing_beside(Sentence.parse(caption, {}.__getitem__), said, timing)
    assert (read.speech, read.marks, read.pauses) == (timing.speech, timing.marks, timing.pauses)
    assert [word.text for word in read.words] == [
        token.text for token in Sentence.parse(caption, {}.__getitem__).tokens
    ]
    assert all(one.end <= other.start + 1e-9 for one, other in pairwise(read.words))
    return {word.text: word.start for word in read.words}


def test_another_language_has_its_marked_words_when_they_are_spoken() -> None:
    starts = beside("eins {a|zwei} drei vier {b|fünf}", "one {a|two} three {b|four} five six")
    assert starts == pytest.approx({"eins": 0, "zwei": 1, "drei": 5 / 3, "vier": 7 / 3, "fünf": 3})


def test_another_language_begins_with_the_speech_though_its_mark_comes_later() -> None:
    assert beside("{a|Eins} zwei", "one two {a|three} four") == {"Eins": 0, "zwei": 3}


def test_words_before_a_mark_that_the_speech_does_not_have_take_no_time() -> None:
    assert beside("eins zwei {a|drei}", "{a|One} two") == {"eins": 0, "zwei": 0, "drei": 0}


def test_a_phrase_that_begins_before_a_silence_comes_after_it() -> None:
    pause = {"pauses": {"a": 2.0}}
    starts = beside("Was {a|denn}? Und {b|das}", "And {a|what}? {b|That}", pause)
    assert starts == {"Was": 0, "denn": 1, "Und": 4, "das": 4}
    assert beside("Was {a|denn}? {b|Das}", "And {a|what}? So {b|that}", pause)["Das"] == 5
