"""Chapter descent."""
