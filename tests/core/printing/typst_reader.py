"""Read printed Typst back and compute it: a second opinion on what a formula says.

It knows the grammar of mathematics (a sum takes the product that follows it, a fence binds), not the printer.
"""

import cmath
import math
import re

TOKENS = re.compile(r"\s*(sum|frac|ln|lr|dot\.c|thin|partial|!=|[a-zA-Z]|\d+\.\d+|\d+|.)")


class Reader:
    """Compute one printed formula.

    Args:
        source: Typst mathematics.
        letters: the values of each indexed letter, first index 1.
    """

    def __init__(self, source: str, letters: dict[str, list[float]]) -> None:
        self.tokens = TOKENS.findall(source)
        self.at = 0
        self.letters = letters
        self.size = len(next(iter(letters.values())))

    def read(self, index: dict[str, int]) -> complex:
        """Compute the whole source, which must be one expression and nothing more."""
        value = self.terms(index)
        assert self.at == len(self.tokens), f"left over: {self.tokens[self.at :]}"
        return value

    def peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, wanted: str | None = None) -> str:
        token = self.tokens[self.at]
        assert wanted in (None, token), f"{wanted} wanted, {token} found"
        self.at += 1
        return token

    def terms(self, index: dict[str, int]) -> complex:
        sign = -1 if self.peek() == "-" and self.take() else 1
        value = sign * self.factors(index)
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            value += sign * self.factors(index)
        return value

    def factors(self, index: dict[str, int]) -> complex:
        value, count = 1 + 0j, 0
        while self.peek() not in (None, "+", "-", ")", ","):
            if self.peek() in ("dot.c", "thin"):
                self.take()
                continue
            before = self.tokens[self.at - 1] if self.at else ""
            assert not (before[-1:].isdigit() and self.peek()[0].isdigit()), "two numbers read as one"
            value *= self.factor(index)
            count += 1
        assert count, "a product without a factor"
        return value

    def factor(self, index: dict[str, int]) -> complex:
        token = self.take()
        if token == "sum":
            return self.sum(index)
        if token == "ln":
            return cmath.log(self.factor(index))
        if token == "frac":
            self.take("(")
            top = self.terms(index)
            self.take(",")
            bottom = self.terms(index)
            self.take(")")
            return self.power(top / bottom, index)
        if token == "lr":
            self.take("(")
            value = self.factor(index)
            self.take(")")
            return self.power(value, index)
        if token == "(":
            value = self.terms(index)
            self.take(")")
            return self.power(value, index)
        if token[0].isdigit():
            return self.power(complex(float(token)), index)
        if token == "e" and self.peek() == "^":
            return self.power(complex(math.e), index)
        self.take("_")
        (name,) = self.group()
        return self.power(complex(self.letters[token][index[name] - 1]), index)

    def power(self, value: complex, index: dict[str, int]) -> complex:
        if self.peek() != "^":
            return value
        self.take()
        self.take("(")
        exponent = self.terms(index)
        self.take(")")
        return value**exponent

    def sum(self, index: dict[str, int]) -> complex:
        self.take("_")
        limits = self.group()
        counter, hole = limits[0], index[limits[2]] if len(limits) == 3 else None
        start, total = self.at, 0j
        for number in range(1, self.size + 1):
            if number != hole:
                self.at = start
                total += self.factors({**index, counter: number})
        return total

    def group(self) -> list[str]:
        self.take("(")
        inside: list[str] = []
        while self.peek() != ")":
            inside.append(self.take())
        self.take(")")
        return inside
