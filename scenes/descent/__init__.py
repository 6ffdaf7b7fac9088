"""The chapter ``descent``."""
