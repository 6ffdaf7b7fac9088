"""The chapter ``practice``."""
