"""The numbers as Markdown: for every quality what the film costs, what an edit costs, and the floor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.contestants import CONTESTANTS
from bench.edits import EDITS
from bench.floor import TITLES
from bench.likeness import CEILING, EVERY
from bench.record import Record
from bench.targets import AGAINST_FLOOR, LIKENESS, after_edit, against_manim

SIZES = {"draft": "480p15", "medium": "720p30", "high": "1080p60"}

_NONE = "–"
_NEAR = "mean", "least", "mean_encoded", "least_encoded"

MOST_NAMED = 3  # beats


def table(record: Record) -> str:
    """Everything in a record, as far as it goes."""
    parts = [_machine(record.told)]
    for quality in record.told["rounds"]:
        if record.median(quality, "default"):
            parts += [
                _about(record, quality),
                _films(record, quality),
                _edits(record, quality),
                _floor(record, quality),
            ]
    return "\n\n".join(part for part in parts if part)


def _machine(told: dict[str, Any]) -> str:
    machine = told["machine"]
    packages = ", ".join(f"{name} {machine['packages'][name]}" for name in ("manim", "av"))
    return (
        f"Measured on {told['date']}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory'] / 2**30:.0f} GiB, {machine['system']}, Python {machine['python']}, {packages}."
    )


def _about(record: Record, quality: str) -> str:
    rounds, frames = record.rounds(quality, "default"), record.median(quality, "default")["frames"]
    part = "whole film" if record.told["whole"] else f"chapters {', '.join(record.told['chapters'])}"
    seconds = sum(frames.values()) / int(SIZES[quality].partition("p")[2])
    how = f"medians of {rounds} rounds" if rounds > 1 else "one round"
    compared = "every frame" if EVERY[quality] == 1 else f"one frame in {EVERY[quality]}"
    return f"**{SIZES[quality]}**, the {part} ({seconds:.0f} s), silent; {how}; SSIM of {compared}:"


def _films(record: Record, quality: str) -> str:
    base = record.median(quality, "default")
    rows = [
        _film(
            contestant.title,
            found,
            None if name == "default" else base,
            record.median(quality, f"likeness {name}"),
        )
        for name, contestant in CONTESTANTS.items()
        if (found := record.median(quality, name))
    ]
    ceiling = _near(record.median(quality, f"likeness {CEILING}"))
    rows.append(["lossless, except for 4:2:0 colour", *[_NONE] * 4, *ceiling])
    if found := record.median(quality, "ours"):
        targets = against_manim(quality, record.told["machine"]["processor"])
        judged = {key: target.verdict(found[key] / base[key]) for key, target in targets.items()}
        verdicts = [judged.get(key, _NONE) for key in ("wall", "cpu", "peak", "bytes")]
        seen = record.median(quality, "likeness ours")
        near = [LIKENESS[key].verdict(seen[key]) if key in seen else _NONE for key in _NEAR]
        rows.append(["target", *verdicts, *near])
    head = ["SSIM, RGB", "worst frame", "SSIM, 4:2:0", "worst frame"]
    return _rows(["", "clock", "CPU", "memory", "size", *head], rows)


def _film(title: str, found: dict[str, Any], base: dict[str, Any] | None, near: dict[str, Any]) -> list[str]:
    amounts = {
        "wall": _seconds(found["wall"]),
        "cpu": _seconds(found["cpu"]),
        "peak": f"{found['peak'] / 1e6:,.0f} MB",
        "bytes": f"{found['bytes'] / 1e6:.1f} MB",
    }
    shares = {key: f" ({found[key] / base[key]:.2f} ×)" if base else "" for key in amounts}
    return [title, *(f"{amount}{shares[key]}" for key, amount in amounts.items()), *_near(near)]


def _near(near: dict[str, Any]) -> list[str]:
    if "found" in near:
        return [f"{near['found']:.0f} frames, not {near['expected']:.0f}", *[_NONE] * 3]
    return [f"{near[key]:.4f}" if near else _NONE for key in _NEAR]


def _edits(record: Record, quality: str) -> str:
    rows = []
    for name, edit in EDITS.items():
        if found := record.median(quality, f"edit {name}"):
            target, again = after_edit(quality, name), found["drawn"]
            judged = target.verdict(found["wall"]) if target else _NONE
            told = ", ".join(f"`{beat}`" for beat in again) or "none"
            told = told if len(again) <= MOST_NAMED else str(len(again))
            times = _seconds(found["wall"]), _seconds(found["cpu"]), f"{found['peak'] / 1e6:,.0f} MB"
            rows.append([edit.title, *times, told, judged])
    return _rows(["edit", "clock", "CPU", "memory", "beats rendered again", "target"], rows)


def _floor(record: Record, quality: str) -> str:
    decoding, whole = record.median(quality, "floor nothing"), record.median(quality, "ours")
    rows = []
    for name, title in TITLES.items():
        found = record.median(quality, f"floor {name}")
        if name == "nothing" or not (found and decoding and whole):
            continue
        alone = {key: found[key] - decoding[key] for key in ("wall", "cpu")}
        shares = [f"{_seconds(alone[key])} ({whole[key] / alone[key]:.2f} ×)" for key in ("wall", "cpu")]
        judged = [
            AGAINST_FLOOR.verdict(whole[key] / alone[key]) if name == "ours" else _NONE for key in alone
        ]
        rows.append([title, f"{found['pictures']:,.0f}", *shares, *judged])
    head = [
        "encoding alone (our render relative to it)",
        "frames",
        "clock",
        "CPU",
        "target, clock",
        "target, CPU",
    ]
    return _rows(head, rows)


def _seconds(seconds: float) -> str:
    return f"{seconds:,.0f} s" if seconds >= 100 else f"{seconds:.1f} s"


def _rows(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table; nothing if it has no rows."""

    def lines() -> Iterator[str]:
        for row in (head, ["---"] * len(head), *rows):
            yield f"| {' | '.join(row)} |".replace("|  |", "| |")

    return "\n".join(lines()) if rows else ""
