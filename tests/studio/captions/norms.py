"""The norms for captions, and a reader's list of what a break would tear, checked on the text of the files.

Nothing here is taken from the program: files are read by parsers of others, and formulas are written down as
a reader finds them in the sentences.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

import srt
import webvtt

from softmax_explained.studio.output.make_film import captions
from softmax_explained.studio.planning.plan import Plan

ROUNDING = 0.0015  # seconds: the files have times in milliseconds


@dataclass(frozen=True)
class Norm:
    """Netflix's timed text style guide for a language."""

    characters: float  # per line
    per_second: float
    shortest: float  # seconds
    longest: float  # seconds
    half: float  # characters that a Latin letter counts


NORMS = {"en": Norm(42, 20, 5 / 6, 7, 1.0), "zh": Norm(16, 9, 1.5, 6, 0.5)}


@dataclass(frozen=True)
class Shown:
    """A caption as it is read from a file."""

    beat: str
    start: float  # seconds of the film
    end: float
    lines: tuple[str, ...]

    def length(self, norm: Norm) -> float:
        """The characters of all lines."""
        return sum(width(line, norm) for line in self.lines)


@dataclass(frozen=True)
class Laid:
    """Where the speech of a beat begins, if every beat takes as long as it must at least."""

    id: str
    speech_start: float


def read_back(plan: Plan) -> dict[str, list[Shown]]:
    """The captions of a film in every language, as two parsers read them in its files; these must agree."""
    clock, laid = 0.4, list[Laid]()
    for beat in plan.beats.values():
        laid.append(Laid(beat.id, clock))
        clock += beat.seconds
    files = captions(plan, laid)  # type: ignore[arg-type]
    assert len(files) == 2 * len(plan.production.languages)
    return {
        tag: _read(files[f"film.{tag}.srt"], files[f"film.{tag}.vtt"], laid)
        for tag in plan.production.languages
    }


def _read(subrip: str, vtt: str, laid: list[Laid]) -> list[Shown]:
    starts = [beat.speech_start for beat in laid]
    shown = list[Shown]()
    for entry in srt.parse(subrip):
        start, end = entry.start.total_seconds(), entry.end.total_seconds()
        beat = max(number for number, at in enumerate(starts) if at <= start + ROUNDING)
        shown.append(Shown(laid[beat].id, start, end, tuple(entry.content.split("\n"))))
    other = [
        (cue.start_in_seconds, cue.end_in_seconds, tuple(html.unescape(cue.text).split("\n")))
        for cue in webvtt.from_buffer(io.StringIO(vtt))
    ]
    assert [(int(each.start), int(each.end), each.lines) for each in shown] == [
        (int(start), int(end), lines) for start, end, lines in other
    ]
    return shown


def width(text: str, norm: Norm) -> float:
    """Characters; those that Unicode calls neither wide nor full-width count as `Norm.half`."""
    return sum(1.0 if east_asian_width(sign) in "WF" else norm.half for sign in text)


def beyond_the_norm(shown: list[Shown], norm: Norm, frame_rate: int) -> Iterator[str]:
    """What a viewer cannot read, or not notice."""
    for cue in shown:
        seconds = cue.end - cue.start
        if len(cue.lines) > 2:
            yield f"{len(cue.lines)} lines: {cue}"
        if max(width(line, norm) for line in cue.lines) > norm.characters:
            yield f"a long line: {cue}"
        if cue.length(norm) > norm.per_second * (seconds + ROUNDING):
            yield f"{cue.length(norm) / seconds:.1f} characters per second: {cue}"
        if not norm.shortest - ROUNDING <= seconds <= norm.longest + ROUNDING:
            yield f"{seconds:.2f} seconds: {cue}"
    for one, other in pairwise(shown):
        if other.start - one.end < 2 / frame_rate:
            yield f"no gap between {one} and {other}"


