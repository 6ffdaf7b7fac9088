"""Texts beside a film, written from its ledger and its plan: transcript, chapters, description."""
