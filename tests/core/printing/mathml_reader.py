"""Read presentation MathML back and compute it: a second opinion on what a printed formula says.

It knows how mathematics is read (a Σ takes the product that follows it, a fence binds), not the printer. A
derivative is measured by a step along the imaginary axis.
"""

import cmath
from random import Random
from xml.etree import ElementTree

SPACE = "{http://www.w3.org/1998/Math/MathML}"
APPLY, TIMES, SEPARATE = "\u2061", "\u2062", "\u2063"
RELATIONS = "=≈≤<←≠"
STEP = 1e-30
FREE = {"x": "m", "w": "im", "b": "i", "y": "i", "v": "i", "gap": "i"} | dict.fromkeys(
    ["c", "p", "q", "ε", "η", "dz", "top"], ""
)


class World:
    """The letters of the theory of softmax with values, each computed from those before it in plain Python.

    Args:
        seed: of the random letters.
        sizes: how many values the letters i and m take.
        moved: a letter with its indices, and a step that is added to it.
        letters: more letters with one index, by name.
    """

    def __init__(self, seed, sizes, moved=None, letters=None):
        self.seed, self.sizes, self.moved, self.letters = seed, sizes, moved, letters or {}
        draw = Random(seed)
        self.known = {}
        for name, indices in FREE.items():
            for at in self.places(indices):
                self.set(name, at, draw.uniform(0.2, 1.2))
        for name, values in self.letters.items():
            for n, number in enumerate(values, 1):
                self.set(name, (n,), number)
        if letters is None:
            self.follow()

    def places(self, indices):
        found = [()]
        for index in indices:
            found = [(*at, n) for at in found for n in range(1, self.sizes[index] + 1)]
        return found

    def set(self, name, at, number):
        step = self.moved[2] if self.moved and self.moved[:2] == (name, at) else 0
        self.known[name, at] = number + step

    def follow(self):
        known, all_of = self.known, range(1, self.sizes["i"] + 1)
        total = sum(known["y", (n,)] for n in all_of).real
        for n in all_of:
            known["y", (n,)] /= total
            inputs = range(1, self.sizes["m"] + 1)
            self.set("z", (n,), sum(known["w", (n, m)] * known["x", (m,)] for m in inputs) + known["b", (n,)])
        self.set("S", (), sum(cmath.exp(known["z", (n,)]) for n in all_of))
        for n in all_of:
            self.set("a", (n,), cmath.exp(known["z", (n,)]) / known["S", ()])
            known["y′", (n,)] = (1 - known["ε", ()]) * known["y", (n,)] + known["ε", ()] / self.sizes["i"]
        for name, targets in ("C", "y"), ("C′", "y′"):
            known[name, ()] = -sum(known[targets, (n,)] * cmath.log(known["a", (n,)]) for n in all_of)
        known["Q", ()] = sum((known["a", (n,)] - known["y", (n,)]) ** 2 for n in all_of) / 2

    def with_step(self, name, at):
        assert (name, at) in self.known, f"{name} has no part {at}"
        return World(self.seed, self.sizes, (name, at, 1j * STEP), self.letters or None)


def sides(source, world, index):
    """The values of the sides of a relation, or of a single expression."""
    math = ElementTree.fromstring(source)
    assert math.tag == f"{SPACE}math"
    (top,) = math
    parts = [[]]
    for child in top if kind(top) == "mrow" else [top]:
        if kind(child) == "mo" and child.text in RELATIONS:
            parts.append([])
        else:
            parts[-1].append(child)
    return [Reader(part, world, index).read() for part in parts]


def kind(element):
    return element.tag.removeprefix(SPACE)


def is_sign(element, *signs):
    return kind(element) in ("mo", "mi") and element.text in signs


def is_big_sum(element):
    return kind(element) in ("munder", "munderover") and element[0].text == "∑"


def flat(elements):
    """What is seen: an mrow groups for the parser, not for the eye."""
    for each in elements:
        if kind(each) == "mrow":
            yield from flat(each)
        elif kind(each) != "mspace":
            yield each


