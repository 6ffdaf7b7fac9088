"""The chapter ``squared_error``."""
