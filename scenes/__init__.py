"""The film: one file a chapter."""
