"""Tolerances that several tests share; the thresholds of the check are in `studio.check.thresholds`."""

ON_ITS_WORD = 0.2
"""Seconds between a marked word and the move that starts on it: three frames of the draft quality."""
