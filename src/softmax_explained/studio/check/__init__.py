"""Automatic checks of legibility, layout and timing, without drawing the film."""
