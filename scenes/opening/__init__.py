"""The chapter ``opening``."""
