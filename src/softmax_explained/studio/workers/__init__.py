"""Distributing the drawing over processes and machines."""
