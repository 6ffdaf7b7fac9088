"""Animations of formulas, glyphs and charts."""
