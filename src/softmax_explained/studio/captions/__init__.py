"""Captions: segmentation and file formats."""
