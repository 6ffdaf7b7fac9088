"""A lesson: its fields, their validation, and loading it from a file."""
