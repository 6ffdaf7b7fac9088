"""A film in parts, for editing programs."""
