"""Everything computed from a lesson in float64."""
