"""Chapter loss."""
