"""Chapter practice."""
