"""Provers for the derivations and identities."""
