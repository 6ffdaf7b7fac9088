"""What happens when in a film, as a table for spreadsheets and editors: CSV as in RFC 4180, in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.planning.plan import Plan

HEADINGS = "id", "kind", "text", "start", "end", "start_timecode", "end_timecode"

_FORMULA = "=+-@＝＋－＠"
"""What a formula may begin with in a spreadsheet, see OWASP, "CSV Injection"."""

_ORDER = "chapter", "beat", "mark", "pause"


@dataclass(frozen=True)
class SheetRow:
    """Something that happens in a film; times in seconds of the film."""

    id: str  # chapter, chapter.beat or chapter.beat.mark
    kind: str  # one of `_ORDER`
    text: str  # the title, the narration, the word with the mark; nothing for a pause
    start: float
    end: float


def sheet_rows(plan: Plan, ledger: Ledger) -> tuple[SheetRow, ...]:
    """The chapters, beats, marked words and pauses of a film, in the order in which they begin."""
    found = [SheetRow(each.name, "chapter", each.title, each.start, each.end) for each in ledger.chapters]
    for beat in ledger.beats:
        planned = plan.beats[beat.id]
        found.append(SheetRow(beat.id, "beat", beat.narration, beat.start, beat.end))
        for mark, index in planned.sentence.marks.items():
            word = planned.timing.words[index]
            times = (beat.speech_start + each for each in (word.start, word.end))
            found.append(SheetRow(f"{beat.id}.{mark}", "mark", word.text, *times))
        found += [
            SheetRow(f"{beat.id}.{each.mark}", "pause", "", each.start, each.end) for each in beat.pauses
        ]
    return tuple(sorted(found, key=lambda row: (round(row.start, 6), _ORDER.index(row.kind))))


def as_csv(rows: Iterable[SheetRow], frame_rate: int) -> str:
    r"""The rows below their headings.

    Args:
        rows: in order.
        frame_rate: of the film, for the timecodes.

    >>> print(as_csv([SheetRow("loss.price", "mark", "=cmd()", 0.5, 61.25)], 60).replace("\r", ""))
    id,kind,text,start,end,start_timecode,end_timecode
    loss.price,mark,'=cmd(),0.500,61.250,00:00:00:30,00:01:01:15
    <BLANKLINE>
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)  # lines end with CR LF, and text is quoted where it has to be
    table.writerow(HEADINGS)
    table.writerows(map(_plain, _cells(row, frame_rate)) for row in rows)
    return text.getvalue()


def timecode(seconds: float, frame_rate: int) -> str:
    """A time as hours, minutes, seconds and frames (SMPTE ST 12-1, no frames dropped).

    >>> timecode(3661.5, 60), timecode(0.0666, 15)
    ('01:01:01:30', '00:00:00:01')
    """
    whole, frames = divmod(round(seconds * frame_rate), frame_rate)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}:{frames:02}"


def _cells(row: SheetRow, frame_rate: int) -> Iterator[str]:
    yield from (row.id, row.kind, row.text)
    yield from (f"{each:.3f}" for each in (row.start, row.end))
    yield from (timecode(each, frame_rate) for each in (row.start, row.end))


def _plain(cell: str) -> str:
    """A cell that no spreadsheet calculates: names of classes come from a user, who may be somebody else."""
    return f"'{cell}" if cell.strip().startswith(tuple(_FORMULA)) else cell
