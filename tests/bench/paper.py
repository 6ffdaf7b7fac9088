"""The place in README.md where the table stands."""

from __future__ import annotations

from softmax_explained.errors import UsageError

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def with_table(paper: str, table: str) -> str:
    """Put a table between the marks of a paper; the rest stays as it is.

    Raises:
        UsageError: the paper does not have each mark once, in their order.

    >>> with_table("# A\\n<!-- bench -->\\nold\\n<!-- /bench -->\\nb\\n", "new")
    '# A\\n<!-- bench -->\\n\\nnew\\n\\n<!-- /bench -->\\nb\\n'
    """
    before, begin, rest = paper.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        raise UsageError(
            f"README.md has no single place for the table: {BEGIN} … {END}",
            hint="put both lines where it is to stand, or ask for no table with --no-readme",
        )
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"
