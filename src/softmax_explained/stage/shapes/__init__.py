"""Diagrams and tables: networks, chains, boxes, columns."""
