"""Captions can be read: short enough, slow enough, broken at phrases, and there when the words are heard."""

import html
import io
from itertools import pairwise

import pytest
import srt
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from softmax_explained.stage.narration.narration import Narration, narration_of
from softmax_explained.stage.narration.narration import plain as plain_narration
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import reading_time
from softmax_explained.studio.captions.formats import as_srt, as_vtt
from softmax_explained.studio.captions.segmentation import LIMITS, Cue, Limits, Spoken, captions

RATE = 60

SENTENCES = [
    "Lay the pieces end to end: together they measure {S}. Divide by that total and the strip is one long.",
    "The one-hot target puts one on the true class and zero elsewhere. It weighs minus log `a` by `y`.",
    "Does it match the measurement? Formula {g}, nudge {g}. And the components add up to zero.",
    "Yes.",
]


def spoken(texts: list[str], **names: str) -> tuple[Spoken, ...]:
    """The sentences one after the other, at reading speed, with a second between them."""
    fill = {"S": ("11.213", "number"), "g": ("−0.341", "number")} | {
        key: (name, "word") for key, name in names.items()
    }
    clock, said = 0.35, []
    for text in texts:
        sentence = Sentence.parse(text, fill.__getitem__)
        timing = reading_time(sentence)
        said.append(Spoken(sentence, tuple((clock + word.start, clock + word.end) for word in timing.words)))
        clock += timing.speech + 1.05
    return tuple(said)


def film(
    texts: list[str], limits: Limits = LIMITS["words"], **names: str
) -> tuple[tuple[Spoken, ...], tuple[Cue, ...]]:
    said = spoken(texts, **names)
    return said, captions(said, limits, RATE, said[-1].times[-1][1] + 2)


def plain(text: str) -> str:
    return "".join(text.split())


def test_captions_keep_to_what_people_can_read() -> None:
    limits = LIMITS["words"]
    _, cues = film(SENTENCES)
    for cue in cues:
        assert len(cue.lines) <= limits.lines
        assert all(0 < len(line) <= limits.characters for line in cue.lines)
        assert limits.shortest <= cue.end - cue.start <= limits.longest
        assert sum(map(len, cue.lines)) / (cue.end - cue.start) <= limits.per_second
    assert len(cues) > len(SENTENCES)
    assert all(second.start - first.end >= 2 / RATE for first, second in pairwise(cues))


def test_a_quick_beginning_shares_its_caption_with_slower_words() -> None:
    """The better break would leave more than 20 characters per second before it."""
    quick = "Alpha beta gamma delta epsilon zeta eta theta. "
    slow = "Then come many other words than could ever fit into both of the lines."
    sentence = Sentence.parse(quick + slow, {}.__getitem__)
    clock, times = 0.0, list[tuple[float, float]]()
    for number in range(len(sentence.tokens)):
        times.append((clock, clock := clock + (0.16 if number < len(quick.split()) else 0.45)))
    cues = captions((Spoken(sentence, tuple(times)),), LIMITS["words"], RATE, clock + 2)
    assert len(cues) > 1
    for cue in cues:
        assert sum(map(len, cue.lines)) / (cue.end - cue.start) <= 20


def test_a_caption_comes_with_its_first_word() -> None:
    said, cues = film(SENTENCES)
    starts = {start for sentence in said for start, _ in sentence.times}
    assert all(cue.start in starts for cue in cues)
    assert [
        sentence.times[0][0] for sentence in said if sentence.times[0][0] not in {cue.start for cue in cues}
    ] == []


def test_captions_say_what_is_said_and_nothing_else() -> None:
    said, cues = film(SENTENCES)
    shown = " ".join(line for cue in cues for line in cue.lines)
    assert shown == " ".join(str(sentence.sentence) for sentence in said)


def test_captions_break_where_sentences_and_phrases_end() -> None:
    _, cues = film(SENTENCES[:1])
    assert [cue.lines for cue in cues] == [
        ("Lay the pieces end to end:", "together they measure 11.213."),
        ("Divide by that total", "and the strip is one long."),
    ]


def test_a_caption_ends_earlier_where_its_lines_would_be_broken_badly() -> None:
    text = "Cross-entropy weighs minus log `a` by the target, class by class, and adds. So only dog pays."
    _, cues = film([text])
    assert [cue.lines for cue in cues] == [
        ("Cross-entropy weighs", "minus log a by the target,"),
        ("class by class, and adds.", "So only dog pays."),
    ]


@pytest.mark.parametrize("name", ["log", "ln", "−ln"])
def test_the_name_of_a_function_stays_with_its_letter(name: str) -> None:
    for before in range(12):
        _, cues = film([f"{'so ' * before}it is {name} `a` of all of the others."])
        assert any(f"{name} a" in line for cue in cues for line in cue.lines)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_a_number_is_never_parted_from_its_minus(before: int, after: int) -> None:
    _, cues = film([f"{'so ' * before} it is minus {{g}} now {'so ' * after}."])
    assert any("minus −0.341" in line for cue in cues for line in cue.lines)


@pytest.mark.parametrize("word", ["word ", "word, ", "字"])
def test_a_sentence_of_thousands_of_words_has_captions_too(word: str) -> None:
    said, cues = film([word * 3000 + "."], LIMITS["signs" if word == "字" else "words"])
    assert plain(" ".join(" ".join(cue.lines) for cue in cues)) == plain(str(said[0].sentence))


