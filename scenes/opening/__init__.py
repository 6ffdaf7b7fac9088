"""Chapter opening."""