WHOLE = {
    "en": """
        e to the zᵢ|e to the zⱼ|e to the dz|e to the zᵢ, over S|e to the zᵢ over S|
        S minus e to the zᵢ, over S|S over S|S squared|e times|aᵢ aⱼ|minus aᵢ aⱼ|aᵢ dz|yᵢ dz|
        aⱼ times aᵢ dz|yⱼ aᵢ|yᵢ aᵢ|aᵢ squared|one over aⱼ|minus yⱼ over aⱼ|minus one over a|
        minus y over a|one over a|aᵢ minus yᵢ|aⱼ minus yⱼ|a minus y|one minus aᵢ|aᵢ times one minus aᵢ|
        minus yᵢ times one minus aᵢ|minus yᵢ, plus yᵢ aᵢ|aᵢ minus yᵢ, times xₘ|natural log of a|
        minus the natural log of a|log S|Log aₖ|Log aₖ is zₖ minus log S|diag a|a times a transpose|
        diag a, minus a times a transpose|j equals i|j is not i|one plus dz|a tiny h|
        rediction minus target|growth minus tax|minus times minus|segment i|segment j|length S|end to end|
        Cross-entropy|Each piece""",
    "zh": """
        e 的 zᵢ 次方|e 的 zⱼ 次方|e 的 dz 次方|aᵢ 等于 e 的 zᵢ 次方，除以 S|e 的 zᵢ 次方除以 S|除以 S 的平方|
        除以 S|S 减分子|S 除以 S|e 倍|aᵢ dz|yᵢ dz|aⱼ 乘 aᵢ dz|aᵢ 的平方|aᵢ(1−aᵢ)|−aᵢ aⱼ|负的 aᵢ aⱼ|
        负的 yⱼ/aⱼ|1/aⱼ|−yⱼ/aⱼ|−1/a|1/a|−y/a|−ln a|yⱼ aᵢ|aᵢ − yᵢ|aⱼ − yⱼ|(aᵢ−yᵢ) xₘ|
        −yᵢ 乘 (1−aᵢ)|−yᵢ，再加 yᵢ aᵢ|η 乘 (a−y)|ln aₖ|ln S|ln aₖ 等于 zₖ 减 ln S|
        diag(a) 减 a 乘 a 的转置|j 等于 i|j 不等于 i|约等于 1 加 dz|1 加 dz|C 对 zᵢ 的偏导数|第 i 段|第 j 段|
        从 0 到 1|乘 e 的 zᵢ 次方|每高 1 分|预测减标签|涨减税|负的 e 的 zⱼ 次方|每单位 dz|
        一个|两个|两种|两环|一种|一步|一层|一段|一项|一环|一组|一条|这条|那条|那种|每个|每条|每段|各类|几个|
        某个|那一项|那一种|这一种|每一段|第一环|第二环|情况一|情况二""",
}
"""What no line may cut, as a reader finds it in the sentences, but for numbers and names."""


def torn(said: str, lines: list[str], language: str, names: tuple[str, ...]) -> list[str]:
    """What is whole in the text that is said, and not in the lines that are read."""
    whole = [part.strip() for part in WHOLE[language].split("|")]
    read = "\n".join(lines)
    numbers = re.findall(r"−?\d+(?:\.\d+)?", said)
    return [part for part in {*whole, *numbers, *names} if _count(part, read) != _count(part, said)]


def _count(part: str, text: str) -> int:
    """How often a part stands in a text, and not as a part of another word."""
    latin = part[0].isascii() or part[-1].isascii()
    edges = (r"(?<![A-Za-z])", r"(?![A-Za-z])") if latin and part != "rediction minus target" else ("", "")
    return len(re.findall(edges[0] + re.escape(part) + edges[1], text))


LOST = re.compile(
    r".*\b(a|an|the|of|to|by|in|on|at|for|from|with|over|under|through|into|inside|and|or|but|nor|so|because|"
    r"that|which|when|where|while|although|if|yet|as|than|its|every|all|each|no|minus|plus|times|log|ln|−)"
)
"""An English line that ends with a word that is lost without the next one."""

MEASURE = "[个段条步类项环张次种组倍分层块]"


def badly_broken(shown: list[Shown], language: str) -> Iterator[str]:
    """Lines that end or begin with what belongs to the line after or before it."""
    lines = [(cue, line) for cue in shown for line in cue.lines]
    for (cue, line), (follows, following) in pairwise([*lines, (None, "")]):
        if line[0] in "，。：；？！、）”,.:;?!)%" or line[-1] in "（“(":
            yield f"punctuation: {line}"
        if follows is None or follows.beat != cue.beat:
            continue
        if language == "en" and LOST.fullmatch(line):
            yield f"a lost word: {line} / {following}"
        if language == "zh":
            if line.endswith("的") or following.startswith("的"):
                yield f"的: {line} / {following}"
            if re.search(r"[一二两三四五六七八九十几每各某这那哪\d]$", line) and re.match(MEASURE, following):
                yield f"a measure word: {line} / {following}"
            if re.search(r"([减加乘−+×=]|减去|加上|[乘除]以)$", line):
                yield f"an operator: {line} / {following}"


def in_a_thought(shown: list[Shown]) -> list[str]:
    """Captions that end within a clause."""
    return [
        f"{one.lines} / {other.lines}"
        for one, other in pairwise(shown)
        if one.beat == other.beat and one.lines[-1][-1] not in ".?!:;,。？！：；，、"
    ]


def of_a_word_or_two(shown: list[Shown], norm: Norm) -> list[str]:
    """Captions that say next to nothing."""
    return [cue.lines[0] for cue in shown if cue.length(norm) < norm.characters / 4]
