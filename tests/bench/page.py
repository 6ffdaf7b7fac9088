"""The place in docs/benchmark.md where the tables are."""

from __future__ import annotations

from softmax_explained.errors import UsageError

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def with_tables(page: str, tables: str) -> str:
    """Replace what is between the two marks of a page; the rest stays as it is.

    Raises:
        UsageError: the page does not have each mark exactly once, in this order.

    >>> with_tables("# A\\n<!-- bench -->\\nold\\n<!-- /bench -->\\nb\\n", "new")
    '# A\\n<!-- bench -->\\n\\nnew\\n\\n<!-- /bench -->\\nb\\n'
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        raise UsageError(
            f"docs/benchmark.md must contain {BEGIN} and {END} once each, in this order",
            hint="put both lines where the tables belong, or print the tables with --print",
        )
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"
