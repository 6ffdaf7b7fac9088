"""Chapter collapse."""
