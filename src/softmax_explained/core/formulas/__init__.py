"""The letters of the film and the expression nodes that SymPy lacks."""
