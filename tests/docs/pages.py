"""The documentation as data: pages, their headings, code blocks, links and tables."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Fence:
    """A code block.

    Attributes:
        page: the name of its page.
        line: where it starts.
        kind: its language, such as ``console``.
        text: its lines.
    """

    page: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def commands(self) -> list[list[str]]:
        """The words of each command in a console block."""
        return [shlex.split(line[2:]) for line in self.text.splitlines() if line.startswith("$ ")]


@dataclass(frozen=True)
class Page:
    """A Markdown file of the project; `name` is its path from the root."""

    name: str

    @property
    def file(self) -> Path:
        return ROOT / self.name

    @cached_property
    def text(self) -> str:
        return self.file.read_text("utf-8")

    @cached_property
    def fences(self) -> list[Fence]:
        return fences_of(self.name, self.text)

    @cached_property
    def prose(self) -> str:
        """The text without its code blocks."""
        return re.sub(r"^```.*?^```$", "", self.text, flags=re.MULTILINE | re.DOTALL)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        return [(len(at[1]), at[2]) for at in re.finditer(r"^(#+) (.+)$", self.prose, re.MULTILINE)]

    @property
    def links(self) -> list[str]:
        """The targets of all links and pictures."""
        return re.findall(r"\]\(([^)\s]+)\)", self.prose)

    @property
    def codes(self) -> list[str]:
        """The text in backticks."""
        return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", self.prose)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every row of every table, heads included."""
        lines = re.findall(r"^\| (.+) \|$", self.prose, re.MULTILINE)
        return [re.split(r" (?<!\\)\| ", line) for line in lines if not set(line) <= set("-| ")]

    def section(self, heading: str) -> str:
        """The text below a heading, up to the next one of the same or a higher level.

        Raises:
            KeyError: there is no such heading, or there are several.
        """
        found = re.findall(rf"^(#+) {re.escape(heading)}\n", self.text, re.MULTILINE)
        if len(found) != 1:
            raise KeyError(f"{self.name}: {len(found)} headings {heading!r}")
        after = self.text.partition(f"{found[0]} {heading}\n")[2]
        return re.split(rf"^#{{1,{len(found[0])}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def fences_of(name: str, text: str) -> list[Fence]:
    """The code blocks of a text that stands on the page `name`."""
    blocks = re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Fence(name, text.count("\n", 0, at.start()) + 1, at[1], at[2]) for at in blocks]


def anchor(heading: str) -> str:
    """The fragment that GitHub gives a heading.

    >>> anchor("Make targets"), anchor("`check`: what, and why")
    ('make-targets', 'check-what-and-why')
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


PAGES = [
    Page(str(file.relative_to(ROOT)))
    for file in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
]
"""Every page of the documentation."""


HOW_TO = "docs/how-to.md"
"""The page whose steps are followed in a copy of the project."""


def page(name: str) -> Page:
    """A page by its path from the root."""
    return next(each for each in PAGES if each.name == name)


def fences(kind: str, containing: str = "") -> list[Fence]:
    """The code blocks of a kind on all pages, except the how-tos, which apply to a changed copy."""
    return [
        fence
        for each in PAGES
        for fence in each.fences
        if fence.kind == kind and containing in fence.text and each.name != HOW_TO
    ]


OMITTED = "…"
"""A line of documented output that stands for omitted lines."""


def not_printed(documented: str, real: str) -> list[str]:
    """The lines of documented output that a command does not print, or not in this order.

    The width of the terminal does not matter: runs of spaces count as one.

    >>> not_printed("a  1\\n…\\nc", "a 1\\nb\\nd\\n")
    ['c']
    """
    lines = iter([" ".join(line.split()) for line in real.splitlines()])
    wanted = [" ".join(line.split()) for line in documented.splitlines() if line.strip()]
    return [line for line in wanted if line != OMITTED and line not in lines]


def commands(*programs: str) -> list[tuple[Fence, list[str]]]:
    """The documented command lines of some programs, each with its code block."""
    return [(fence, line) for fence in fences("console") for line in fence.commands if line[0] in programs]
