"""Charts: bars, strips, curves, heat maps."""
