"""The chapter ``nudge``."""
