"""Automatic checks of what a viewer would mind, without drawing the film."""
