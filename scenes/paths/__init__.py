"""The chapter ``paths``."""
