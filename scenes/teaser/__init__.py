"""The chapter of the teaser."""