class Reader:
    """Compute a run of sibling elements."""

    def __init__(self, elements, world, index):
        self.left = [*flat(elements)]
        self.world, self.index = world, index

    def read(self):
        number = self.terms()
        assert not self.left, f"left over: {[ElementTree.tostring(each) for each in self.left]}"
        return number

    def inside(self, element):
        return Reader([element], self.world, self.index).read()

    def ahead(self, *signs):
        return bool(self.left) and is_sign(self.left[0], *signs)

    def terms(self):
        total, sign = 0, 1
        while True:
            if self.ahead("−", "+"):
                sign = -1 if self.left.pop(0).text == "−" else 1
            total += sign * self.factors()
            if not self.ahead("−", "+"):
                return total

    def factors(self):
        number = self.factor()
        while self.ahead(TIMES, "·", "×"):
            self.left.pop(0)
            number *= self.factor()
        return number

    def factor(self):
        first = self.left.pop(0)
        if is_big_sum(first):
            return self.big_sum(first)
        if is_sign(first, "ln"):
            assert is_sign(self.left.pop(0), APPLY)
            return cmath.log(self.factor())
        if is_sign(first, "("):
            return Reader(self.fenced(), self.world, self.index).read()
        if is_sign(first, "{"):
            return self.cases(self.left.pop(0))
        if kind(first) == "mfrac" and is_sign(first[0], "∂"):
            assert is_sign(self.left.pop(0), APPLY)
            assert is_sign(self.left.pop(0), "(")
            return self.slope(self.fenced(), first[1])
        if is_sign(first, "d"):
            return self.world.known[f"d{self.left.pop(0).text}", ()]
        return self.element(first)

    def fenced(self):
        """What stands before the parenthesis that closes an open one."""
        inner, depth = [], 1
        while True:
            each = self.left.pop(0)
            depth += is_sign(each, "(") - is_sign(each, ")")
            if not depth:
                return inner
            inner.append(each)

    def big_sum(self, sign):
        below = [*sign[1]] if kind(sign[1]) == "mrow" else [sign[1]]
        body, counter = self.left, below[0].text
        self.left = []
        numbers = range(1, self.world.sizes["m" if counter == "m" else self.end(counter, body)] + 1)
        if len(below) == 3 and below[1].text == "≠":
            numbers = [n for n in numbers if n != self.index[below[2].text]]
        total = 0
        for n in numbers:
            reader = Reader(body, self.world, {**self.index, counter: n})
            total += reader.factors()
        self.left = reader.left
        return total

    def end(self, counter, body):
        """Σ_k w_ik x_k counts inputs, whatever its counter is called."""
        text = "".join("".join(each.itertext()) for each in body)
        return "m" if f"x{counter}" in text else "i"

    def element(self, element):
        match kind(element):
            case "mn":
                return complex(element.text)
            case "mfrac" if is_sign(element[0][0] if len(element[0]) else element[0], "∂"):
                return self.slope([element[0][1]], element[1])
            case "mfrac":
                return self.inside(element[0]) / self.inside(element[1])
            case "msup" if not is_sign(element[1], "′"):
                if is_sign(element[0], "e"):
                    return cmath.exp(self.inside(element[1]))
                return self.inside(element[0]) ** self.inside(element[1])
            case "msubsup" if not is_sign(element[2], "′"):
                return self.world.known[self.letter(element)] ** self.inside(element[2])
        name, at = self.letter(element)
        if name == "δ":
            return int(at[0] == at[1])
        if name == "K":
            return self.world.sizes["i"]
        return self.world.known[name, at]

    def letter(self, element):
        """The name of a letter and the values of its indices."""
        if kind(element) == "mi":
            return element.text, ()
        if kind(element) == "msup":
            return element[0].text + element[1].text, ()
        assert kind(element) in ("msub", "msubsup")
        prime = "′" if kind(element) == "msubsup" and is_sign(element[2], "′") else ""
        indices = [*element[1]] if kind(element[1]) == "mrow" else [element[1]]
        letters = [each for each in indices if not is_sign(each, SEPARATE, ",")]
        at = tuple(int(each.text) if kind(each) == "mn" else self.index[each.text] for each in letters)
        return element[0].text + prime, at

    def slope(self, of, along):
        assert is_sign(along[0], "∂")
        moved = self.world.with_step(*self.letter(along[1]))
        return Reader(of, moved, self.index).read().imag / STEP

    def cases(self, table):
        for row in table:
            value, (condition,) = row[0], row[1]
            left, sign, right = condition
            if (self.index[left.text] == self.index[right.text]) == (sign.text == "="):
                return self.inside(value[0])
        raise AssertionError("no case fits")
