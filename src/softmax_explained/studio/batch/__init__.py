"""Many films from one course file."""
