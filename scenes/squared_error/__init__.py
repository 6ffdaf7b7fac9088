"""Chapter squared_error."""