def test_a_long_pause_is_not_captioned() -> None:
    first, second = spoken(["One moment.", "Here it is."])
    late = Spoken(second.sentence, tuple((start + 30, end + 30) for start, end in second.times))
    cue, _ = captions((first, late), LIMITS["words"], RATE, 60)
    assert cue.end < first.times[-1][1] + 1.5


def test_no_caption_stands_through_a_silence_within_a_sentence() -> None:
    narration = plain_narration(Sentence.parse("{ask|What} is left? One, {all|all}.", {}.__getitem__))
    assert len(film_of(narration)) == 1  # short enough for one caption
    for seconds, cues in ((0.5, 1), (2.0, 2)):
        paused = narration_of(narration.caption, None, {"pauses": {"ask": seconds}}, "")
        assert len(film_of(paused)) == cues
    asked, answered = film_of(paused)
    assert (asked.lines, answered.lines) == (("What is left?",), ("One, all.",))
    assert asked.end <= 3 + 1.0
    assert answered.start == 5


def test_a_word_before_a_silence_stands_long_enough_to_be_read() -> None:
    sentence = Sentence.parse("标签加起来是多少？一。所以只剩这些。", {}.__getitem__)
    answer = [token.text for token in sentence.tokens].index("一")
    starts = [0.25 * n + 2.0 * (n >= answer) + 2.0 * (n > answer) for n in range(len(sentence.tokens))]
    said = Spoken(sentence, tuple((start, start + 0.25) for start in starts))
    _, cue, _ = captions((said,), LIMITS["signs"], RATE, 20.0)
    assert cue.lines == ("一。",)
    assert cue.end - cue.start == pytest.approx(LIMITS["signs"].shortest)


def film_of(narration: Narration) -> tuple[Cue, ...]:
    """The captions of a beat with a second for every word."""
    count = len(narration.voice.tokens)
    timing = narration.timing([(float(n), n + 1.0) for n in range(count)], float(count))
    return captions((Spoken.of(narration.caption, timing, 0.0),), LIMITS["words"], RATE, timing.speech + 2)


def test_chinese_breaks_between_characters() -> None:
    limits = LIMITS["signs"]
    _, cues = film(
        ["softmax 先以 `e` 为底、以得分为指数。每个值都变成正数，得分高的越拉越远，{c}也一样。"],
        limits,
        c="狐狸",
    )
    assert all(len(line) <= limits.characters for cue in cues for line in cue.lines)
    assert plain("".join(line for cue in cues for line in cue.lines)).endswith("狐狸也一样。")


def test_chinese_punctuation_stays_with_its_words() -> None:
    _, cues = film(
        ["他说：“第一环”（也就是损失对输出的那一环）正好约掉，剩下的，就是预测减去目标。" * 3],
        LIMITS["signs"],
    )
    lines = [line for cue in cues for line in cue.lines]
    assert not [line for line in lines if line[0] in "，。：；”）" or line[-1] in "“（"]


def test_a_beat_that_speaks_over_the_next_one_is_cut_short() -> None:
    first, second = spoken(["One two three four five six seven.", "Eight."])
    early = Spoken(second.sentence, tuple((start - 1.5, end - 1.5) for start, end in second.times))
    cues = captions((first, early), LIMITS["words"], RATE, 60)
    assert len(cues) == 2
    assert all(later.start - earlier.end >= 2 / RATE for earlier, later in pairwise(cues))


HOSTILE = [
    "<b>bold</b>",
    "-->",
    "a --> b",
    "R&D &amp; &lt;",
    "{\\an8}top",
    "NOTE this",
    "WEBVTT",
    "00:00:01.000 --> 00:00:02.000",
    "<00:00:01.000>",
    "supercalifragilisticexpialidociousandmoreofitwithoutend",
    "line\u2028separator",
    "1",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text_in_webvtt(name: str) -> None:
    _, cues = film(["It is {c}, then.", "And {c}."], c=name)
    read = list(webvtt.from_buffer(io.StringIO(as_vtt(cues))))
    assert len(read) == len(cues)
    shown = html.unescape("".join(caption.text for caption in read))
    assert plain(shown) == plain(f"It is {name}, then.And {name}.")
    assert "<" not in "".join(caption.raw_text for caption in read)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_no_markup_in_subrip(name: str) -> None:
    _, cues = film(["It is {c}, then.", "And {c}."], c=name)
    read = list(srt.parse(as_srt(cues)))
    assert [entry.start.total_seconds() for entry in read] == pytest.approx(
        [cue.start for cue in cues], abs=0.001
    )
    assert [entry.end.total_seconds() for entry in read] == pytest.approx(
        [cue.end for cue in cues], abs=0.001
    )
    assert not set("<>{}") & set("".join(entry.content for entry in read))


@given(start=st.floats(0, 5000), length=st.floats(1, 7))
def test_both_files_of_a_film_tell_the_same_times(start: float, length: float) -> None:
    cues = (Cue(start, start + length, ("Here",)),)
    (subrip,) = [line for line in as_srt(cues).splitlines() if "-->" in line]
    (web,) = [line for line in as_vtt(cues).splitlines() if "-->" in line]
    assert subrip.replace(",", ".") == web


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_makes_files_that_can_be_read_back(names: list[str]) -> None:
    texts = [f"So {{k{number}}}, you see." for number in range(len(names))]
    _, cues = film(texts, **{f"k{number}": name for number, name in enumerate(names)})
    assert all(len(line) <= 42 for cue in cues for line in cue.lines)
    assert len(list(webvtt.from_buffer(io.StringIO(as_vtt(cues))))) == len(cues)
    assert len(list(srt.parse(as_srt(cues)))) == len(cues)
