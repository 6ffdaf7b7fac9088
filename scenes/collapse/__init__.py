"""The chapter ``collapse``."""
