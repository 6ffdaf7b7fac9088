"""Lines of text as people read them: without breaks, times, and a label before what it is of."""

from __future__ import annotations

from softmax_explained.stage.design.writing_system import is_sign


def one_line(text: str) -> str:
    r"""A text without line breaks and with single spaces.

    >>> one_line("  a\n b ")
    'a b'
    """
    return " ".join(text.split())


def clock(seconds: float) -> str:
    """A time as m:ss, or h:mm:ss from an hour on; begun seconds do not count.

    >>> clock(9.8), clock(75), clock(3600)
    ('0:09', '1:15', '1:00:00')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def labelled(label: str, text: str = "") -> str:
    """A text behind its label, with the colon of the label's script.

    >>> labelled("Classes", "cat"), labelled("类别", "猫"), labelled("Numbers")
    ('Classes: cat', '类别：猫', 'Numbers:')
    """
    return f"{label}：{text}" if is_sign(label[-1:]) else f"{label}: {text}".rstrip()
