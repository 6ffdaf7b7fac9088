"""Expressions printed as Typst, LaTeX, MathML, plain text and spoken words."""
