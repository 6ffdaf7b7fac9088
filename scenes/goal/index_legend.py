"""The indices i, j and k: an example of each, and a legend."""

from manim import VGroup

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.symbols import C, a, exp_sum, j, z
from softmax_explained.core.formulas.symbols import i as nudged
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Box, Formula, Region, Words, point
from softmax_explained.stage.shapes.chain import Chain

SHARE = IDENTITIES["share"].relation


class IndexDiagram(VGroup):
    """The chain z_i → a_j → C, and below it a_j = e^{z_j} / Σ_k e^{z_k} with the indices at `places`."""

    def __init__(self, region: Region) -> None:
        above, below, _ = region.rows(1.1, 1.4, 0.35, gap=0.15)
        self.chain = Chain((z[nudged], a[j], C), above)
        self.share = below.place(Formula(SHARE))
        self.sum = self.share.find(exp_sum)
        nodes = self.chain.nodes
        self.places = (nodes[0].content[-1],), (nodes[1].content[-1],), (self.sum[1], self.sum[-1])
        super().__init__(self.chain, self.share)


class Legend(VGroup):
    """A card with a row for each index: its letter and its meaning."""

    def __init__(self, meanings: tuple[Words, ...], region: Region) -> None:
        self.card = Box(*region.edges, colour="panel").set_z_index(-2)
        self.rows = VGroup()
        inner = region.inset(0.35, 0.15)
        letters = FILM.letters.items()
        for row, (letter, role), meaning in zip(inner.rows(1, 1, 1), letters, meanings, strict=True):
            sign = Formula(letter, size="body", role=role)
            sign.move_to(point(row.left + 0.25, row.y))
            left = row.left + 0.75
            meaning.fit_width(row.right - left, edge=point(-1))
            meaning.centre_on(row.y).shift(point(left - meaning.get_left()[0]))
            sign.stand_on(meaning.baseline)
            self.rows.add(VGroup(sign, meaning))
        super().__init__(self.card, self.rows)
