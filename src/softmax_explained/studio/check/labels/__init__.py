"""ADRIFT: whether numbers and names are at what they belong to."""
