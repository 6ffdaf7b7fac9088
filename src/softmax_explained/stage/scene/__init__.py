"""Chapters, beats and what a run of them records."""
