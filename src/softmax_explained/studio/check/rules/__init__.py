"""The rules of `check`, one per file."""
