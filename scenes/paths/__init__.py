"""Chapter paths."""
