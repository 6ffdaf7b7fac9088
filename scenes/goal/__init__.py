"""The chapter ``goal``."""
