"""Read a formula in English words back and compute it, without its commas, as a listener would.

It knows the wording of ClearSpeak and MathSpeak for arithmetic, not the printer.
"""

import cmath


class Listener:
    """Compute one formula in words.

    Args:
        words: as spoken.
        letters: the values of each indexed letter, first index 1.
    """

    def __init__(self, words, letters):
        self.words = words.replace(",", "").split()
        self.at, self.letters = 0, letters
        self.size = len(next(iter(letters.values())))

    def hear(self, index):
        value = self.terms(index)
        assert self.at == len(self.words), f"left over: {' '.join(self.words[self.at :])}"
        return value

    def heard(self, phrase):
        words = phrase.split()
        if self.words[self.at : self.at + len(words)] != words:
            return False
        self.at += len(words)
        return True

    def expect(self, phrase):
        assert self.heard(phrase), f"{phrase} wanted: {' '.join(self.words[self.at :])}"

    def terms(self, index):
        value = -self.factors(index) if self.heard("minus") else self.factors(index)
        while True:
            if self.heard("plus"):
                value += self.factors(index)
            elif self.heard("minus"):
                value -= self.factors(index)
            else:
                return value

    def factors(self, index):
        value = self.factor(index)
        while self.heard("times"):
            value *= self.factor(index)
        return value

    def factor(self, index):
        if self.heard("the sum over"):
            return self.sum(index)
        if self.heard("the natural log of"):
            return cmath.log(self.factor(index))
        if self.heard("the fraction"):
            top = self.terms(index)
            self.expect("over")
            bottom = self.terms(index)
            self.expect("end fraction")
            return top / bottom
        if self.heard("open paren"):
            value = self.terms(index)
            self.expect("close paren")
            return self.power(value, index)
        value, is_power = self.single(index), self.at
        value = self.power(value, index)
        short = is_power == self.at and self.at + 1 < len(self.words) and self.words[self.at] == "over"
        if short and not self.inside_fraction():
            self.at += 1
            return value / self.single(index)
        return value

    def inside_fraction(self):
        """Whether a fraction or an exponent is still open: then "over" belongs to it."""
        before = " ".join(self.words[: self.at])
        opened = before.count("the fraction") + before.count("to the power of")
        return opened > before.count("end fraction") + before.count("end power")

    def single(self, index):
        word = self.words[self.at]
        self.at += 1
        if word == "e":
            return cmath.e + 0j
        if word in self.letters:
            self.expect("sub")
            self.at += 1
            return complex(self.letters[word][index[self.words[self.at - 1]] - 1])
        return complex(int(word))

    def power(self, value, index):
        if self.heard("squared"):
            return value**2
        if self.heard("cubed"):
            return value**3
        if self.heard("to the power of"):
            exponent = self.terms(index)
            self.expect("end power")
            return value**exponent
        if self.heard("to the"):
            return value ** self.single(index)
        return value

    def sum(self, index):
        counter = self.words[self.at]
        self.at += 1
        hole = None
        if self.heard("not equal to"):
            hole = index[self.words[self.at]]
            self.at += 1
        self.expect("of")
        start, total = self.at, 0j
        for number in range(1, self.size + 1):
            if number != hole:
                self.at = start
                total += self.factors({**index, counter: number})
        self.heard("end sum")
        return total
