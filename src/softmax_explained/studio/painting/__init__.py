"""Painting pictures with Cairo, only where they have changed."""
