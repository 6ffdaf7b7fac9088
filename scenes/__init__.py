"""The film: its running order and one folder per chapter."""
