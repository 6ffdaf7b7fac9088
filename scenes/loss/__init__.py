"""The chapter ``loss``."""
