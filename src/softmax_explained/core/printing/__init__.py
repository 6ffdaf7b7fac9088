"""Expressions printed as Typst, LaTeX and plain text."""
