"""Text and formulas on the screen."""
