"""The narration mixed to one track at a set loudness."""
