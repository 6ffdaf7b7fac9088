"""Derivations and identities of the film."""
