"""Every way to be wrong in one place: the slips of a tired hand at a blackboard, made one at a time."""

from collections.abc import Iterator
from typing import Any

from sympy import Add, Expr, IndexedBase, Integer, KroneckerDelta, Mul, Number, Pow, S, Sum, Symbol, evaluate
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas.nodes import Differential, Literal, Partial, SumNot
from softmax_explained.core.formulas.symbols import sum_over

LETTERS = {name: IndexedBase(name) for name in "zya"}


def mutants(line: Expr, scope: frozenset[Symbol]) -> Iterator[tuple[str, Expr]]:
    """Each single-place mutant of a line, with what was done to it.

    Args:
        line: the line.
        scope: the indices that may stand where an index stands.
    """
    for done, changed in _here(line, scope):
        yield done, changed
    counter = _counter(line)
    inner = scope | ({counter} if counter else frozenset())
    if isinstance(line, Partial) and isinstance(line.x, Indexed):
        for done, changed in _other_letters(line.x, scope):
            yield f"along {done}", _with(line, 1, changed)
    for place in range(_inside(line)):
        for done, changed in mutants(line.args[place], inner):
            yield done, _with(line, place, changed)


def _counter(line: Any) -> Symbol | None:
    if isinstance(line, Sum):
        return line.limits[0][0]
    return line.index if isinstance(line, SumNot) else None


def _inside(line: Any) -> int:
    """How many of the parts, from the first on, are themselves formulas."""
    if isinstance(line, Indexed | KroneckerDelta | Number | Symbol | Literal | Differential):
        return 0
    return 1 if isinstance(line, Sum | SumNot | Partial) else len(line.args)


def _with(line: Any, place: int, part: Any) -> Any:
    parts = [part if n == place else old for n, old in enumerate(line.args)]
    if isinstance(line, Sum):
        return sum_over(part, *line.limits[0][:1], lo=line.limits[0][1], hi=line.limits[0][2])
    with evaluate(False):
        return line.func(*parts)


def _here(line: Any, scope: frozenset[Symbol]) -> Iterator[tuple[str, Any]]:
    if isinstance(line, Indexed):
        yield from _other_letters(line, scope)
    if isinstance(line, Add | Mul) and len(line.args) > 1:
        for n, part in enumerate(line.args):
            if part is not S.One:
                rest = line.args[:n] + line.args[n + 1 :]
                yield f"drop {part}", rest[0] if len(rest) == 1 else line.func(*rest, evaluate=False)
        other = Add if isinstance(line, Mul) else Mul
        yield f"{line}: {other.__name__}", other(*line.args, evaluate=False)
    if isinstance(line, Pow) and line.exp.is_Number:
        yield f"{line}: power + 1", Pow(line.base, line.exp + 1 or Integer(-2), evaluate=False)
    if isinstance(line, SumNot):
        yield "the hole is filled", sum_over(line.body, line.index)
    if isinstance(line, Sum):
        counter, lo, hi = line.limits[0]
        yield "the sum stops one short", sum_over(line.function, counter, hi - 1, lo)
        yield "the sum starts one late", sum_over(line.function, counter, hi, lo + 1)
    if isinstance(line, Literal):
        yield f"{line} + 1", Literal(line.number + 1)
    if isinstance(line, Integer) and line != -1:
        yield f"{line} + 1", line + 1
    if not isinstance(line, Number):
        yield f"−({line})", Mul(-1, line, evaluate=False)


def _other_letters(line: Indexed, scope: frozenset[Symbol]) -> Iterator[tuple[str, Any]]:
    for index in sorted(scope - set(line.indices), key=str):
        yield f"{line}: index {index}", line.base[index]
    for name, base in LETTERS.items():
        if name != str(line.base.label):
            yield f"{line}: {name}", base[line.indices]
