"""Chapter goal."""
