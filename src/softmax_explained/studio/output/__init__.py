"""Making a film and writing its files."""
